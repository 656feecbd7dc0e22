#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An interlaced recording: the switch for its combs, against the bar codes of its fields, and that each recording keeps it,
in the comparison and in a frame that is saved as well."""
import subprocess

from semio_ui import Program, check, main
from test_view import compared
from test_hold import CLIP_HEIGHT, CLIP_WIDTH, decode, make_study, open_case, read_code, view_of


def switched(page, state):
    """Whether the chip over the picture says that something is changed."""
    return bool(page.find(lambda text: text.startswith('Picture changed'))) == state


def saved_alike(program):
    """A saved frame is as it is seen: both fields of frame 126 carry the number of the upper one."""
    target = program.home / 'frame.png'
    program.keys('ctrl+s')
    program.wait_shows('It is saved as changed as you see it.')
    program.wait_for(lambda: len(program.windows()) > 1, 'the dialog')
    program.focus()
    # Without pseudonym, time and letters on it.
    program.keys('alt+w')
    program.keys('Return')
    program.choose_file(target, 'Save Frame', saves=True)
    program.wait_shows('Frame saved as “frame.png”.')
    program.focus()
    pixels = subprocess.run(['convert', target, '-depth', '8', 'gray:-'], capture_output=True, check=True).stdout
    check(len(pixels) == CLIP_WIDTH * CLIP_HEIGHT, f'the picture alone: {len(pixels)} pixels')
    for row in (188, 189):
        number = decode(lambda share: pixels[row * CLIP_WIDTH + int(share * CLIP_WIDTH)])
        check(number == 252, f'line {row} says {number}')


def compared_alike(program):
    """Both sides of the comparison show the same recording, without its combs."""
    program.keys('v')
    program.focus_window('Compare')
    program.wait_for(lambda: len(compared(program)) == 2, 'both pictures')
    window = next(child for child in program.application().children() if child.name() == 'Compare')
    views = [node for node, text in window.walk() if 'the patient’s right' in (text or '') and node.has_place()]
    check(len(views) == 2, f'{len(views)} pictures')
    for view, (_time, frame) in zip(views, compared(program)):
        program.wait_for(lambda view=view, frame=frame: read_code(program, view, 'Compare') == 2 * frame,
                         f'the upper field of frame {frame} ({read_code(program, view, "Compare")})')
    program.picture('interlaced-compare')
    program.keys('Escape')
    program.wait_closed('Compare')
    program.focus()


def combs(build, source):
    with Program(build, source) as program:
        study = make_study(program, ('P01@interlaced.mp4', 250), ('P02@plain.mp4', 100))
        page = open_case(program, study)
        view = view_of(program)
        program.keys('shift+Right')
        page.wait_frame(125)
        program.picture('interlaced-combs')
        program.keys('n')
        page.wait(lambda text: text.startswith('Picture changed'))
        # The upper field of frame 125 carries the number 250.
        program.wait_for(lambda: read_code(program, view) == 250, f'the upper field ({read_code(program, view)})')
        check(page.frame() == 125, 'the frame is the one it was')
        program.keys('period')
        page.wait_frame(126)
        program.wait_for(lambda: read_code(program, view) == 252, f'the next one ({read_code(program, view)})')
        program.keys('d')
        page.wait('Take the Combs Away (Deinterlace)')
        program.picture('interlaced-popover')
        program.keys('Escape')
        program.wait_for(lambda: not page.find('Take the Combs Away (Deinterlace)'), 'the popover to go')
        saved_alike(program)
        compared_alike(program)
        # Another recording has its own choice, and none where there are no fields.
        program.window_action('open-case', '<int64 2>')
        page.wait_frame(0)
        program.wait_for(lambda: switched(page, False), 'the plain recording as it was recorded')
        program.keys('n')
        program.keys('period')
        page.wait_frame(1)
        check(switched(page, False), 'nothing to take away there')
        program.window_action('open-case', '<int64 1>')
        page.wait(lambda text: text.startswith('Picture changed'))
        program.keys('shift+d')
        program.wait_for(lambda: switched(page, False), 'the combs to be back')
        program.close()


if __name__ == '__main__':
    main(combs)
