#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys reach the item in hand on any layout, wherever the mouse clicked before, and typing stays typing."""
import subprocess
from pathlib import Path

from accessible import with_state
from review_page import ReviewPage, drafts_of, feature_labels, open_review, ratings_of, set_layout, wait_ratings
from semio_ui import Program, check, main

# The hardware's numbers of keys on the digits' row: what they type is the layout's affair, not the program's.
DIGIT_KEYS = {0: '19', 1: '10', 2: '11', 3: '12', 4: '13', 5: '14'}
# What is clicked, and the feature that is in hand then; none: the one before.
AREAS = [
    ('video', None),
    ('lane', 'Figure-4 posture'),
    ('explanation', None),
    ('row', 'Tonic'),
    ('case line', None),
]


def click_area(page, area, feature):
    if area == 'video':
        page.click(page.wait(lambda text: 'of the picture' in text, 'image'), 0.5, 0.4)
    elif area == 'lane':
        page.click(page.wait(lambda text: text.startswith(feature + ', A '), 'list item'), 0.04)
    elif area == 'explanation':
        page.click(page.wait(lambda text: text.startswith('“'), 'label'))
    elif area == 'row':
        page.click(page.wait(feature, 'label'), 0.1)
    else:
        page.click(page.wait(lambda text: '   onset ' in text, 'label'))


def digits_after_clicks(build, source, layout):
    labels = feature_labels(Path(source))
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        set_layout(layout)
        runs = {}
        for number, (area, feature) in enumerate(AREAS, 1):
            before = page.in_hand()
            click_area(page, area, feature)
            if feature is not None:
                page.wait_in_hand(feature)
            wanted = page.in_hand()
            check(feature is not None or wanted == before, f'a click on the {area} leaves the item in hand')
            program.keys(DIGIT_KEYS[number])
            row = wait_ratings(program, study, number)[-1]
            check(row['score'] == str(number), f'{layout}, {area}: rated {row["score"]} by the key {number}')
            check(labels[row['feature']] == wanted[0], f'{layout}, {area}: rated {row["feature"]}, not {wanted[0]}')
            check(runs.setdefault(row['run'], wanted[1]) == wanted[1], f'{layout}, {area}: rated the other run')
            program.wait_for(lambda: page.in_hand() != wanted, 'the next item')
        set_layout('us')


def digits_us(build, source):
    digits_after_clicks(build, source, 'us')


def digits_de(build, source):
    digits_after_clicks(build, source, 'de')


def digits_fr(build, source):
    digits_after_clicks(build, source, 'fr')


def focused_buttons(program):
    read = program.walk()
    focused = {node.path for node in with_state([node for node, _name in read], 'focused')}
    return [name for node, name in read if node.path in focused and 'button' in node.role()]


