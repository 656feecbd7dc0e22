#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of runs that are kept by name, by keys: saved, chosen, changed, renamed, duplicated, deleted; and used by a run and by the
command line."""
import json
import time

from runs_page import add_server, asked_by_command, begin_run, fill, find_in, main_title, notifications, open_new_run, serving, show_runs, tab_to
from semio_ui import Program, check, main

ONSET = 'When each feature begins'


def list_files(program):
    return sorted((program.home / 'data/semioscope/settings').glob('*.json')) if (program.home / 'data').exists() else []


def saved(program):
    """The settings that the command line knows, by name."""
    return {settings['name']: settings for settings in program.semio_json('settings')['settings']}


def focus_row(program):
    row = program.wait_for(lambda: find_in(program, 'New Run', 'Settings'), 'the row')
    tab_to(program, row)


def from_menu(program, mnemonic, item):
    program.focus_window('New Run')
    focus_row(program)
    program.keys('Tab', 'space')
    program.wait_for(lambda: program.find_control(item, 'menu item'), f'“{item}” in the menu')
    time.sleep(0.3)  # the menu takes keys when it stands
    program.picture(f'settings-menu-{mnemonic}')
    program.keys(mnemonic)


def name_it(program, title, name):
    program.focus_window(title)
    program.wait_for(lambda: (program.find('Name of the settings') or onset(program)).has_state('focused'), 'the entry to take the keys')
    program.keys('ctrl+a')
    program.type(name)
    program.picture(f'settings-{title.split()[0].lower()}')
    program.keys('Return')
    program.wait_closed(title)
    program.focus_window('New Run')


def onset(program):
    return program.wait_for(lambda: program.find(lambda text: text.startswith(ONSET), 'switch'), 'the switch')


def toggle_onset(program):
    before = onset(program).has_state('checked')
    tab_to(program, onset(program))
    program.keys('space')
    program.wait_for(lambda: onset(program).has_state('checked') != before, 'the switch to move')


def choose(program, *keys):
    focus_row(program)
    program.keys('space')
    time.sleep(0.5)  # the list takes keys when it stands
    program.picture('settings-list')
    program.keys(*keys, 'Return')


def kept_by_name(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        program.start(study)
        program.wait_shows('9 recordings')
        open_new_run(program)
        program.wait_shows('As published')
        check(not program.shows('Changed, not saved'), 'nothing was changed')
        toggle_onset(program)
        program.wait_shows('Changed, not saved')
        program.picture('settings-changed')
        from_menu(program, 'a', 'Save As…')
        name_it(program, 'Save These Settings', 'With onsets')
        program.wait_for(lambda: 'With onsets' in saved(program), 'the settings to be kept')
        program.wait_for(lambda: not program.shows('Changed, not saved'), 'the word to go')
        check(saved(program)['With onsets']['kinds'] == ['answer', 'onset'], f'as set: {saved(program)["With onsets"]["kinds"]}')
        # Those as published are had again, and back.
        choose(program, 'Home')
        program.wait_for(lambda: not onset(program).has_state('checked'), 'the values of the publication')
        choose(program, 'End')
        program.wait_for(lambda: onset(program).has_state('checked'), 'the values that were saved')
        # What was changed and not saved is not lost by choosing others.
        toggle_onset(program)
        program.wait_shows('Changed, not saved')
        choose(program, 'Home')
        program.wait_for(lambda: not program.shows('Changed, not saved'), 'those as published')
        choose(program, 'End')
        program.wait_shows('With onsets, changed')
        choose(program, 'Home', 'Down')
        program.wait_for(lambda: onset(program).has_state('checked'), 'those that were saved')
        # The same name is refused in words and takes nothing away.
        from_menu(program, 'd', 'Duplicate…')
        name_it(program, 'Duplicate the Settings', 'With onsets')
        program.wait_shows('There are settings “With onsets” already. Choose another name.')
        program.picture('settings-refused')
        from_menu(program, 'd', 'Duplicate…')
        name_it(program, 'Duplicate the Settings', 'Second')
        program.wait_for(lambda: set(saved(program)) == {'As published', 'With onsets', 'Second'}, 'the copy')
        from_menu(program, 'r', 'Rename…')
        name_it(program, 'Rename the Settings', 'Answers alone')
        program.wait_for(lambda: set(saved(program)) == {'As published', 'With onsets', 'Answers alone'}, 'the new name')
        toggle_onset(program)
        program.wait_shows('Changed, not saved')
        from_menu(program, 's', 'Save')
        program.wait_for(lambda: saved(program)['Answers alone']['kinds'] == ['answer'], 'the change to be saved')
        check(saved(program)['With onsets']['kinds'] == ['answer', 'onset'], 'the others stay')
        from_menu(program, 'l', 'Delete…')
        program.focus_window('Delete “Answers alone”?')
        program.wait_shows('Runs that were made with these settings keep them.')
        program.picture('settings-delete')
        program.keys('alt+d')
        program.wait_for(lambda: set(saved(program)) == {'As published', 'With onsets'}, 'the deleted to be gone')
        program.focus_window('New Run')
        program.wait_shows('Not saved')
        program.keys('Escape')
        program.wait_closed('New Run')
        program.close()


def used_by_a_run(build, source):
    """A file that was put into the folder is there by its name; a run by the window and one by the command ask the same by it."""
    with Program(build, source) as program, serving(program) as server, notifications(program):
        study = program.demonstration()
        asked_by_command(program, study, server, 'First', '--features', 'tonic', '--recordings', 'R01', '--temperature', '0.5',
                         '--save-settings', program.home / 'one.json')
        folder = program.home / '.local/share/semioscope/settings'
        if 'XDG_DATA_HOME' in program.env:
            folder = type(folder)(program.env['XDG_DATA_HOME']) / 'semioscope/settings'
        folder.mkdir(parents=True, exist_ok=True)
        kept = json.loads((program.home / 'one.json').read_text(encoding='utf-8'))
        kept['name'] = 'Tonic, warmer'
        (folder / 'any.json').write_text(json.dumps(kept), encoding='utf-8')
        (folder / 'broken.json').write_text('{', encoding='utf-8')
        program.start(study)
        program.wait_shows('9 recordings')
        open_new_run(program)
        program.wait_shows('broken.json')
        add_server(program, server, 'Loopback')
        program.focus_window('New Run')
        choose(program, 'End')
        program.wait_shows('1 of 20')
        begin_run(program)
        program.wait_shows('is done:', 120)
        asked_by_command(program, study, server, 'Second', '--settings', 'Tonic, warmer')
        runs = {run['name']: run for run in program.semio_json('info', study)['runs']}
        check(set(runs) >= {'First', 'Run 1', 'Second'}, f'the runs: {set(runs)}')
        # The settings that were used come back with the next.
        open_new_run(program)
        program.wait_shows('Tonic, warmer')
        check(not program.shows('Changed, not saved'), 'as they were saved')
        program.picture('settings-used-again')
        program.keys('Escape')
        program.wait_closed('New Run')
        program.close()


if __name__ == '__main__':
    main(kept_by_name, used_by_a_run)
