#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two commands of the README: what tools/run does without a display, and what it says when it cannot."""
import os
import struct
import subprocess
import tempfile
from pathlib import Path

from semio_ui import check, main

PNG = b'\x89PNG\r\n\x1a\n'


def run(build, source, *words, display=True):
    env = {**os.environ, 'SEMIO_BUILD_DIR': str(build)}
    if not display:
        env.pop('DISPLAY', None)
        env.pop('WAYLAND_DISPLAY', None)
    return subprocess.run([Path(source) / 'tools' / 'run', *words], env=env, capture_output=True, text=True, timeout=240)


def main_job_without_a_display(build, source):
    with tempfile.TemporaryDirectory(prefix='semio-run-') as folder:
        picture = Path(folder) / 'new folder' / 'main job.png'
        done = run(build, source, '--screenshot', picture, display=False)
        check(done.returncode == 0, f'exit {done.returncode}: {done.stdout[-500:]} {done.stderr[-1500:]}')
        check('First Rater rated' in done.stdout and ': 4 (80 %)' in done.stdout, f'what the second process read: {done.stdout}')
        check(str(picture) in done.stdout, f'where the picture is: {done.stdout}')
        data = picture.read_bytes()
        check(data[:8] == PNG and struct.unpack('>II', data[16:24]) == (1440, 900), f'a picture of the window: {data[:24]}')
        # A window that shows nothing is a few kilobytes.
        check(len(data) > 50_000, f'something on it: {len(data)} bytes')


def says_what_it_cannot(build, source):
    for words, code, said in (((), 1, '--screenshot'), (('--screenshot',), 2, 'name of a PNG file'), (('--nonsense',), 2, '--nonsense')):
        done = run(build, source, *words, display=False)
        check(done.returncode == code and said in done.stderr, f'{words}: exit {done.returncode}, {done.stderr}')
        check(done.stdout == '', f'{words}: nothing is built or opened: {done.stdout}')


if __name__ == '__main__':
    main(main_job_without_a_display, says_what_it_cannot)
