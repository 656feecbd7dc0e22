#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window does with a study as a whole: names of its cases, videos that went away, copies, merging, verifying."""
import shutil
import time

from review_page import ReviewPage, open_review, wait_ratings
from semio_ui import Program, check, main

HEADING_PSEUDONYM = 'Pseudonym of the Recording'
HEADING_PATIENT = 'Patient of the Recording'


def recordings_of(program, study):
    return program.semio_json('info', study)['recordings']


def open_menu(program, text):
    """Opens the menu of the case that is searched for, by the keyboard alone."""
    program.keys('ctrl+f', 'ctrl+a')
    program.type(text)
    program.wait_for(lambda: len([n for n in program.names() if n.startswith('More about ')]) == 1, f'{text} alone in the list')
    program.keys('Down', 'Menu')
    program.wait_for(lambda: program.find_control('Change the Pseudonym…', 'menu item'), 'the menu of the case')


def choose(program, mnemonic):
    """In a menu the underlined letter is enough."""
    time.sleep(0.3)  # the menu takes keys when it stands
    program.keys(mnemonic)


def answer(program, text, *keys):
    """Types into the dialog that asks."""
    program.wait_for(lambda: len(program.windows()) > 1, 'the dialog')
    program.focus()
    program.keys('ctrl+a')
    if text:
        program.type(text)
    else:
        program.keys('BackSpace')
    program.keys(*keys)


