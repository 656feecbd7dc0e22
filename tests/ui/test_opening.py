#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What cannot be opened says why in a sentence; a damaged study is never touched, and the newest good backup of it is offered."""
import os
import shutil
import sqlite3
import time

from review_page import ReviewPage, wait_ratings
from semio_ui import Program, check, main

REFUSED = 'The study could not be opened'
# Without these root meets the rights of files as everybody does.
LESS_RIGHTS = ('setpriv', '--inh-caps=-dac_override,-dac_read_search', '--bounding-set=-dac_override,-dac_read_search')


def make_backup(program, study):
    """Rates once; the program keeps a backup of what it opened and closed."""
    program.start(study)
    program.add_person('Rater One')
    program.open_first_item()
    program.keys('3')
    wait_ratings(program, study, 1)
    program.close()
    program.start(study)
    program.wait_shows('9 recordings')
    program.wait_for(lambda: list((program.home / 'data').rglob('backups/**/*.semio')), 'a backup', 30)
    program.close()


def offer_and_take(program, study, harm, number):
    """The study is harmed; its backup is offered, and a copy of it opens. The harmed file stays."""
    whole = study.read_bytes()
    study.write_bytes(harm(whole))
    harmed = study.read_bytes()
    copy = program.home / f'Restored{number}.semio'
    program.start(study)
    program.wait_shows('Open a copy of it?')
    program.picture(f'backup-offer-{number}')
    program.focus()
    program.keys('Return')
    program.choose_file(copy, 'Copy the Backup', saves=True)
    program.wait_shows('9 recordings')
    check(study.read_bytes() == harmed, 'the harmed file is as it was')
    check(program.semio_json('verify', copy)['good'], 'the copy of the backup is good')
    program.focus()
    program.close()
    study.write_bytes(whole)


def backup_is_offered(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        make_backup(program, study)
        offer_and_take(program, study, lambda whole: whole[:len(whole) // 3], 1)
        offer_and_take(program, study, lambda whole: b'', 2)
        offer_and_take(program, study, lambda whole: b'\0' * 8192 + whole[8192:], 3)


def what_is_no_study_says_so(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        text = program.home / 'Text.semio'
        text.write_text('This is a text that somebody renamed.\n' * 100, encoding='utf-8')
        newer = program.home / 'Newer.semio'
        shutil.copy(study, newer)
        with sqlite3.connect(newer) as database:
            database.execute('PRAGMA user_version = 999')
        foreign = program.home / 'Foreign.semio'
        with sqlite3.connect(foreign) as database:
            database.execute('CREATE TABLE notes (text)')
        video = program.home / 'Video.semio'
        shutil.copy(next(study.parent.glob('*.mp4')), video)
        for path, reason in ((text, 'not a study'), (newer, 'newer Semioscope'), (foreign, 'not a study'), (video, 'not a study'),
                             (program.home / 'Nowhere.semio', 'Nowhere.semio')):
            before = path.read_bytes() if path.exists() else None
            program.start(path)
            program.wait_shows(REFUSED)
            program.picture(f'opening-{path.stem}')
            said = next(name for name in program.names() if path.name in name and name != path.name)
            print(f'# {said}')
            check(reason.lower() in said.lower(), f'{path.name}: {said}')
            program.close_dialog()
            program.wait_shows('Open a Study')
            program.close()
            check((path.read_bytes() if path.exists() else None) == before, f'{path.name} is as it was')


def read_only_is_told_and_kept(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        before = study.read_bytes()
        study.chmod(0o444)
        study.parent.chmod(0o555)
        try:
            program.start(study, under=LESS_RIGHTS if os.geteuid() == 0 else ())
            program.wait_shows('Read only: The study lies where it cannot be written to')
            program.picture('read-only-cases')
            program.window_action('open-case', '<int64 1>')
            page = ReviewPage(program)
            program.wait_shows('frame ')
            time.sleep(0.3)
            program.focus()
            program.keys('3')
            program.wait_for(lambda: page.find(lambda text: 'reading only' in text), 'why nothing is rated')
            program.picture('read-only-review')
            program.close()
        finally:
            study.parent.chmod(0o755)
            study.chmod(0o644)
        check(study.read_bytes() == before, 'the study is as it was')
        check(not [p for p in study.parent.iterdir() if p.name.startswith('Demonstration.semio-')], 'nothing lies beside it')


if __name__ == '__main__':
    main(backup_is_offered, what_is_no_study_says_so, read_only_is_told_and_kept)
