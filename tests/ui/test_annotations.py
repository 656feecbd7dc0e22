#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dense annotations and what goes with them come in by the dialog: told by their columns, or chosen; what they hold is counted."""
import time

from semio_ui import Program, check, main
from test_import import open_import


DENSE = ('file_name,tonic,justification_for_tonic,start_time_for_tonic,end_time_for_tonic,start_tme_for_clonic\n'
         'D01@a.mp4,yes,"Both arms,\nstiff",00:12:00,0:15,\n'
         'D02@a.mp4,no,Only a stretch,0:01,0:02,\n')
SIDES = ('file_name,left_right_head_turning,start_time_for_head_turning,end_time_for_head_turning,left_right_arm_movement,'
         'arm_movement_start_time,arm_moverment_end_time,body_region_onset\n'
         'D01@a.mp4, right ,00:12:00,0:15,N/A,,,face\nD02@a.mp4,left,,,both,,,\n')


def annotations(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        dense = program.home / 'dense.csv'
        dense.write_text(DENSE, encoding='utf-8')
        sides = program.home / 'sides.csv'
        sides.write_text(SIDES, encoding='utf-8')
        program.start(study)
        program.wait_shows('9 recordings')

        open_import(program, 'import-labels', 'Import Labels', dense)
        program.wait_shows('Answers with times')
        program.wait_shows('2 recordings matched')
        program.wait_shows('1 interval of a feature')
        program.wait_shows('1 time beside an answer that is not yes (line 4, column 2): kept with it, and not counted as a time of the feature')
        program.wait_shows('If it is meant as “start_time_for_clonic”')
        program.picture('annotations-dense')
        program.press('Import Labels', 'Import')
        program.wait_closed('Import Labels')

        open_import(program, 'import-labels', 'Import Labels', sides)
        program.wait_shows('Sides of head and arms')
        program.wait_shows('Head: 1 left, 1 right, 0 both, 0 neither, 0 failed; 1 with times')
        program.wait_shows('1 body region')
        program.picture('annotations-sides')

        # Another form is refused with a sentence, and what was read stays as it was.
        form = program.wait_for(lambda: program.find('The file holds'), 'the choice of the form')
        program.press_node('Import Labels', form)
        time.sleep(0.5)  # the list of the choice opens
        program.keys('Down', 'Down', 'Down', 'Down', 'Return')
        program.wait_shows('are those of “Sides of head and arms”, not of “Onset times”')
        program.picture('annotations-wrong-form')
        check(program.find_control('Import').has_state('sensitive'), 'what was read can still be imported')
        program.focus_window('Import Labels')
        program.press('Import Labels', 'Import')
        program.wait_closed('Import Labels')
        info = program.semio_json('info', study)
        check(len(info['reference_sets']) == 3, f'two sets came in: {info["reference_sets"]}')

        open_import(program, 'import-predictions', 'Import Predictions', sides)
        program.wait_shows('Sides of head and arms')
        program.press('Import Predictions', 'Import')
        program.wait_closed('Import Predictions')
        check(program.semio_json('verify', study)['good'], 'the study is good')


if __name__ == '__main__':
    main(annotations)
