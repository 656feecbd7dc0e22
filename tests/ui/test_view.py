#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done to the picture for the eye: zoom, magnifier, brightness, turning, saving a frame, the time to the clipboard."""
import os
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
        program.keys('Right', 'Right', 'Right', 'Right')
        program.picture('view-popover')
        program.keys('Escape')
        page.wait(lambda text: text.startswith('Picture changed'))
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
        program.wait_for(target.exists, 'the file')
        program.focus()
        program.wait_shows('Frame saved as “frame.png”.')
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


if __name__ == '__main__':
    main(zoom_and_change, magnifier_while_held, frame_is_saved, time_and_moments)