def clicked_buttons_do_not_keep_the_keys(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        check(focused_buttons(program) == [], f'opening a case focuses no button: {focused_buttons(program)}')
        page.click(page.wait('One frame forward', 'button'))
        page.wait_frame(601)
        program.keys('space')
        page.wait_plays()
        program.keys('space')
        page.wait_plays(False)
        number, item = page.frame(), page.in_hand()
        check(number != 602, 'Space played')
        program.keys('Return')
        program.wait_for(lambda: page.in_hand() not in (None, item), 'the next item')
        check(page.frame() == number, 'Enter did not press the button that was clicked')
        check(ratings_of(program, study) == [], 'nothing was rated by that')
        # To the cases and back: what takes the place of a page that went with the focus in it is no button either.
        program.keys('alt+1')
        program.wait_shows('Start Rating')
        program.keys('alt+2')
        program.wait_shows('frame ')
        check(focused_buttons(program) == [], f'coming back focuses no button: {focused_buttons(program)}')


def typing_stays_typing(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        item = page.in_hand()
        program.keys('c')
        program.wait_for(lambda: program.find(lambda text: text.startswith('Comment on '), 'text box'), 'the comment field')
        program.type('3 of 5 x')
        program.wait_for(lambda: drafts_of(study) == ['3 of 5 x'], 'the text as a draft')
        check(ratings_of(program, study) == [], 'digits in the comment rate nothing')
        program.keys('Escape')
        wait_ratings(program, study, 1)
        # Esc gave the keys back: Shift and a digit rates and stays, 0 clears, undo and redo go through it.
        program.keys('shift+' + DIGIT_KEYS[2])
        check(wait_ratings(program, study, 2)[-1]['score'] == '2', 'rated 2')
        check(page.in_hand() == item, 'Shift stays')
        program.keys(DIGIT_KEYS[0])
        check(not wait_ratings(program, study, 3)[-1]['score'], '0 clears the score')
        program.keys('ctrl+z')
        check(wait_ratings(program, study, 4)[-1]['score'] == '2', 'undone: 2 again')
        program.keys('ctrl+shift+z')
        check(not wait_ratings(program, study, 5)[-1]['score'], 'done again: cleared')
        program.keys('x')
        program.wait_for(lambda: program.find(lambda text: 'Why can it not be judged' in text or 'Cannot be judged' in text
                                              or 'Cannot judge' in text), 'the reasons')
        program.keys(DIGIT_KEYS[2])
        row = wait_ratings(program, study, 6)[-1]
        check(row['cannot_judge'] and not row['score'], f'cannot judge, with a reason: {row}')
        check(program.semio_json('verify', study)['good'], 'the study is good')


def comment_straight_after_a_rating(build, source):
    """No pause between Shift with a digit and C, and C before Shift is up again: the comment opens every time."""
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        item = page.in_hand()
        for number in range(20):
            digit = DIGIT_KEYS[1 + number % 5]
            if number % 2 == 0:
                words = ['key', '--delay', '0', 'shift+' + digit, 'c']
            else:
                words = ['keydown', 'Shift_L', 'key', '--delay', '0', digit, 'c', 'keyup', 'Shift_L']
            subprocess.run(['xdotool', *words], check=True)
            program.wait_for(lambda: program.find(lambda text: text.startswith('Comment on '), 'text box'), f'the comment, time {number + 1}')
            row = wait_ratings(program, study, number + 1)[-1]
            check(row['score'] == str(1 + number % 5), f'rated {row["score"]}, time {number + 1}')
            program.keys('Escape')
            program.wait_for(lambda: not program.find(lambda text: text.startswith('Comment on '), 'text box'), 'the comment to close')
        check(page.in_hand() == item, 'it stayed')


def framing_is_kept(build, source):
    """Settings are kept over a restart: how a group is framed, and that the player is muted."""
    with Program(build, source) as program:
        program.env['GSETTINGS_BACKEND'] = 'keyfile'
        study = program.demonstration()
        page = open_review(program, study)
        program.keys('f', 'm')
        program.wait_shows('muted')
        program.wait_for(lambda: page.find('Face').has_state('checked') or page.find('Face').has_state('pressed'), 'the face')
        program.close()
        program.start(study)
        program.wait_shows('Rating as Rater One')
        program.open_first_item()
        page = ReviewPage(program)
        program.wait_shows('muted')
        program.wait_for(lambda: page.find('Face').has_state('checked') or page.find('Face').has_state('pressed'), 'the face again')


def overview_of_keys(build, source):
    """The overview opens by its keys, says each of its rows, and Escape closes it and gives the keys back to the page."""
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        number = page.frame()
        for key in ('F1', 'ctrl+question'):
            program.keys(key)
            program.wait_shows('Play, pause')
            # GTK names the window itself; the rows stand in it as labels, each beside its keys.
            for row in ('One frame back, forward', 'Jump 5 s back, forward'):
                check(program.find(row, 'label'), f'“{row}” is named after {key}')
            program.keys('Escape')
            program.wait_for(lambda: not program.shows('Play, pause'), f'the overview to close after {key}')
        program.keys('period')
        page.wait_frame(number + 1)


if __name__ == '__main__':
    main(digits_us, digits_de, digits_fr, clicked_buttons_do_not_keep_the_keys, typing_stays_typing, comment_straight_after_a_rating,
         framing_is_kept, overview_of_keys)
