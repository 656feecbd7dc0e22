#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job by real keys: play, read, rate, undo, mark; kill the program; find everything where it was."""
import csv

from semio_ui import Program, check, main

RATER = 'Rater One'


def ratings_of(program, study):
    """The ratings as a second process reads them from the file."""
    out = program.home / 'ratings.csv'
    if out.exists():
        out.unlink()
    program.semio('export', study, 'ratings', out)
    with open(out, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def in_state(rows, state):
    return [row for row in rows if row['state'] == state]


def open_first_item(program, study):
    program.start(study)
    program.add_person(RATER)
    program.open_first_item()


def rate_the_queue_and_kill(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        open_first_item(program, study)

        def stored(number):
            program.wait_for(lambda: len(ratings_of(program, study)) == number, f'{number} entries in the file')

        # A yes in two segments, played by Alt+Right twice, marked wrong side, rated 3.
        program.keys('alt+Right', 'alt+Right')
        program.keys('e', '3', 'Escape')
        stored(1)
        program.keys('3')
        stored(2)
        program.wait_shows('Saved')
        # A bare denial, played, rated 2.
        program.keys('alt+Right')
        program.keys('2')
        stored(3)
        # A right text with a wrong answer: 4, undone, 5, and it does not support its answer.
        program.keys('4')
        stored(4)
        program.keys('ctrl+z')
        stored(5)
        program.keys('5')
        stored(6)
        program.keys('s')
        stored(7)
        program.keys('s')
        stored(8)
        # The fourth.
        program.keys('4')
        stored(9)
        program.kill()

        rows = ratings_of(program, study)
        current = in_state(rows, 'current')
        check([row['score'] for row in current] == ['3', '2', '5', '4'], f'current scores {[r["score"] for r in current]}')
        check([bool(row['marks']) for row in current] == [True, False, False, False], 'a mark on the first alone')
        check(current[0]['marks'] == 'wrong_side', f'the mark is {current[0]["marks"]}')
        check(current[2]['supports'] == 'no', f'the third supports its answer: {current[2]["supports"]}')
        check(all(not row['supports'] for row in (current[0], current[1], current[3])), 'supports said of the third alone')
        check(all('reference' not in row['visible'] for row in rows), f'the reference was hidden: {[r["visible"] for r in rows]}')
        check(float(current[0]['played_cited']) > 0, 'some of the cited segments was played')
        check(all(row['person'] == RATER for row in rows), 'every entry is of the rater')
        check(len(in_state(rows, 'withdrawn')) == 1, 'undoing a first judgement withdrew it')
        check(len({row['utc'] for row in rows}) == len(rows), 'every entry has its own time')
        report = program.semio_json('verify', study)
        check(report['good'], f'verify: {report}')

        program.start(study)
        program.choose_person(RATER, study)
        program.open_first_item()
        after = ratings_of(program, study)
        check(after == rows, 'reopening changed nothing')
        program.keys('1')
        program.wait_for(lambda: len(ratings_of(program, study)) == 10, 'the fifth item to be rated')
        fifth = in_state(ratings_of(program, study), 'current')[-1]
        seen = {(r['recording'], r['feature'], r['run']) for r in current}
        check((fifth['recording'], fifth['feature'], fifth['run']) not in seen, 'reopened at the fifth item')


def no_sound_takes_no_score(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        info = program.semio_json('info', study)
        silent = [r for r in info['recordings'] if r['sound'] == 'none']
        check(len(silent) == 1, f'one recording without a track: {silent}')
        program.start(study)
        program.add_person(RATER)
        # By the keyboard: search for the case, go down to it, open it.
        program.keys('ctrl+f')
        program.type(silent[0]['pseudonym'])
        program.wait_for(lambda: not program.shows('P01 · R01'), 'the list to hold what was searched for')
        program.keys('Return')
        program.wait_shows('frame ')
        program.keys(*['Down'] * 19)
        program.wait_shows('Ictal vocalization')
        program.keys('3')
        program.wait_shows('has no sound')
        check(ratings_of(program, study) == [], 'a digit on an audio feature writes nothing')
        program.keys('x', '1')
        program.wait_for(lambda: len(ratings_of(program, study)) == 1, 'the reason in the file')
        row = ratings_of(program, study)[0]
        check(row['cannot_judge'] == 'no_sound' and not row['score'], f'cannot judge, no sound: {row}')
        program.close()
        numbers = program.semio('metrics', study)
        check('sound' in numbers, 'the numbers say what they leave out for want of sound')


if __name__ == '__main__':
    main(rate_the_queue_and_kill, no_sound_takes_no_score)
