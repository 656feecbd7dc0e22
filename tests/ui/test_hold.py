#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys that are held, against the bar code that every frame of a made clip carries, read from the screen; two clips in step."""
import subprocess
import time

from review_page import ReviewPage
from test_view import compared, wait_apart
from semio_ui import Failure, Program, check, main

N_CELLS = 20
RATE = 25
CLIP_WIDTH, CLIP_HEIGHT = 320, 240
HOLD_SECONDS = 2
# The step that is decoded when the key comes up, and one that the key made on its way up.
STEPS_IN_FLIGHT = 2


def make_study(program, *clips):
    """A study of clips of one patient, each of so many frames."""
    study = program.home / 'clips.semio'
    program.semio('new', study)
    for name, n_frames in clips:
        subprocess.run([program.build / 'tests/media/semio-test-clips', program.home, name, str(n_frames)], env=program.env, check=True,
                       timeout=60)
        program.semio('add', study, program.home / name)
    return study


def open_case(program, study):
    program.start(study)
    program.wait_shows(' · 0 runs')
    program.add_person('Rater One')
    program.window_action('open-case', '<int64 1>')
    page = ReviewPage(program)
    page.wait(lambda text: text.startswith('frame '))
    program.keys('w')
    return page


def decode(brightness_at):
    """The number in a bar code by its brightness at shares of the width, None where there is none."""
    cells = [brightness_at((cell + 0.5) / N_CELLS) > 128 for cell in range(N_CELLS)]
    number = sum(bit << (15 - i) for i, bit in enumerate(cells[2:18]))
    fits = cells[0] and not cells[1] and cells[18] == bool(bin(number).count('1') % 2) and cells[19] != cells[18]
    return number if fits else None


def read_code(program, view, title=None):
    """Number in the bar code that is painted in a view, None where none can be read. The controls lie over its lower part."""
    x, y, width, height = view.place()
    frame = program.application().children()[0].place()  # the window's own shadow lies around what the tree measures
    origin = program.origin_of(title) if title else ((program.width - frame[2]) // 2, (program.height - frame[3]) // 2)
    x, y = x + origin[0], y + origin[1]
    shown = min(width / CLIP_WIDTH, height / CLIP_HEIGHT)
    left, top = x + (width - CLIP_WIDTH * shown) / 2, y + (height - CLIP_HEIGHT * shown) / 2
    row = int(top + CLIP_HEIGHT * shown * 0.79)
    pixels = subprocess.run(['import', '-window', 'root', '-depth', '8', '-crop', f'{program.width}x1+0+{row}', 'gray:-'],
                            capture_output=True, check=True).stdout
    return decode(lambda share: pixels[int(left + share * CLIP_WIDTH * shown)])


def view_of(program):
    return program.wait_for(lambda: program.find(lambda text: 'the patient’s right' in text), 'the picture')


def rests(page, seconds=1.0):
    """The number that is shown once it has not changed for a while."""
    number, since = page.frame(), time.monotonic()
    end = since + 15
    while time.monotonic() - since < seconds:
        if page.frame() != number:
            number, since = page.frame(), time.monotonic()
        if time.monotonic() > end:
            raise Failure('the picture does not come to rest')
    return number


def hold(program, page, view, key, direction):
    """Holds a key; what is painted is never further than the number says, and stands when the key is up."""
    first = page.frame()
    codes = []
    subprocess.run(['xdotool', 'keydown', key], check=True)
    try:
        end = time.monotonic() + HOLD_SECONDS
        while time.monotonic() < end:
            before = page.frame()
            code = read_code(program, view)
            after = page.frame()
            # The screen and the tree are read one after the other, so the code lies between the numbers around it.
            low, high = sorted((before, after))
            check(code is not None, 'a bar code on screen')
            check(low - 1 <= code <= high + 1, f'painted {code} between {before} and {after}')
            codes.append(code)
    finally:
        subprocess.run(['xdotool', 'keyup', key], check=True)
    released = page.frame()
    final = rests(page)
    program.wait_for(lambda: read_code(program, view) == final, f'the picture of frame {final} ({read_code(program, view)})')
    check(direction * (final - first) > 10, f'it went from {first} to {final}')
    check(all(direction * (b - a) >= 0 for a, b in zip(codes, codes[1:])), f'only in one direction: {codes}')
    check(0 <= direction * (final - released) <= STEPS_IN_FLIGHT, f'at release {released}, at rest {final}')
    print(f'# {key}: from {first} to {final} in {HOLD_SECONDS} s, {len(codes)} bar codes read, {released} at release', flush=True)


def held_steps(build, source):
    with Program(build, source) as program:
        page = open_case(program, make_study(program, ('P01@one.mp4', 600)))
        view = view_of(program)
        program.keys(*['shift+Right'] * 4)
        page.wait_frame(4 * 5 * RATE)
        program.wait_for(lambda: read_code(program, view) == 4 * 5 * RATE, f'its picture ({read_code(program, view)})')
        hold(program, page, view, 'comma', -1)
        program.picture('held-back')
        hold(program, page, view, 'period', 1)
        # Playing backward, and standing on what is shown.
        number = page.frame()
        program.keys('j')
        program.wait_for(lambda: page.frame() < number - 10, f'the picture to go back ({page.frame()})')
        program.keys('k')
        page.wait_plays(False)
        final = rests(page)
        program.wait_for(lambda: read_code(program, view) == final, f'the picture of frame {final} ({read_code(program, view)})')


def two_recordings_of_a_patient(build, source):
    with Program(build, source) as program:
        page = open_case(program, make_study(program, ('P01@one.mp4', 250), ('P01@two.mp4', 200)))
        program.keys('shift+Right')
        page.wait_frame(5 * RATE)
        program.keys('v')
        program.focus_window('Compare')
        check(not program.shows('has no other recording'), 'the other recording of the patient is offered first')
        # Nobody knows the onsets: the moment that was looked at belongs to the beginning of the other.
        wait_apart(program, -5000, 'both at their moments')
        program.keys('space')
        program.wait_shows('Pause both')
        # The shorter one ends them both, and together.
        program.wait_for(lambda: program.shows('Play both'), 'both to end', 30)
        last = wait_apart(program, -5000, 'both to end together')
        check(last[0][1] == 249 and last[1][1] == 124, f'the last frames that both have: {last}')
        program.picture('compare-two')


if __name__ == '__main__':
    main(held_steps, two_recordings_of_a_patient)
