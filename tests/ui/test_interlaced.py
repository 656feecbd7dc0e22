#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An interlaced recording: the switch for its combs, against the bar codes of its fields, and that each recording keeps it."""
from semio_ui import Program, check, main
from test_hold import make_study, open_case, read_code, view_of


def switched(page, state):
    """Whether the chip over the picture says that something is changed."""
    return bool(page.find(lambda text: text.startswith('Picture changed'))) == state


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
