#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A model is asked by the window: a server is added, a run begun, killed twice and gone on with; every question is asked until it
has one answer."""
import json
import os
import re
import sqlite3
import subprocess
from contextlib import contextmanager

from semio_ui import Program, check, main

# Questions that are under way at once, and those answered while the study is written to.
IN_FLIGHT = 16


class Server:
    """The test server of this build; its log tells what was asked."""

    def __init__(self, program, *options):
        self.log = program.home / f'server-{len(os.listdir(program.home))}.log'
        self.process = subprocess.Popen([program.build / 'tests/mllm/test-server', '--log', self.log, *map(str, options)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1])
        self.url = f'http://127.0.0.1:{self.port}'

    def requests(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def n_answered(self):
        return sum(1 for request in self.requests() if request['question'] and request['status'] == 200)

    def end(self):
        self.process.stdin.close()
        self.process.wait(10)


@contextmanager
def serving(program, *options):
    server = Server(program, *options)
    try:
        yield server
    finally:
        server.end()


def fill(program, title, name, text):
    """Puts text into the entry row of this name."""
    program.press(title, name, None)
    program.keys('ctrl+a')
    program.type(text)


def show_runs(program):
    program.focus()
    program.keys('alt+3')
    program.wait_for(lambda: program.find_control('New Run…'), 'the Runs page')


def open_new_run(program):
    show_runs(program)
    program.keys('alt+n')
    program.focus_window('New Run')


def add_server(program, server, name, key=None):
    program.press('New Run', 'Add Server…')
    program.focus_window('Add a Server')
    program.wait_for(lambda: program.is_active('Add a Server'), 'the dialog to take the keys')
    fill(program, 'Add a Server', 'Name', name)
    fill(program, 'Add a Server', 'Address, as http://127.0.0.1:8000', server.url)
    if key:
        fill(program, 'Add a Server', 'Key, when the server wants one', key)
    program.press('Add a Server', 'Test')
    program.wait_shows('The server answers and takes pictures.', 60)
    program.picture('runs-server')
    program.press('Add a Server', 'Save')


def begin_run(program):
    program.focus_window('New Run')
    program.picture('runs-new')
    program.press('New Run', 'Next')
    program.wait_shows('on this machine')
    program.picture('runs-sending')
    program.press('New Run', 'Start')
    program.wait_closed('New Run')


def query(study, text):
    with sqlite3.connect(f'file:{study}?mode=ro', uri=True) as database:
        return database.execute(text).fetchall()


def run_killed_twice(build, source):
    with Program(build, source) as program, serving(program, '--delay-ms', 60) as server:
        study = program.demonstration()
        program.start(study)
        program.wait_shows('9 recordings')
        show_runs(program)
        program.picture('runs-list')
        open_new_run(program)
        add_server(program, server, 'Loopback')
        begin_run(program)
        for round in (1, 2):
            n = server.n_answered()
            program.wait_for(lambda: server.n_answered() > n + 40, f'answers of round {round}', 120)
            program.picture(f'runs-at-work-{round}')
            program.kill()
            program.start(study)
            program.wait_shows('9 recordings')
            show_runs(program)
            press_continue(program)
        told = program.wait_for(lambda: next((text for text in program.names() if 'is done:' in text), None), 'the end of the run', 240)
        program.picture('runs-done')
        run = next(r for r in program.semio_json('info', study)['runs'] if r['name'] == 'Run 1')
        asked = int(re.search(r'done: (\d+) of \1 questions', told).group(1))
        counts = query(study, 'SELECT count (*) FROM prediction WHERE run_id = (SELECT id FROM run WHERE uuid = x\'%s\') '
                              'GROUP BY recording_id, feature_id, segment, kind' % run['uuid'].replace('-', ''))
        check(len(counts) == asked and all(count == 1 for count, in counts), f'one answer to each of {asked} questions: {len(counts)}')
        # What was under way when the program was killed is asked again, and nothing else.
        check(asked <= server.n_answered() <= asked + 2 * IN_FLIGHT, f'{server.n_answered()} answers to {asked} questions')
        check(program.semio_json('verify', study)['good'], 'the study is good')
        program.close()


def press_continue(program):
    title = next(frame.name() for frame in program.application().children() if frame.name())
    program.press(title, 'Continue')


if __name__ == '__main__':
    main(run_killed_twice)
