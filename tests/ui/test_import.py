#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Labels and predictions come in by the dialog: chosen, looked at, imported; the same again changes nothing, others are refused."""
import re
import subprocess
import time

from semio_ui import Program, check, main


def open_import(program, action, title, path):
    program.window_action(action)
    program.choose_file(path, title)
    program.wait_shows('Cells')
    program.focus_window(title)


def import_labels_then_predictions(build, source):
    with Program(build, source) as program:
        demo = program.demonstration()
        tables = demo.parent / 'tables'
        study = program.home / 'Tables.semio'
        program.semio('new', study)
        program.start(study)
        program.wait_shows('No recordings yet')

        # Nothing of the file is in the study yet: without creating recordings there is nothing to import.
        open_import(program, 'import-labels', 'Import Labels', tables / 'labels.csv')
        program.wait_shows('0 recordings matched')
        program.wait_shows('Names that no recording matches (9)')
        button = program.find_control('Import')
        check(not button.has_state('sensitive'), 'nothing to import yet')
        program.wait_shows('No name in the file matches a recording')
        program.picture('import-labels')
        program.press('Import Labels', 'Create recordings that are not here yet', 'switch')
        program.wait_for(lambda: button.has_state('sensitive'), 'importing to be possible')
        program.keys('Escape')
        program.wait_closed('Import Labels')
        check(program.semio_json('info', study)['recordings'] == [], 'cancelled: nothing came in')

        open_import(program, 'import-labels', 'Import Labels', tables / 'labels.csv')
        program.press('Import Labels', 'Create recordings that are not here yet', 'switch')
        program.press('Import Labels', 'Import')
        program.wait_closed('Import Labels')
        program.wait_shows('9 recordings without videos were created')
        program.picture('import-labels-done')
        info = program.semio_json('info', study)
        check(len(info['recordings']) == 9 and len(info['reference_sets']) == 1, f'labels: {info}')

        for again in (False, True):
            open_import(program, 'import-predictions', 'Import Predictions', tables / 'sample-answers-1.csv')
            program.wait_shows('9 recordings matched')
            program.wait_shows('per segment')
            program.picture('import-predictions')
            program.press('Import Predictions', 'Import')
            program.wait_closed('Import Predictions')
            if again:
                program.wait_shows('othing changed')
                program.picture('import-again')
        before = program.semio_json('info', study)
        check(len(before['runs']) == 1, f'one run: {before["runs"]}')

        # Other answers under the same run are refused, each named, and nothing of them stays.
        other = program.home / 'sample-answers-1.csv'
        text = (tables / 'sample-answers-1.csv').read_text(encoding='utf-8')
        other.write_text(text.replace('D01@a_segment_0.mp4,yes', 'D01@a_segment_0.mp4,no'), encoding='utf-8')
        open_import(program, 'import-predictions', 'Import Predictions', other)
        program.press('Import Predictions', 'Import')
        program.wait_for(lambda: program.find(lambda t: re.search(r'\bR\d+', t)), 'the recording by its pseudonym')
        program.wait_for(lambda: program.find(lambda t: 'differ' in t or 'other' in t), 'the refusal')
        program.picture('import-differs')
        program.keys('Escape')
        program.wait_closed('Import Predictions')
        check(program.semio_json('info', study)['runs'] == before['runs'], 'nothing of it came in')
        check(program.semio_json('verify', study)['good'], 'the study is good')


def figure(program, label):
    """The number over one of the words under “Cells”."""
    names = program.names()
    return names[names.index(label) - 1]


def blank_cells_and_name_map(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        table = program.home / 'other names.csv'
        table.write_text('file_name,tonic,clonic\nFirst.mp4,yes,\nSecond.mp4,,no\n', encoding='utf-8')
        names = program.home / 'names.csv'
        names.write_text('old,new\nFirst.mp4,D01@a.mp4\nSecond.mp4,D02@a.mp4\n', encoding='utf-8')
        wrong = program.home / 'wrong.csv'
        wrong.write_text('from,to\nFirst.mp4,D01@a.mp4\n', encoding='utf-8')
        program.start(study)
        program.wait_shows('9 recordings')
        open_import(program, 'import-predictions', 'Import Predictions', table)
        program.wait_shows('No name in the file matches a recording')
        check(not program.find_control('Import').has_state('sensitive'), 'nothing to import yet')
        program.picture('import-obstacle')

        # What the dialog asks below is scrolled into sight.
        subprocess.run(['xdotool', 'windowsize', program.find_window('Import Predictions'), '680', '790'], check=True)
        subprocess.run(['xdotool', 'mousemove', '340', '300', 'click', '--repeat', '30', '--delay', '20', '5'], check=True)

        def choose_map(path):
            program.press_node('Import Predictions', program.find(lambda name: name.startswith('Name map') or name.startswith('Name Map')))
            program.choose_file(path, 'Name Map')

        choose_map(wrong)
        program.wait_shows('a name map needs the columns')
        program.picture('import-map-wrong')
        program.focus_window('Import Predictions')
        choose_map(names)
        program.wait_shows('2 recordings matched')
        program.wait_for(lambda: program.find_control('Import').has_state('sensitive'), 'importing to be possible')
        check((figure(program, 'yes'), figure(program, 'no'), figure(program, 'missing')) == ('1', '1', '2'), 'blank is missing')
        program.focus_window('Import Predictions')
        blank = program.wait_for(lambda: program.find('What a blank cell of clonic means'), 'the choice of the column')
        program.picture('import-map')
        program.press_node('Import Predictions', blank)
        time.sleep(0.5)  # the list of the choice opens
        program.keys('Down', 'Down', 'Return')
        program.wait_for(lambda: (figure(program, 'no'), figure(program, 'missing')) == ('2', '1'), 'the figures of “blank is no”')
        program.picture('import-blank')
        program.press('Import Predictions', 'Import')
        program.wait_closed('Import Predictions')
        info = program.semio_json('info', study)
        check(len(info['runs']) == 3, f'the run came in: {info["runs"]}')


if __name__ == '__main__':
    main(import_labels_then_predictions, blank_cells_and_name_map)
