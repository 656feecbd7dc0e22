#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playing, stepping and jumping by keys; the video process killed; a recording without a video."""
import os
import signal
import subprocess

from review_page import ReviewPage, open_review, wait_ratings
from semio_ui import Program, check, main

FRAME_MS = 40  # the demonstration has 25 frames a second
ONSET_MS = 34000  # of its first case


def shows_frame(page, number):
    page.wait_frame(number)
    page.program.wait_for(lambda: page.time_ms() == number * FRAME_MS, f'the time of frame {number} ({page.time_ms()} ms)')


def helpers_of(program):
    found = subprocess.run(['pgrep', '-P', str(program.process.pid), '-f', 'semioscope-media'], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]


def keys_move_the_picture(build, source):
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        begin = (ONSET_MS - 10000) // FRAME_MS
        shows_frame(page, begin)
        check(not page.plays(), 'nothing plays by itself')
        for key, delta in (('period', 1), ('period', 1), ('comma', -1), ('Right', 25), ('shift+Right', 125), ('Left', -25),
                           ('shift+Left', -125), ('comma', -1)):
            begin += delta
            program.keys(key)
            shows_frame(page, begin)
        # Steps made while the last one is decoded step from where that one goes.
        program.keys(*['period'] * 10)
        shows_frame(page, begin + 10)
        check(not page.plays(), 'stepping does not play')
        for key in ('space', 'k'):
            before = page.frame()
            program.keys(key)
            page.wait_plays()
            program.wait_for(lambda: page.frame() > before + 5, 'the picture to go on')
            program.keys(key)
            page.wait_plays(False)
            number = page.frame()
            check(page.time_ms() == number * FRAME_MS, f'frame {number} at {page.time_ms()} ms')
            program.keys('period')
            shows_frame(page, number + 1)


def video_process_killed(build, source):
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        program.keys('space')
        page.wait_plays()
        first = page.frame()
        program.wait_for(lambda: page.frame() > first, 'the picture to go on')
        killed = helpers_of(program)
        check(killed, 'a video process runs')
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        program.wait_shows('The video process stopped and was started again')
        number = page.frame()
        program.wait_for(lambda: page.frame() > number + 10, 'the picture to go on after the kill')
        check(set(helpers_of(program)).isdisjoint(killed) and helpers_of(program), 'another video process runs')
        program.keys('space')
        page.wait_plays(False)


def recording_without_media(build, source):
    with Program(build, source) as program:
        made = program.demonstration()
        study = program.home / 'bare.semio'
        program.semio('new', study)
        tables = sorted((made.parent / 'tables').glob('*.csv'))
        table = next(path for path in tables if 'answers' in path.name or 'predictions' in path.name)
        program.semio('import', 'predictions', study, table, '--run', 'Only run', '--create')
        page = open_bare(program, study)
        page.wait(lambda text: 'No Video for This Recording' in text)
        before = page.in_hand()
        program.keys('space', 'period', 'Right', 'alt+Right')
        check(not page.plays(), 'there is nothing to play')
        check(page.in_hand() == before, 'keys of the player leave the item alone')
        program.keys('3')
        rows = wait_ratings(program, study, 1)
        check(rows[0]['score'] == '3', f'rated 3: {rows[0]}')
        program.wait_for(lambda: page.in_hand() != before, 'the next item')


def open_bare(program, study):
    program.start(study)
    program.add_person('Rater One')
    program.window_action('rate-next')
    return ReviewPage(program)


if __name__ == '__main__':
    main(keys_move_the_picture, video_process_killed, recording_without_media)
