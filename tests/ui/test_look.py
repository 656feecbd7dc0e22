#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages at three sizes, light and dark: everything has its place. Pictures go where SEMIO_UI_PICTURES says."""
import os
import subprocess
from pathlib import Path

from review_page import ReviewPage, walk_placed
from semio_ui import Program, check, main

SIZES = [(1280, 800), (1024, 640), (1440, 900)]


def resize(program, width, height):
    program.width, program.height = width, height
    subprocess.run(['xdotool', 'windowsize', program.windows()[0], str(width), str(height)], check=True)
    program.wait_for(lambda: abs(frame_of(program)[2] - width) < 40 and abs(frame_of(program)[3] - height) < 40,
                     f'a window of {width}×{height}')


def frame_of(program):
    return program.application().children()[0].place()


def is_inside(place, frame):
    return place[0] >= 0 and place[1] >= 0 and place[0] + place[2] <= frame[2] + 1 and place[1] + place[3] <= frame[3] + 1


def overlap(one, other):
    return (one[0] < other[0] + other[2] and other[0] < one[0] + one[2] and
            one[1] < other[1] + other[3] and other[1] < one[1] + one[3])


def check_parts(program, page):
    frame = frame_of(program)
    parts = {
        'the video': page.wait(lambda text: 'of the picture' in text, 'image'),
        'the player': page.wait('Player', 'group'),
        'the timeline': page.wait('Timeline', 'group'),
        'the explanation': page.wait(lambda text: text.startswith('“'), 'label'),
    }
    parts.update({f'the score {n}': page.wait(lambda text, n=n: text.startswith(f'Rate {n}, '), 'button') for n in range(1, 6)})
    for what, node in parts.items():
        program.wait_for(lambda node=node: is_inside(node.place(), frame), f'{what} inside the window ({node.place()} in {frame})')


def check_buttons(program, page, where):
    """No two buttons side by side lie upon one another, and none sticks out at a side."""
    frame = frame_of(program)
    places = {}
    for node, _name in walk_placed(page.node):
        buttons = [(child.name(), child.place()) for child in node.children() if child.role().endswith('button') and child.has_place()]
        for number, (name, place) in enumerate(buttons):
            check(place[0] >= 0 and place[0] + place[2] <= frame[2] + 1, f'{where}: “{name}” sticks out of the window: {place}')
            for other, at in buttons[number + 1:]:
                check(not overlap(place, at), f'{where}: “{name}” {place} lies upon “{other}” {at}')
        places.update(dict(buttons))
    for name in ('Play', 'Full screen', 'Next item to rate'):
        check(is_inside(places[name], frame), f'{where}: “{name}” is outside of the window: {places[name]}')


def words_of_ratings(page):
    """Width of each label of the rating's buttons, by its words."""
    found = {}
    for node, text in walk_placed(page.node):
        if node.role() == 'label' and text in ('Supports?', '✓ Supports', 'Errors', '⚑ Wrong side', 'Comment', 'Cannot judge'):
            found[text] = node.place()[2]
    return found


def check_words(page, whole, where):
    """What is as wide as in the widest window is not cut."""
    for text, width in words_of_ratings(page).items():
        check(width >= whole[text], f'{where}: “{text}” is cut: {width} px of {whole[text]}')


def check_facts(program, page, where):
    """The case line shows the event's times in whole, be it in fewer words: no letter is narrower than 5.5 px on the mean."""
    def is_whole():
        node = page.find(lambda text: '   onset ' in text or '   event ' in text, 'label')
        return node is not None and node.place()[2] >= 5.5 * len(node.name())
    program.wait_for(is_whole, f'the times of the event in whole at {where}')


def picture(program, name):
    if 'SEMIO_UI_PICTURES' in os.environ:
        subprocess.run(['xdotool', 'mousemove', '2', '2'], check=True)
        program.screenshot(Path(os.environ['SEMIO_UI_PICTURES']) / f'{name}.png')


def look(build, source, scheme):
    with Program(build, source) as program:
        program.env['ADW_DEBUG_COLOR_SCHEME'] = f'prefer-{scheme}'
        program.start()
        program.wait_shows('Open a Study')
        for width, height in SIZES:
            resize(program, width, height)
            picture(program, f'welcome-{width}-{scheme}')
        program.kill()
        study = program.demonstration()
        program.start(study)
        program.add_person('Rater One')
        program.wait_shows('Start Rating')
        for width, height in SIZES:
            resize(program, width, height)
            picture(program, f'cases-{width}-{scheme}')
        resize(program, *SIZES[0])
        program.open_first_item()
        page = ReviewPage(program)
        for width, height in SIZES:
            resize(program, width, height)
            if width == 1280:
                check_parts(program, page)
            check_buttons(program, page, f'{width}×{height}')
            check_facts(program, page, f'{width}×{height}')
            picture(program, f'review-{width}-{scheme}')
        program.keys('e')
        program.wait_for(lambda: program.find(lambda text: 'Wrong side' in text, 'checkbox'), 'the choice of marks')
        program.keys('3', 'Escape')
        page.wait('⚑ Wrong side', 'label')
        program.wait_for(lambda: not program.find(lambda text: 'Wrong side' in text, 'checkbox'), 'the choice of marks to close')
        program.keys('s')
        page.wait('✓ Supports', 'label')
        whole = words_of_ratings(page)
        check(len(whole) == 4, f'the words of the rating’s buttons: {whole}')
        resize(program, 1024, 640)
        check_buttons(program, page, '1024×640, with marks')
        check_words(page, whole, '1024×640, with marks')
        picture(program, f'marked-1024-{scheme}')


def home_folder(build, source):
    """A study that lies in the home folder itself: the shortest line of the welcome page."""
    with Program(build, source) as program:
        study = program.home / 'E.semio'
        program.semio('new', study)
        program.start(study)
        program.wait_shows('No recordings yet')
        program.find('Search')  # the page is drawn


def high_contrast(build, source):
    with Program(build, source) as program:
        program.env['ADW_DEBUG_HIGH_CONTRAST'] = '1'
        program.start(program.demonstration())
        program.add_person('Rater One')
        program.open_first_item()
        page = ReviewPage(program)
        for width, height in SIZES:
            resize(program, width, height)
            check_buttons(program, page, f'{width}×{height}, high contrast')
            picture(program, f'review-{width}-contrast')


def light(build, source):
    look(build, source, 'light')


def dark(build, source):
    look(build, source, 'dark')


if __name__ == '__main__':
    main(light, dark, high_contrast, home_folder)
