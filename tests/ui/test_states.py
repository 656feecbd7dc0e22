#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""States that a study comes into: new on this computer, exported, mirrored, without a video, rated to the end."""
import csv
import os
import signal
import subprocess

from review_page import ReviewPage, open_review, wait_ratings
from semio_ui import Program, check, main

N_ROWS = 4000
FEATURES = ('tonic', 'clonic', 'arm_flexion', 'arm_straightening', 'head_turning', 'blank_stare', 'pelvic_thrusting', 'limb_automatisms')
FROM_ELSEWHERE = 'The study came from elsewhere'


def make_large_study(program):
    """A study whose check and export take long enough to be seen."""
    table = program.home / 'large.csv'
    long_text = 'The arm is drawn up while the bed is still and stays so. ' * 60
    with open(table, 'w', encoding='utf-8', newline='') as file:
        writer = csv.writer(file)
        writer.writerow(['file_name', *(column for name in FEATURES for column in (name, f'justification_for_{name}'))])
        for row in range(N_ROWS):
            writer.writerow([f'N{row:05d}.mp4', *(cell for number, _name in enumerate(FEATURES)
                                                 for cell in ('yes' if (row + number) % 3 else 'no', f'{long_text}Part {number}.'))])
    study = program.home / 'Large.semio'
    program.semio('new', study)
    program.semio('import', 'predictions', study, table, '--run', 'Large', '--create')
    # What this user's data folder knows of the study goes: it could have come from anybody.
    for known in (program.home / 'data').rglob('*'):
        if known.is_file():
            known.unlink()
    return study


def export(program, out):
    program.window_action('export-predictions')
    program.choose_file(out, 'Export Predictions', saves=True)


def unknown_is_checked_and_export_can_be_stopped(build, source):
    with Program(build, source) as program:
        study = make_large_study(program)
        program.start(study)
        program.picture('states-unknown')
        program.wait_shows(f'{N_ROWS} recordings')
        # The page that told of it is behind the Cases page now.
        check(any(text.startswith(FROM_ELSEWHERE) for _node, text in program.walk()), 'the check of an unknown study is told')

        stopped = program.home / 'stopped.csv'
        export(program, stopped)
        program.wait_for(lambda: program.find_window('Exporting'), 'the progress of the export')
        # The program stands still until the key lies before it, so that it cannot be done with the export meanwhile.
        os.kill(program.process.pid, signal.SIGSTOP)
        try:
            program.picture('states-exporting')
            subprocess.run(['xdotool', 'windowfocus', '--sync', program.find_window('Exporting')], check=True)
            program.keys('Escape')
        finally:
            os.kill(program.process.pid, signal.SIGCONT)
        program.wait_closed('Exporting')
        program.picture('states-export-stopped')
        check(not list(program.home.glob('*stopped*')), f'nothing of it was left: {list(program.home.glob("*stopped*"))}')

        whole = program.home / 'whole.csv'
        export(program, whole)
        program.wait_shows('Written to')
        with open(whole, encoding='utf-8', newline='') as file:
            check(sum(1 for _row in csv.DictReader(file)) == N_ROWS, 'every row is written')


def sides_follow_mirrored(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        recordings = program.semio_json('info', study)['recordings']
        seen = {recording['mirrored'] for recording in recordings[:3]}
        check(seen == {False}, f'the first recordings are not mirrored: {recordings[:3]}')
        page = open_review(program, study)
        page.wait(lambda text: 'the patient’s right is on the left of the picture' in text)
        program.picture('states-sides')
        program.window_action('mirror-case', '<int64 1>')
        page.wait(lambda text: 'mirrored: the patient’s left is on the left of the picture' in text)
        page.wait(lambda text: ' · mirrored' in text)
        program.picture('states-sides-mirrored')
        program.window_action('mirror-case', '<int64 1>')
        page.wait(lambda text: 'the patient’s right is on the left of the picture' in text)


def cases_take_the_keys(build, source):
    """A study that opens is worked through by arrows and Enter, with no Tab before; who comes back stands where they were."""
    with Program(build, source) as program:
        study = program.demonstration()
        recordings = program.semio_json('info', study)['recordings']
        first, second, third = sorted(f'{r["patient"]} · {r["pseudonym"]}' for r in recordings)[:3]

        def wait_focused(name):
            program.wait_for(lambda: any(text.startswith(name) and node.has_state('focused') for node, text in program.walk()), f'{name} with the keys')

        program.start(study)
        wait_focused(first)
        program.keys('Down', 'Return')
        program.wait_for(lambda: program.find_window('Who Rates'), 'the question who rates, over the case')
        program.focus_window('Who Rates')
        program.keys('Escape')
        program.wait_closed('Who Rates')
        page = ReviewPage(program)
        page.wait(second)
        program.focus()
        program.keys('alt+4')
        program.wait_for(lambda: program.find('SemioResultsPage'), 'the Results page')
        program.keys('alt+1')
        wait_focused(second)
        program.keys('Down', 'Return')
        page.wait(third)


def video_is_located_on_the_page(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        away = program.home / 'away'
        away.mkdir()
        for video in (*study.parent.glob('*.mp4'), *study.parent.glob('*.webm')):
            video.rename(away / video.name)
        program.start(study)
        program.add_person('Rater One')
        program.window_action('rate-next')
        page = ReviewPage(program)
        page.wait(lambda text: 'No Video for This Recording' in text)
        program.picture('states-no-video')
        page.click(page.wait(lambda text: text.replace('_', '') in ('Locate…', 'Locate… Locate…'), 'button'))
        program.choose_file(away, 'Where Are the Videos?')
        program.wait_shows('9 videos found')
        program.focus()
        page.wait(lambda text: text.startswith('frame '))
        check(page.find(lambda text: 'No Video for This Recording' in text) is None, 'the video is shown where it was missing')
        program.picture('states-video-located')


def everything_is_rated(build, source):
    with Program(build, source) as program:
        table = program.home / 'few.csv'
        table.write_text('file_name,tonic,justification_for_tonic,clonic,justification_for_clonic\n'
                         'First.mp4,yes,The arms stiffen.,,\nSecond.mp4,,,no,No jerks are seen.\n', encoding='utf-8')
        study = program.home / 'Few.semio'
        program.semio('new', study)
        program.semio('import', 'predictions', study, table, '--run', 'Few', '--create')
        program.start(study)
        program.add_person('Rater One')
        program.window_action('rate-next')
        page = ReviewPage(program)
        before = None
        for number in (1, 2):
            program.wait_for(lambda: page.in_hand() not in (None, before), 'an item in hand')
            before = page.in_hand()
            program.keys('4')
            rows = wait_ratings(program, study, number)
        program.wait_shows('That was the last one: everything is rated.')
        program.picture('states-all-rated')
        check([row['score'] for row in rows] == ['4', '4'], f'both are rated: {rows}')
        program.window_action('show-page', "<'cases'>")
        button = program.wait_for(lambda: program.find_control('Everything Is Rated'), 'the end of the queue')
        check(not button.has_state('sensitive'), 'there is nothing to go on with')
        program.picture('states-all-rated-cases')
        program.window_action('rate-next')
        program.wait_shows('Everything is rated.')


if __name__ == '__main__':
    main(unknown_is_checked_and_export_can_be_stopped, sides_follow_mirrored, cases_take_the_keys, video_is_located_on_the_page, everything_is_rated)
