# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of asking models share: the test server, the Runs page and its dialogs, the desktop that is told."""
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from semio_ui import check

# Requests before each run by which the server is tried out.
N_CHECKS = 4
# What a server is asked when it is tried out, and before each run; these are no questions of a run.
TRIALS = ('Answer with yes or no: is this a test?', 'Which number of four digits is shown in the pictures?')


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

    def allow(self, more=None):
        """Answers so many requests more than were answered up to now and holds the others, as long as that takes; None: all."""
        self.process.stdin.write('allow all\n' if more is None else f'allow {len(self.requests()) + more}\n')
        self.process.stdin.flush()
        check(self.process.stdout.readline() == 'done\n', 'the server hears what it may answer')

    def n_answered(self):
        """How many questions of runs were answered."""
        return sum(1 for request in self.requests()
                   if request['question'] and not request['question'].startswith(TRIALS) and request['status'] == 200)

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


def find_in(program, title, name):
    """The first whose name is, or satisfies, name in the window of this title; other windows may have the same word."""
    for frame in program.application().children():
        if frame.name() == title:
            return next((node for node, text in frame.walk() if (name(text) if callable(name) else text == name) and node.has_place()), None)
    return None


def fill(program, title, name, text):
    """Puts text into the entry row of this name."""
    program.press_node(title, program.wait_for(lambda: find_in(program, title, name), f'“{name}”'))
    program.keys('ctrl+a')
    program.type(text)


def tab_to(program, node):
    """Tab until a control has the focus, as those do who use no pointer."""
    for _attempt in range(24):
        if node.has_state('focused'):
            return
        program.keys('Tab')
    program.wait_for(lambda: node.has_state('focused'), 'the focus', 2)


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
    program.wait_shows('This machine.')
    program.picture('runs-sending')
    program.press('New Run', 'Start')
    program.wait_closed('New Run')


@contextmanager
def notifications(program):
    """Lines that the desktop would show, in a file that grows."""
    path = program.home / 'notifications.log'
    with open(path, 'w', encoding='utf-8') as log:
        daemon = subprocess.Popen(['/usr/bin/python3', Path(sys.argv[0]).parent / 'notifications.py'], stdout=log)
        program.wait_for(lambda: 'ready' in path.read_text(), 'the stand-in for notifications')
        try:
            yield lambda: [json.loads(line) for line in path.read_text().splitlines()[1:]]
        finally:
            daemon.terminate()
            daemon.wait(10)


def main_title(program):
    return next(frame.name() for frame in program.application().children() if frame.name())


def asked_by_command(program, study, server, run, *options):
    return program.semio_json('predict', study, '--run', run, '--endpoint', server.url, '--model', 'test-model', *options)
