#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to the picture for the eye: zoom, magnifier, brightness, turning, saving a frame, the time to the clipboard."""
import os
import re
import shutil
import subprocess
from pathlib import Path

from review_page import open_review
from semio_ui import Program, check, main


def key(program, action, name):
    subprocess.run(['xdotool', action, name], check=True)


def zoom_and_change(build, source):
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        frame = page.frame()
        check(not program.shows('Zoom '), 'nothing is zoomed at first')
        program.keys('ctrl+plus', 'ctrl+plus', 'ctrl+plus')
        page.wait(lambda text: text.startswith('Zoom 2.0×'))
        program.picture('view-zoomed')
        program.keys('ctrl+Left', 'ctrl+Up')
        program.keys('ctrl+0')
        program.wait_for(lambda: not page.find(lambda text: text.startswith('Zoom ')), 'the picture as it fits')
        # The person's own view of the dark room, and one key back.
        program.keys('d')
        slider = page.wait('Brightness', 'slider')
        program.wait_for(lambda: slider.has_state('focused'), 'the keys on the slider')
        program.keys('Right', 'Right', 'Right', 'Right')
        program.picture('view-popover')
        program.keys('Escape')
        page.wait(lambda text: text.startswith('Picture changed'))
        # Space plays again: the focus does not stay on the button.
        program.keys('space')
        page.wait_plays()
        program.keys('space')
        page.wait_plays(False)
        frame = page.frame()
        program.keys('r')
        program.picture('view-turned')
        check(page.frame() == frame, 'the frame is the one it was')
        program.keys('period')
        page.wait_frame(frame + 1)
        program.keys('shift+d')
        program.wait_for(lambda: not page.find(lambda text: text.startswith('Picture changed')), 'the picture as it was recorded')
        check(slider is not None, 'the slider has a name')


def magnifier_while_held(build, source):
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        view = page.wait(lambda text: 'the patient’s right' in text)
        place = view.place()
        x, y = place[0] + place[2] // 2, place[1] + place[3] // 2
        subprocess.run(['xdotool', 'mousemove', '--sync', str(x), str(y)], check=True)
        before = painted(x, y)
        key(program, 'keydown', 'g')
        program.wait_for(lambda: painted(x, y) != before, 'the magnifier')
        program.picture('view-magnifier')
        key(program, 'keyup', 'g')
        program.wait_for(lambda: painted(x, y) == before, 'the magnifier to go')


def painted(x, y):
    """What is painted around a point."""
    out = subprocess.run(['import', '-window', 'root', '-crop', f'160x120+{x - 80}+{y - 60}', 'rgb:-'], capture_output=True, check=True)
    return out.stdout


def frame_is_saved(build, source):
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        number = page.frame()
        program.keys('ctrl+s')
        program.wait_shows('A face identifies a person')
        program.picture('view-save')
        program.wait_for(lambda: len(program.windows()) > 1, 'the dialog')
        program.focus()
        program.keys('Return')
        target = program.home / 'frame.png'
        program.choose_file(target, 'Save Frame', saves=True)
        # What says so goes again after a while.
        program.wait_shows('Frame saved as “frame.png”.')
        check(target.exists(), 'the file')
        program.focus()
        size = subprocess.run(['identify', '-format', '%w %h', target], capture_output=True, text=True, check=True).stdout.split()
        check(int(size[0]) == 640 and int(size[1]) > 480, f'the recording’s own size and a strip under it: {size}')
        check(page.frame() == number, 'the picture stands')
        if 'SEMIO_UI_PICTURES' in os.environ:
            shutil.copy(target, Path(os.environ['SEMIO_UI_PICTURES']) / 'view-saved-frame.png')


def time_and_moments(build, source):
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        number, time_ms = page.frame(), page.time_ms()
        program.keys('t')
        program.wait_shows(f'Copied: 0:{time_ms // 1000:02d}.{time_ms % 1000:03d} f {number}')
        program.keys('a')
        page.wait_plays()
        program.wait_shows('0.5×')
        page.wait_plays(False)
        program.wait_for(lambda: abs(page.time_ms() - time_ms - 2000) <= 80, f'the end of the moment ({page.time_ms()} ms)')
        # Again around the same moment, not around its end.
        program.keys('a')
        page.wait_plays()
        program.wait_for(lambda: page.time_ms() < time_ms, 'its beginning again')
        program.keys('k')
        page.wait_plays(False)
        program.keys('p')
        page.wait_plays()
        program.keys('k')
        page.wait_plays(False)
        program.keys('ctrl+l')
        page.wait_plays()
        program.keys('ctrl+l')
        page.wait_plays(False)


