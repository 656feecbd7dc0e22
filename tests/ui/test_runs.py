#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A model is asked by the window: a server is added, what will be sent is seen, a run begun, killed twice and gone on with until every
question has one answer; what failed is retried, settings go out and in as a file, runs are archived; the desktop is told."""
import json
import re
import sqlite3
import subprocess
import time
from pathlib import Path

from runs_page import N_CHECKS, add_server, asked_by_command, begin_run, fill, main_title, notifications, open_new_run, serving, show_runs, tab_to
from semio_ui import Program, check, main

# Questions that are under way at once, and as many that were answered and are not on disk yet: the program sends no more.
IN_FLIGHT = 2 * 8


def query(study, text):
    with sqlite3.connect(f'file:{study}?mode=ro', uri=True) as database:
        return database.execute(text).fetchall()


def wait_button(program, name, there=True):
    program.wait_for(lambda: (program.find_control(name) is not None) == there, f'“{name}” to {"come" if there else "go"}')


def run_killed_twice(build, source):
    with Program(build, source) as program, serving(program) as server, notifications(program) as shown:
        study = program.demonstration()
        program.start(study)
        program.wait_shows('9 recordings')
        show_runs(program)
        program.picture('runs-list')
        open_new_run(program)
        add_server(program, server, 'Loopback')
        # It is in the middle of its questions when it is killed, however fast or slow the machine is.
        server.allow(N_CHECKS + 45)
        begin_run(program)
        for round in (1, 2):
            n = server.n_answered()
            program.wait_for(lambda: server.n_answered() > n + 40, f'answers of round {round}', 120)
            program.picture(f'runs-at-work-{round}')
            program.kill()
            program.start(study)
            program.wait_shows('9 recordings')
            show_runs(program)
            program.wait_shows('Stopped')
            server.allow(N_CHECKS + IN_FLIGHT + 45 if round == 1 else None)
            press_continue(program)
        told = program.wait_for(lambda: next((text for text in program.names() if 'is done:' in text), None), 'the end of the run', 240)
        program.wait_shows('Complete')
        wait_button(program, 'Continue', there=False)
        program.picture('runs-done')
        program.wait_for(shown, 'a notification')
        check(len(shown()) == 1 and shown()[0]['title'] == 'Run 1' and shown()[0]['body'] == told, f'one notification: {shown()}')
        run = next(r for r in program.semio_json('info', study)['runs'] if r['name'] == 'Run 1')
        asked = int(re.search(r'done: (\d+) of \1 questions', told).group(1))
        counts = query(study, 'SELECT count (*) FROM prediction WHERE run_id = (SELECT id FROM run WHERE uuid = x\'%s\') '
                              'GROUP BY recording_id, feature_id, segment, kind' % run['uuid'].replace('-', ''))
        check(len(counts) == asked and all(count == 1 for count, in counts), f'one answer to each of {asked} questions: {len(counts)}')
        # What was under way when the program was killed is asked again, and nothing else.
        check(asked <= server.n_answered() <= asked + 2 * IN_FLIGHT, f'{server.n_answered()} answers to {asked} questions')
        check(program.semio_json('verify', study)['good'], 'the study is good')
        program.close()


def choose_in_menu(program, button, mnemonic, item):
    """In a menu the underlined letter is enough."""
    program.press(main_title(program), button, None)
    program.wait_for(lambda: program.find_control(item, 'menu item') or program.find_control(item, 'check menu item'), f'“{item}” in the menu')
    time.sleep(0.3)  # the menu takes keys when it stands
    program.keys(mnemonic)


def failed_is_retried(build, source):
    with Program(build, source) as program, notifications(program):
        study = program.demonstration()
        tonic = query_prompt(source, 'tonic')
        with serving(program, '--for', f'{tonic}=not-json') as server:
            done = asked_by_command(program, study, server, 'Failing', '--features', 'tonic,clonic,ictal_vocalization')
            port = server.port
        check(done['failed'] > 0, f'some failed: {done}')
        program.start(study)
        program.wait_shows('9 recordings')
        show_runs(program)
        wait_button(program, f'Retry {done["failed"]} Failed')
        wait_button(program, 'Continue', there=False)
        # The grid is gone through by keys and says what stands in each cell.
        grid = program.wait_for(lambda: program.find(lambda text: 'Tonic' in text and 'without a usable answer' in text, 'image'),
                                'the grid with a failed cell')
        program.press_node(main_title(program), grid)
        program.keys('Home', 'Right')
        program.wait_for(lambda: program.find(lambda text: 'Clonic' in text and 'answered' in text, 'image'), 'the next cell in words')
        program.picture('runs-failed')
        with serving(program, '--port', port) as server:
            program.press(main_title(program), f'Retry {done["failed"]} Failed')
            program.wait_shows('is done:', 60)
            asked = [request['question'] for request in server.requests() if request['question'].startswith(tonic)]
            others = [request['question'] for request in server.requests() if 'clonic' in request['question'].lower()]
            check(len(asked) == done['failed'] and not others, f'what failed is asked again, nothing else: {len(asked)}, {others}')
        wait_button(program, f'Retry {done["failed"]} Failed', there=False)
        program.wait_shows(f'{done["questions"]} of {done["questions"]}')
        program.picture('runs-retried')
        program.close()


def query_prompt(source, feature):
    """The beginning of the built-in question on a feature."""
    return json.loads((Path(source) / 'prompts/observable.json').read_text(encoding='utf-8'))['questions'][feature]['answer'][:40]


def paused_and_stopped(build, source):
    with Program(build, source) as program, serving(program) as server, notifications(program) as shown:
        study = program.demonstration()
        program.start(study)
        program.wait_shows('9 recordings')
        open_new_run(program)
        add_server(program, server, 'Loopback')
        server.allow(N_CHECKS + 15)
        begin_run(program)
        program.wait_for(lambda: server.n_answered() > 10, 'some answers', 60)
        program.press(main_title(program), 'Pause')
        program.wait_shows('Paused')
        wait_button(program, 'Resume')
        program.picture('runs-paused')
        n = server.n_answered()
        server.allow(IN_FLIGHT + 15)
        program.press(main_title(program), 'Resume')
        program.wait_for(lambda: server.n_answered() > n + 10, 'more answers', 60)
        program.press(main_title(program), 'Stop')
        program.wait_shows('was stopped:')
        wait_button(program, 'Continue')
        wait_button(program, 'Stop', there=False)
        n = server.n_answered()
        program.picture('runs-stopped')
        check(n < 278, f'not all was asked: {n}')
        program.wait_for(lambda: any('was stopped' in line['body'] for line in shown()), 'a notification')
        program.close()


def settings_as_a_file(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        with serving(program) as server:
            asked_by_command(program, study, server, 'Short', '--features', 'tonic,clonic', '--onset', '--recordings', 'R02')
        program.start(study)
        program.wait_shows('9 recordings')
        show_runs(program)
        program.wait_shows('Short')
        choose_in_menu(program, 'More about this run', 'e', 'Export Settings…')
        path = program.home / 'short.json'
        program.choose_file(path, 'Export the Settings', saves=True)
        program.wait_shows('They hold no key.')
        kept = json.loads(path.read_text(encoding='utf-8'))
        check(kept['features'] == ['tonic', 'clonic'], f'the features stand in it: {kept["features"]}')
        program.focus()
        choose_in_menu(program, 'More about runs', 'i', 'Import Settings…')
        program.choose_file(path, 'Import Settings')
        program.focus_window('New Run')
        program.wait_shows('2 of 20')
        program.picture('runs-imported')
        program.keys('Escape')
        program.wait_closed('New Run')
        # What is no such file is told in a sentence.
        bad = program.home / 'bad.json'
        bad.write_text('{"schema": 1}', encoding='utf-8')
        choose_in_menu(program, 'More about runs', 'i', 'Import Settings…')
        program.choose_file(bad, 'Import Settings')
        program.wait_shows('bad.json: ')
        program.focus()
        choose_in_menu(program, 'More about this run', 'd', 'Duplicate with Changes…')
        program.focus_window('New Run')
        program.wait_shows('2 of 20')
        program.keys('Escape')
        program.wait_closed('New Run')
        # The archive deletes nothing.
        choose_in_menu(program, 'More about this run', 'a', 'Archive')
        program.wait_for(lambda: not program.shows('Short · '), 'the run to go')
        check(any(r['name'] == 'Short' for r in program.semio_json('info', study)['runs']), 'it stands in the study')
        choose_in_menu(program, 'More about runs', 'a', 'Show Archived Runs')
        program.wait_shows('Short · Archived')
        program.picture('runs-archived')
        program.close()


def consent_is_asked(build, source):
    """Another machine, by plain http, with the program offline: what is agreed to is kept, and nothing goes out."""
    with Program(build, source) as program, notifications(program):
        study = program.demonstration()
        program.start(study)
        program.wait_shows('9 recordings')
        program.add_person('Doctor One')
        program.action('preferences')
        program.focus_window('Preferences')
        offline = program.wait_for(lambda: program.find(lambda text: text.startswith('Offline'), 'switch'), 'the switch')
        tab_to(program, offline)
        program.keys('space')
        program.wait_for(lambda: offline.has_state('checked'), 'the switch to be on')
        program.keys('Escape')
        program.wait_closed('Preferences')
        open_new_run(program)
        program.press('New Run', 'Add Server…')
        program.focus_window('Add a Server')
        program.wait_for(lambda: program.is_active('Add a Server'), 'the dialog to take the keys')
        fill(program, 'Add a Server', 'Name', 'Far away')
        fill(program, 'Add a Server', 'Address, as http://127.0.0.1:8000', 'http://192.0.2.7:8000')
        fill(program, 'Add a Server', 'Model', 'test-model')
        program.press('Add a Server', 'Save')
        program.focus_window('New Run')
        program.press('New Run', 'Next')
        program.wait_shows('Another machine, unencrypted (http)')
        program.wait_shows('Faces and voices identify people.')
        start = program.wait_for(lambda: program.find_control('Start'), '“Start”')
        check(not start.has_state('sensitive'), 'nothing starts before somebody agreed')
        program.picture('runs-consent')
        check(query(study, 'SELECT count (*) FROM consent') == [(0,)], 'nobody has agreed yet')
        box = program.wait_for(lambda: program.find(lambda text: text.startswith('I agree that this is sent to 192.0.2.7:8000'), 'checkbox'), 'the box to tick')
        tab_to(program, box)
        dialog = next(frame for frame in program.application().children() if frame.name() == 'New Run').place()
        program.wait_for(lambda: box.place()[3] > 60 and box.place()[1] + box.place()[3] <= dialog[3], 'all of what is agreed to in the window')
        program.picture('runs-consent-below')
        program.keys('space')
        program.wait_for(lambda: program.find_control('Start').has_state('sensitive'), '“Start” to be there')
        program.picture('runs-agreed')
        program.press('New Run', 'Start')
        program.wait_closed('New Run')
        program.wait_shows('offline')
        kept = query(study, 'SELECT host, plain_http, person_id IS NOT NULL, n_patients FROM consent')
        check(kept == [('192.0.2.7:8000', 1, 1, 7)], f'what was agreed to by a person: {kept}')
        # Why it did not begin stands with the run, also later and for others.
        program.wait_shows('Run 1 · Check failed')
        program.picture('runs-offline')
        program.kill()
        program.start(study)
        program.wait_shows('9 recordings')
        show_runs(program)
        program.wait_shows('Run 1 · Check failed · test-model · Observable signs · The check at the start failed. Nothing was sent to')
        program.wait_for(lambda: program.find(lambda text: text.startswith('The check at the start failed. Nothing was sent to'), 'label'), 'why, beside')
        wait_button(program, 'Continue')
        program.picture('runs-check-failed')
        program.close()


def small_and_dark(build, source):
    """In a small window nothing sticks out; pictures are for looking at."""
    with Program(build, source, 1024, 640) as program, notifications(program):
        program.env['ADW_DEBUG_COLOR_SCHEME'] = 'prefer-dark'
        study = program.demonstration()
        tonic = query_prompt(source, 'tonic')
        with serving(program, '--for', f'{tonic}=fenced', '--for', f'{query_prompt(source, "clonic")}=not-json') as server:
            asked_by_command(program, study, server, 'Small', '--narrative', '--recordings', 'R02,R06')
            program.start(study)
            program.wait_shows('9 recordings')
            show_runs(program)
            wait_button(program, 'Continue')
            program.wait_shows('Small · Stopped')
            frame = program.application().children()[0].place()
            for name in ('Continue', 'New Run…'):
                place = program.find_control(name).place()
                check(place[0] >= 0 and place[0] + place[2] <= frame[2], f'“{name}” is inside of the window: {place} in {frame}')
            program.picture('runs-small-dark')
            open_new_run(program)
            add_server(program, server, 'Loopback')
            program.focus_window('New Run')
            program.press('New Run', 'Next')
            program.wait_shows('This machine.')
            program.picture('runs-sending-small-dark')
            program.keys('Escape')
            program.wait_closed('New Run')
        program.close()


def focused(program):
    return next((node for node, _name in program.walk() if node.has_state('focused')), None)


def is_as_wide(program, width):
    """Asked again until it is: a page that has just come may not have taken its narrow form yet. A tooltip is a window too."""
    subprocess.run(['xdotool', 'windowsize', program.find_window(main_title(program)), str(width), '640'], check=True)
    return program.application().children()[0].place()[2] <= width


def narrow(build, source):
    """Without room for list and run one stands in place of the other, and keys go from the one to the other and back."""
    with Program(build, source, 700, 640) as program, notifications(program):
        study = program.demonstration()
        with serving(program) as server:
            asked_by_command(program, study, server, 'Short', '--features', 'tonic', '--recordings', 'R01')
            program.start(study)
            program.wait_shows('9 recordings')
            show_runs(program)
            program.wait_for(lambda: is_as_wide(program, 700), 'the window to be narrow')
            tab_to(program, program.wait_for(lambda: program.find(lambda text: text.startswith('Short · '), 'list item'), 'the run'))
            program.picture('runs-narrow-list')
            program.keys('Return')
            back = program.wait_for(lambda: program.find_control('Back to the runs'), 'the way back')
            program.wait_for(lambda: focused(program) is not None and focused(program).role() == 'button', 'the run to take the keys')
            program.picture('runs-narrow')
            tab_to(program, back)
            program.keys('space')
            program.wait_for(lambda: focused(program) is not None and focused(program).role() == 'list item', 'the list to take the keys')
            # A run that begins is what is seen.
            open_new_run(program)
            add_server(program, server, 'Loopback')
            server.allow(N_CHECKS + 10)
            begin_run(program)
            program.wait_for(lambda: program.find(lambda text: text == 'Run 1' , 'label'), 'the run that began')
            program.press(main_title(program), 'Stop')
            program.wait_shows('was stopped:')
            program.picture('runs-narrow-stopped')
            # With room for both there is no way back to take.
            subprocess.run(['xdotool', 'windowsize', program.find_window(main_title(program)), '1200', '700'], check=True)
            program.wait_for(lambda: program.find_control('Back to the runs') is None, 'the way back to go')
        program.close()


def speech_is_a_lane(build, source):
    """What a transcribing model heard stands on the timeline, by itself where there is none."""
    with Program(build, source) as program, serving(program) as server:
        study = program.demonstration()
        program.start(study)
        program.wait_shows('9 recordings')
        program.window_action('open-case', '<int64 1>')
        program.wait_shows('frame ')
        check(not program.shows('Speech, '), 'no lane without a transcript')
        program.kill()
        program.semio('transcribe', study, '--endpoint', server.url, '--model', 'test-model')
        program.start(study)
        program.wait_shows('9 recordings')
        program.window_action('open-case', '<int64 1>')
        program.wait_shows('frame ')
        lane = program.wait_for(lambda: program.find(lambda text: text.startswith('Speech, ')), 'the lane of speech')
        check(lane.name() == 'Speech, 2', f'a mark for each line: {lane.name()}')
        program.picture('review-speech')
        program.close()


def onset_and_narrative_are_seen(build, source):
    """When a model says that a feature begins, and its account of the recording, stand with what it saw."""
    with Program(build, source) as program, serving(program) as server:
        study = program.demonstration()
        asked_by_command(program, study, server, 'All', '--features', 'occur_during_sleep', '--onset', '--narrative', '--recordings', 'R01')
        program.start(study)
        program.wait_shows('9 recordings')
        program.add_person('Rater One')
        program.window_action('open-case', '<int64 1>')
        program.wait_shows('frame ')
        cell = program.wait_for(lambda: program.find(lambda text: text.startswith('Onset during sleep, C: ')), 'the answer of the run')
        program.press_node(main_title(program), cell)
        program.keys('y')
        program.wait_shows('Narrative of the recording: ')
        begins = program.wait_for(lambda: next((text for text in program.names() if 'Begins: ' in text), None), 'when it begins')
        check(re.search(r'Begins: (not seen|\d+:\d\d)', begins), f'a time, or that none was seen: {begins}')
        program.picture('review-narrative')
        program.close()


def empty_page(build, source):
    with Program(build, source) as program:
        study = program.home / 'Empty.semio'
        program.semio('new', study)
        program.start(study)
        program.wait_shows('No recordings yet')
        program.focus()
        program.keys('alt+3')
        program.wait_shows('No Runs Yet')
        wait_button(program, 'New Run…')
        wait_button(program, 'Import Settings…')
        program.picture('runs-empty')
        program.close()


def press_continue(program):
    program.press(main_title(program), 'Continue')


if __name__ == '__main__':
    main(run_killed_twice, failed_is_retried, paused_and_stopped, settings_as_a_file, consent_is_asked, small_and_dark, narrow, speech_is_a_lane, onset_and_narrative_are_seen, empty_page)
