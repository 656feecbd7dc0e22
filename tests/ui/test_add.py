#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings come by real drag and drop from another program; what is refused is named with its reason; stopping half-way
leaves whole recordings only."""
import os
import subprocess
from pathlib import Path

from semio_ui import Program, check, main

# A corner of the window that nothing of the test lies under.
SOURCE_X, SOURCE_Y = 20, 700
GRAB_PX = 30
N_STEPS = 10


def picture(program, name):
    if 'SEMIO_UI_PICTURES' in os.environ:
        program.screenshot(Path(os.environ['SEMIO_UI_PICTURES']) / f'{name}.png')


def drag(program, files, x=640, y=420):
    """Drags files from a window of another program and drops them at a place of ours, with the real protocol."""
    source = subprocess.Popen(['/usr/bin/python3', Path(__file__).with_name('drag_source.py'), str(SOURCE_X), str(SOURCE_Y), *map(str, files)],
                              stdout=subprocess.PIPE, text=True)
    try:
        check(source.stdout.readline().strip() == 'ready', 'the other window stands')
        program.point(SOURCE_X + GRAB_PX, SOURCE_Y + GRAB_PX)
        mouse('mousedown', 1)
        for step in range(1, N_STEPS + 1):
            mouse('mousemove', SOURCE_X + GRAB_PX + (x - SOURCE_X - GRAB_PX) * step // N_STEPS,
                  SOURCE_Y + GRAB_PX + (y - SOURCE_Y - GRAB_PX) * step // N_STEPS, 'sleep', 0.03)
        program.wait_shows('Drop videos or folders to add them')
        picture(program, 'add-drop')
        mouse('mouseup', 1)
        source.wait(10)
    finally:
        if source.poll() is None:
            source.kill()


def mouse(*words):
    subprocess.run(['xdotool', *map(str, words)], check=True)


def new_study(program):
    study = program.home / 'New.semio'
    program.semio('new', study)
    program.start(study)
    program.wait_shows('No recordings yet')
    return study


def recordings_of(program, study):
    return program.semio_json('info', study)['recordings']


def vary(video, folder, number):
    """As many different videos as wanted: a box that players leave out follows the last one."""
    payload = f'variant {number}'.encode()
    copy = folder / f'V{number:02}@a.mp4'
    copy.write_bytes(video.read_bytes() + (len(payload) + 8).to_bytes(4, 'big') + b'free' + payload)
    return copy


def drop_files_and_a_folder(build, source):
    with Program(build, source) as program:
        videos = program.demonstration().parent
        study = new_study(program)
        unsound = program.home / 'unsound'
        unsound.mkdir()
        (unsound / 'notes.mp4').write_text('This is no video.\n')
        (unsound / 'empty.mp4').write_bytes(b'')
        (unsound / 'cut.mp4').write_bytes((videos / 'D04@a.mp4').read_bytes()[:300000])
        drag(program, [videos / 'D02@a.mp4', *sorted(unsound.iterdir()), videos / 'D02@b.mp4'])
        program.wait_shows('Some files were not added', 30)
        program.wait_shows('2 added · 3 not added')
        picture(program, 'add-report')
        for name, reason in (('notes.mp4', 'text'), ('empty.mp4', 'empty'), ('cut.mp4', 'cut')):
            row = program.find(name)
            check(row is not None, f'{name} is named')
            check(program.shows(reason), f'{name} has its reason')
        check(len(recordings_of(program, study)) == 2, 'what was sound is in the study')
        program.focus()
        program.keys('Escape')
        program.wait_for(lambda: not program.shows('Some files were not added'), 'the report to close')
        program.focus()

        # The same by a folder: what is there already is said once more, the rest is added.
        folder = program.home / 'folder'
        (folder / 'below').mkdir(parents=True)
        (folder / 'D02@a.mp4').write_bytes((videos / 'D02@a.mp4').read_bytes())
        (folder / 'below' / 'D05@a.mp4').write_bytes((videos / 'D05@a.mp4').read_bytes())
        drag(program, [folder])
        program.wait_shows('Some files were here already', 30)
        program.wait_shows('1 added · 1 already here')
        check(len(recordings_of(program, study)) == 3, 'the folder’s new video is in the study')
        check(program.semio_json('verify', study)['good'], 'the study is good')


def stop_half_way(build, source):
    with Program(build, source) as program:
        videos = program.demonstration().parent
        study = new_study(program)
        folder = program.home / 'many'
        folder.mkdir()
        number = 24
        for i in range(number):
            vary(videos / 'D01@a.mp4', folder, i)
        drag(program, [folder])
        program.wait_shows('Adding Recordings')
        program.wait_for(lambda: len(recordings_of(program, study)) >= 3, 'some of them to be added', 60)
        program.wait_for(lambda: program.find(lambda text: text.endswith(' left')), 'the time left', 30)
        picture(program, 'add-progress')
        program.focus()
        program.keys('Escape')
        program.wait_for(lambda: not program.shows('Adding Recordings'), 'the end of adding')
        after = recordings_of(program, study)
        check(3 <= len(after) < number, f'stopped half-way: {len(after)} of {number}')
        check(all(r['duration_ns'] > 0 and r['width'] == 640 for r in after), f'each that is there is whole: {after[0]}')
        program.wait_shows(f'{len(after)} recordings')
        check(program.semio_json('verify', study)['good'], 'the study is good')
        picture(program, 'add-stopped')
        check(len(recordings_of(program, study)) == len(after), 'nothing came behind')


if __name__ == '__main__':
    main(drop_files_and_a_folder, stop_half_way)