COMPARED = re.compile(r'^(?:(\d+):)?(\d+):(\d\d)\.(\d{3}) · frame (\d+)$')


def compared(program):
    """Milliseconds and frame of the left and the right one."""
    found = []
    for node, text in program.walk():
        match = COMPARED.match(text or '')
        if match and node.has_place():
            found.append((int(match.group(2)) * 60000 + int(match.group(3)) * 1000 + int(match.group(4)), int(match.group(5))))
    return found


def wait_apart(program, delta_ms, what):
    """Waits until both stand, so far apart."""
    program.wait_for(lambda: len(compared(program)) == 2 and compared(program)[1][0] - compared(program)[0][0] == delta_ms,
                     f'{what} ({compared(program)})')
    return compared(program)


def two_in_step(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        program.keys('v')
        program.focus_window('Compare')
        program.wait_for(lambda: len(compared(program)) == 2, 'both pictures')
        program.wait_shows('ogether: ')
        first = program.wait_for(lambda: compared(program), 'both')
        delta = first[1][0] - first[0][0]
        program.picture('compare')
        program.keys('period', 'period', 'comma')
        stepped = wait_apart(program, delta, 'one step of both')
        program.wait_for(lambda: compared(program)[0][1] == first[0][1] + 1, f'one frame further ({compared(program)})')
        program.keys('Right')
        program.wait_for(lambda: compared(program)[0][0] == stepped[0][0] + 1000, f'a second further ({compared(program)})')
        wait_apart(program, delta, 'a jump of both')
        # While they play each keeps its own clock; standing, they are together to the frame.
        program.keys('space')
        program.wait_shows('Pause both')
        before = compared(program)[0][1]
        program.wait_for(lambda: compared(program)[0][1] > before + 10, 'both to play')
        program.keys('space')
        program.wait_shows('Play both')
        wait_apart(program, delta, 'both to stand together')
        # The right one alone.
        left = compared(program)[0]
        program.keys('alt+Right', 'alt+Right', 'shift+Right')
        wait_apart(program, delta + 1080, 'the right one to be moved')
        check(compared(program)[0] == left, 'the left one stands')
        program.picture('compare-shifted')
        program.keys('Escape')
        program.wait_closed('Compare')
        check(page.frame() >= 0, 'the case is still there')


def onsets_together(build, source):
    """Two seizures of one patient begin at the same moment: each side stands at its own onset, and a step keeps them there."""
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        program.keys('ctrl+Return')
        page.wait(lambda text: text.startswith('P02 '))
        program.wait_for(lambda: page.frame() >= 0, 'its picture')
        onset = page.wait(lambda text: text.startswith('Ruler; onset at ')).name()
        program.keys('v')
        program.focus_window('Compare')
        told = program.wait_for(lambda: program.find(lambda text: text.startswith('Onsets together: ')), 'what stands together').name()
        left, right = [sum(float(part) * 60 ** n for n, part in enumerate(reversed(time.split(':'))))
                       for time in re.match(r'^Onsets together: ([\d:.]+) and ([\d:.]+)$', told).groups()]
        shown = program.wait_for(lambda: len(compared(program)) == 2 and compared(program), 'both pictures')
        # Each shows the frame that is on screen at its onset: at most one frame before it.
        program.wait_for(lambda: all(0 <= onset_s * 1000 - side[0] < 50 for onset_s, side in zip((left, right), compared(program))),
                         f'each at its onset: {told}, {compared(program)}')
        shown = compared(program)
        check(f'onset at 0:{int(left):02d}' in onset, f'the left one is the onset of the case: {onset}, {told}')
        program.keys('period')
        program.wait_for(lambda: compared(program)[0][1] == shown[0][1] + 1, 'a step')
        program.picture('compare-onsets')
        program.keys('space')
        program.wait_shows('Pause both')
        program.wait_for(lambda: compared(program)[0][1] > shown[0][1] + 20, 'both to play')
        program.keys('space')
        program.wait_shows('Play both')
        program.wait_for(lambda: abs(compared(program)[1][0] - compared(program)[0][0] - (right - left) * 1000) < 50,
                         f'both to stand together again: {compared(program)}')


if __name__ == '__main__':
    main(zoom_and_change, magnifier_while_held, frame_is_saved, time_and_moments, two_in_step, onsets_together)
