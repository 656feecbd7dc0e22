#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies by which a recording is read: the offer of one for quick steps, by keys, its numbers against the bar codes; a file in
fragments that is put together, and again when the cache was emptied."""
import hashlib

from semio_ui import Program, check, main
from test_hold import make_study, open_case, read_code, view_of

OFFER = 'This recording has a key frame only every'


def copies(program):
    """The files of copies, sorted by name."""
    return sorted(path.name for path in (program.home / 'cache/semioscope/copies').glob('*'))


def offers(page):
    return page.find(lambda text: text.startswith(OFFER)) is not None


def quick_steps(page):
    """Whether the switch for the copy is on."""
    return page.wait('quick steps').has_state('pressed')


def step_to(program, page, view, key, frame):
    program.keys(key)
    page.wait_frame(frame)
    program.wait_for(lambda: read_code(program, view) == frame, f'bar code {frame} ({read_code(program, view)})')


def hash_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copy_is_made(build, source):
    with Program(build, source) as program:
        study = make_study(program, ('P01@long.mp4', 700), ('P02@short.mp4', 60))
        video = program.home / 'P01@long.mp4'
        before = hash_of(video)
        page = open_case(program, study)
        view = view_of(program)
        page.wait(lambda text: text.startswith(OFFER + ' 10 s.'))
        check(not quick_steps(page), 'the switch is off')
        program.picture('copy-offer')
        program.keys('shift+Right', 'shift+Right')
        page.wait_frame(250)
        program.keys('ctrl+k')
        program.wait_shows('The copy is made', 60)
        program.wait_for(lambda: not offers(page), 'the offer to go')
        program.wait_for(lambda: quick_steps(page), 'the switch to be on')
        program.picture('copy-made')
        check(len(copies(program)) == 2, f'a copy and its index: {copies(program)}')
        check(not any('P01' in name for name in copies(program)), 'no name tells whose copy it is')
        # The picture is the same frame still, under the original's number, and so are those around it.
        program.wait_for(lambda: page.frame() == 250 and read_code(program, view) == 250, 'the same frame from the copy')
        for frame in (249, 248, 247):
            step_to(program, page, view, 'comma', frame)
        step_to(program, page, view, 'period', 248)
        step_to(program, page, view, 'shift+Right', 373)
        # A short recording has nothing to offer.
        program.window_action('open-case', '<int64 2>')
        page.wait_frame(0)
        program.wait_for(lambda: not page.find('quick steps'), 'no switch where key frames lie close')
        check(not offers(page), 'no offer')
        program.window_action('open-case', '<int64 1>')
        program.wait_for(lambda: quick_steps(page), 'the copy is still there')
        program.keys('ctrl+k')
        program.wait_shows('The copy for quick steps is removed')
        program.wait_for(lambda: not quick_steps(page), 'the switch to be off')
        check(copies(program) == [], f'nothing is left: {copies(program)}')
        check(not offers(page), 'it is not offered again at once')
        step_to(program, page, view, 'period', 1)
        check(hash_of(video) == before, 'the original is untouched')
        program.close()


def not_now_and_cancel(build, source):
    with Program(build, source) as program:
        study = make_study(program, ('P01@long.mp4', 4000))
        page = open_case(program, study)
        page.click(page.wait('Not Now'))
        program.wait_for(lambda: not offers(page), 'the offer to go')
        program.keys('ctrl+k')
        cancel = page.wait('Cancel')
        program.wait_for(lambda: page.find(lambda text: text.startswith('Making a copy of ')), 'how far it is')
        program.picture('copy-making')
        page.click(cancel)
        program.wait_shows('No copy was made')
        program.wait_for(lambda: not page.find('Cancel'), 'the bar to go')
        program.wait_for(lambda: copies(program) == [], f'nothing to be left: {copies(program)}')
        # What a program that was killed left half made is swept when it is opened again.
        program.keys('ctrl+k')
        page.wait('Cancel')
        program.wait_for(lambda: any(name.endswith('.part') for name in copies(program)), 'the file that is written')
        program.kill()
        page = reopen(program, study)
        program.wait_for(lambda: not any(name.endswith('.part') for name in copies(program)), f'the half copy to go: {copies(program)}')
        check(page.frame() == 0, 'the recording is shown')
        program.close()


def reopen(program, study):
    program.start(study)
    program.wait_shows(' · 0 runs')
    program.window_action('open-case', '<int64 1>')
    from review_page import ReviewPage
    page = ReviewPage(program)
    page.wait(lambda text: text.startswith('frame '))
    return page


def fragments_are_put_together(build, source):
    with Program(build, source) as program:
        study = make_study(program, ('P01@fragments.mp4', 200), ('P02@plain.mp4', 60))
        check(len(copies(program)) == 2, f'put together on adding: {copies(program)}')
        page = open_case(program, study)
        view = view_of(program)
        step_to(program, page, view, 'shift+Right', 125)
        step_to(program, page, view, 'comma', 124)
        program.window_action('open-case', '<int64 2>')
        page.wait_frame(0)
        for path in (program.home / 'cache/semioscope/copies').glob('*'):
            path.unlink()
        program.window_action('open-case', '<int64 1>')
        program.wait_for(lambda: len(copies(program)) == 2, 'it is put together again')
        page.wait(lambda text: text.startswith('frame '))
        step_to(program, page, view, 'shift+Right', 125)
        program.picture('copy-fragments')
        program.close()


if __name__ == '__main__':
    main(copy_is_made, not_now_and_cancel, fragments_are_put_together)
