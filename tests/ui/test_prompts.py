#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The prompts: a changed text is a new version in the person’s folder, two sets are compared, nothing unsaved goes unasked."""
import json

from runs_page import add_server, open_new_run, serving
from semio_ui import Program, check, main

TITLE = 'Prompts'


def files(program):
    return sorted(path.name for path in (program.home / 'data/semioscope/prompts').glob('*'))


def words(program, name):
    return json.loads((program.home / 'data/semioscope/prompts' / name).read_text(encoding='utf-8'))


def find(program, name):
    return program.wait_for(lambda: program.find(name), f'“{name}”')


def tab_to(program, name):
    """Tab until a control has the focus."""
    for _attempt in range(14):
        if find(program, name).has_state('focused'):
            return
        program.keys('Tab')
    program.wait_for(lambda: find(program, name).has_state('focused'), f'the focus on “{name}”', 2)


def open_prompts(program):
    program.start()
    program.wait_shows('Open a Study')
    program.action('prompts')
    program.focus_window(TITLE)
    program.wait_shows('comes with the program')


def change_is_a_new_version(build, source):
    with Program(build, source) as program:
        open_prompts(program)
        program.picture('prompts-first')
        tab_to(program, 'Text of the set')
        program.keys('ctrl+End')
        program.type(' zebra')
        program.keys('ctrl+s')
        program.wait_shows('Saved as “Observable signs, own”, version 1.')
        check(files(program) == ['observable-own-1.json'], f'one file: {files(program)}')
        own = words(program, 'observable-own-1.json')
        check(own['instructions'].endswith(' zebra') and own['version'] == 1, 'the changed words, version 1')
        program.wait_shows('Observable signs, own, version 1, your own')
        # Undone, the words are as they were saved; changed again, they are the next version, and the first stays.
        tab_to(program, 'Text of the set')
        program.keys('ctrl+End')
        program.type(' yak')
        program.keys('ctrl+s')
        program.wait_shows('Saved as “Observable signs, own”, version 2.')
        check(files(program) == ['observable-own-1.json', 'observable-own-2.json'], f'two files: {files(program)}')
        check(words(program, 'observable-own-1.json') == own, 'the first version stands as it was')
        check(words(program, 'observable-own-2.json')['instructions'].endswith(' zebra yak'), 'the second goes on from it')


def sets_are_compared(build, source):
    with Program(build, source) as program:
        open_prompts(program)
        check(not program.shows('Text of the other set'), 'no other side at first')
        program.press_node(TITLE, find(program, 'Compare with'))
        program.keys('Down', 'Down', 'Return')
        program.wait_shows('Text of the other set')
        program.picture('prompts-compare')


def unsaved_is_asked_about(build, source):
    with Program(build, source) as program:
        open_prompts(program)
        tab_to(program, 'Text of the set')
        program.type('gnu ')
        program.keys('ctrl+w')
        program.wait_shows('Save the Changes?')
        program.picture('prompts-unsaved')
        program.focus()
        program.keys('Escape')
        program.wait_for(lambda: not program.shows('Save the Changes?'), 'the question to go')
        check(program.find_window(TITLE), 'the window stays')
        program.focus_window(TITLE)
        program.keys('ctrl+w')
        program.wait_shows('Save the Changes?')
        program.focus()
        program.keys('alt+d')
        program.wait_closed(TITLE)
        check(files(program) == [], f'nothing was kept: {files(program)}')


def broken_file_is_told(build, source):
    with Program(build, source) as program:
        folder = program.home / 'data/semioscope/prompts'
        folder.mkdir(parents=True)
        (folder / 'mine-1.json').write_text('{"schema": 1, "id": "mine", "version": 1}', encoding='utf-8')
        open_prompts(program)
        program.wait_shows('mine-1.json')
        program.picture('prompts-problem')


def prompt_is_tried(build, source):
    """The words as they stand in the editor, not kept yet, are put to a model on one segment, and nothing of it is kept."""
    with Program(build, source) as program, serving(program) as server:
        study = program.demonstration()
        program.start(study)
        program.wait_shows('9 recordings')
        open_new_run(program)
        add_server(program, server, 'Loopback')
        program.focus_window('New Run')
        program.keys('Escape')
        program.wait_closed('New Run')
        program.action('prompts')
        program.focus_window(TITLE)
        program.wait_shows('comes with the program')
        tab_to(program, 'Text of the set')
        program.keys('ctrl+End')
        program.type(' zebra')
        n = len(server.requests())
        program.press(TITLE, 'Try on a Segment…')
        program.focus_window('Try the Prompt')
        program.wait_for(lambda: program.is_active('Try the Prompt'), 'the window to take the keys')
        program.keys('alt+a')
        program.wait_shows('HTTP 200', 60)
        program.wait_shows('Seen in picture')
        program.picture('prompts-tried')
        asked = server.requests()[n:]
        check(len(asked) == 1 and asked[0]['bytes'] > 100_000, f'one question with its pictures: {[(r["path"], r["bytes"]) for r in asked]}')
        program.keys('Escape')
        program.wait_closed('Try the Prompt')
        program.focus_window(TITLE)
        program.keys('ctrl+w')
        program.wait_shows('Save the Changes?')
        program.focus()
        program.keys('alt+d')
        program.wait_closed(TITLE)
        check(program.semio_json('verify', study)['good'] and len(program.semio_json('info', study)['runs']) == 2, 'nothing of it is kept')
        program.close()


if __name__ == '__main__':
    main(change_is_a_new_version, sets_are_compared, unsaved_is_asked_about, broken_file_is_told, prompt_is_tried)