def names_of_a_case(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        first, second = recordings_of(program, study)[:2]
        program.start(study)
        program.wait_shows(f'More about {first["patient"]} · {first["pseudonym"]}')
        open_menu(program, first['pseudonym'])
        program.picture('case-menu')
        choose(program, 'p')
        program.wait_shows(HEADING_PSEUDONYM)
        program.picture('case-pseudonym')
        # Nothing typed is nothing to change to.
        answer(program, '', 'Return')
        check(not program.find_control('Change').has_state('sensitive'), 'an empty name cannot be taken')
        # The name of another recording is refused with a sentence, and nothing changes.
        answer(program, second['pseudonym'], 'Return')
        program.wait_shows('The recording could not be changed')
        program.picture('case-pseudonym-taken')
        program.close_dialog()
        check(recordings_of(program, study)[0]['pseudonym'] == first['pseudonym'], 'the name stayed')

        program.focus()
        open_menu(program, first['pseudonym'])
        choose(program, 'p')
        answer(program, '  Walnut ', 'Return')
        program.wait_for(lambda: recordings_of(program, study)[0]['pseudonym'] == 'Walnut', 'the new name in the file')
        program.focus()
        open_menu(program, 'Walnut')
        choose(program, 'a')
        program.wait_shows(HEADING_PATIENT)
        answer(program, 'Alder', 'Return')
        program.wait_for(lambda: recordings_of(program, study)[0]['patient'] == 'Alder', 'the new patient in the file')
        program.wait_shows('More about Alder · Walnut')
        program.focus()
        open_menu(program, 'Walnut')
        choose(program, 'm')
        program.wait_for(lambda: recordings_of(program, study)[0]['mirrored'], 'mirrored in the file')
        program.wait_shows('mirrored')
        program.picture('case-changed')
        check(program.semio_json('verify', study)['good'], 'the study is good')


def locate(program, folder):
    program.window_action('locate')
    program.choose_file(folder, 'Where Are the Videos?')


def videos_went_away(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        away = program.home / 'away'
        (away / 'deep').mkdir(parents=True)
        (program.home / 'nothing').mkdir()
        for number, video in enumerate(sorted([*study.parent.glob('*.mp4'), *study.parent.glob('*.webm')])):
            video.rename(away / 'deep' / f'{number}{video.suffix}')
        program.start(study)
        program.wait_shows('Video not found')
        program.picture('locate-missing')
        program.add_person('Rater One')
        program.window_action('open-case', f'<int64 {1}>')
        program.wait_shows('No Video for This Recording')
        program.picture('locate-review')
        program.window_action('show-page', "<'cases'>")
        locate(program, program.home / 'nothing')
        program.wait_shows('None of the missing videos is in that folder')
        program.picture('locate-nothing')
        check(program.shows('Video not found'), 'still missing')
        program.focus()
        locate(program, away)
        program.wait_for(lambda: not program.shows('Video not found'), 'the videos to be found')
        program.wait_shows('9 videos found')
        program.picture('locate-found')
        program.open_first_item()
        check(not program.shows('No Video for This Recording'), 'the video is there')


def save_copies(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        program.start(study)
        program.add_person('Rater One')
        program.open_first_item()
        program.keys('3')
        program.wait_shows('Saved')
        copy = program.home / 'Copy.semio'
        program.window_action('save-copy')
        program.choose_file(copy, 'Save a Copy', saves=True)
        program.wait_for(copy.exists, 'the copy')
        program.wait_shows('Written to')
        program.picture('copy-written')
        check(program.semio_json('verify', copy)['good'], 'the copy is good')
        check(len(program.semio_json('info', copy)['persons']) == 1, 'the copy has the person')

        # Over a file that is there: the dialog asks, and what the person said is done.
        other = program.home / 'Other.semio'
        program.semio('new', other)
        before = other.read_bytes()
        program.focus()
        program.window_action('save-copy')
        program.choose_file(other, 'Save a Copy', saves=True)
        program.wait_for(lambda: program.find(lambda text: 'already exists' in text), 'the question')
        program.picture('copy-question')
        check(other.read_bytes() == before, 'nothing is written before the answer')
        time.sleep(0.3)
        program.focus()
        program.keys('Return')
        program.wait_for(lambda: other.read_bytes()[:4096] != before[:4096], 'the other to be replaced')
        program.wait_for(lambda: len(program.windows()) == 1, 'the dialogs to close')
        check(recordings_of(program, other) == recordings_of(program, study), 'it is the copy')
        check(program.semio_json('verify', other)['good'], 'the copy is good')
        check(not list(program.home.glob('.*.semio')), 'nothing is left beside it')

        # Over the study that is open itself: refused, and it goes on.
        program.focus()
        program.window_action('save-copy')
        program.choose_file(study, 'Save a Copy', saves=True)
        program.wait_for(lambda: program.find(lambda text: 'already exists' in text), 'the question')
        time.sleep(0.3)
        program.focus()
        program.keys('Return')
        program.wait_shows('was not replaced')
        program.picture('copy-refused')
        program.close_dialog()
        program.keys('4')
        wait_ratings(program, study, 2)


def merge(program, other):
    program.window_action('merge')
    program.choose_file(other, 'Merge Another Copy of This Study')


def rate_a_copy(program, study, person, score):
    """Somebody else rates a copy."""
    program.start(study)
    program.add_person(person)
    program.open_first_item()
    program.keys(score)
    wait_ratings(program, study, 1)
    program.close()


def merge_and_verify(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        other = study.with_name('Second.semio')
        shutil.copy(study, other)
        rate_a_copy(program, other, 'Rater Two', '5')
        stranger = program.home / 'Stranger.semio'
        program.semio('new', stranger)
        program.start(study)
        program.add_person('Rater One')
        program.open_first_item()
        program.keys('2')
        wait_ratings(program, study, 1)
        merge(program, other)
        program.wait_shows('Merged')
        program.picture('merge-report')
        program.wait_shows('rating')
        program.close_dialog()
        rows = wait_ratings(program, study, 2)
        check(sorted((r['person'], r['score']) for r in rows) == [('Rater One', '2'), ('Rater Two', '5')], f'both rated: {rows}')
        merge(program, other)
        program.wait_for(lambda: len(program.windows()) > 1 and program.shows('Merged'), 'the second report')
        program.picture('merge-again')
        program.close_dialog()
        wait_ratings(program, study, 2)
        merge(program, stranger)
        program.wait_shows('The copies could not be merged')
        program.picture('merge-stranger')
        program.close_dialog()
        program.window_action('verify')
        program.wait_shows('The study is good')
        program.picture('verify-good')
        program.close_dialog()
        check(program.semio_json('verify', study)['good'], 'the study is good')


def what_was_visible(build, source):
    """The reference and the names of the runs are shown and hidden each by itself; ratings tell what had been seen."""
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        page.wait('reference hidden')

        def rate(number):
            program.keys('3')
            return wait_ratings(program, study, number)[-1]['visible']

        check('reference' not in rate(1) and not page.find('models named'), 'nothing was seen')
        page.click(page.find('reference hidden'))
        page.wait('reference shown')
        check(page.find('models named') is None, 'the names stay hidden')
        program.picture('reveal-reference')
        seen = rate(2)
        check('reference' in seen and 'run_name' not in seen.split(), f'the reference alone: {seen}')
        page.click(page.find('reference shown'))
        page.wait('reference hidden')
        program.keys('ctrl+m')
        page.wait('models named')
        check(page.find('reference shown') is None, 'the reference stays hidden')
        seen = rate(3)
        check('reference' in seen and 'run_name' in seen.split(), f'what was seen once was seen: {seen}')
        program.keys('ctrl+m')
        program.wait_for(lambda: page.find('models named') is None, 'the names to go')
        program.keys('ctrl+r')
        page.wait('reference shown')
        check(page.find('models named') is None, 'the names stay hidden')


def volume_is_kept(build, source):
    with Program(build, source) as program:
        program.env['GSETTINGS_BACKEND'] = 'keyfile'
        study = program.demonstration()
        page = open_review(program, study)

        def open_volume():
            button = page.wait(lambda name: name.startswith(('Volume', 'No sound device', 'Muted')), None)
            page.click(button)
            return program.wait_for(lambda: program.find('Volume', 'slider'), 'the slider')

        slider = open_volume()
        before = slider.value()
        program.keys('Tab', 'Left', 'Left', 'Left')
        program.wait_for(lambda: slider.value() < before - 0.1, 'the volume to fall')
        program.picture('volume')
        after = slider.value()
        program.keys('Escape')
        program.close()
        program.start(study)
        program.wait_shows('Rating as Rater One')
        program.open_first_item()
        page = ReviewPage(program)
        check(abs(open_volume().value() - after) < 0.01, f'the volume is {after} again')


if __name__ == '__main__':
    main(names_of_a_case, videos_went_away, save_copies, merge_and_verify, what_was_visible, volume_is_kept)
