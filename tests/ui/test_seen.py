#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the model saw: a run by a real server over made clips, then the very pictures that were sent, by keys."""
import re
import subprocess

from review_page import ReviewPage, walk_placed
from semio_ui import Program, check, main
from test_names import said

CELL = re.compile(r'^Picture (\d+) of (\d+), .*, frame (\d+)$')
MODEL = 'secret-model-7'


class Server:
    """The test server as a process of its own, which ends with its standard input."""

    def __init__(self, program, *options):
        self.log = program.home / 'requests.jsonl'
        self.process = subprocess.Popen([program.build / 'tests/mllm/test-server', '--model', MODEL, '--log', self.log, *options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1])
        self.url = f'http://127.0.0.1:{self.port}'

    def __enter__(self):
        return self

    def __exit__(self, *_trace):
        self.process.stdin.close()
        self.process.wait(20)


def make_study(program, server):
    """One clip of 8 s with a run over two features, one seen and one heard."""
    study = program.home / 'seen.semio'
    video = program.home / 'P01@one.mp4'
    program.semio('new', study)
    subprocess.run([program.build / 'tests/media/semio-test-clips', program.home, video.name, '200'], env=program.env, check=True, timeout=60)
    program.semio('add', study, video)
    program.semio('predict', study, '--run', 'secret-run', '--endpoint', server.url, '--features', 'tonic,arm_flexion')
    return study


def open_run(program, study, n_runs=1):
    program.start(study)
    program.wait_shows(f' · {n_runs} run')
    program.add_person('Rater One')
    program.window_action('open-case', '<int64 1>')
    page = ReviewPage(program)
    page.wait(lambda text: text.startswith('frame '))
    return page


def cells(page):
    return [(node, CELL.match(text)) for node, text in walk_placed(page.node) if CELL.match(text)]


def strip_seeks_by_keys(build, source):
    with Program(build, source) as program, Server(program) as server:
        page = open_run(program, make_study(program, server))
        check(not cells(page), 'nothing is shown before it is asked for')
        program.keys('y')
        program.wait_for(lambda: cells(page), 'the pictures', 30)
        found = cells(page)
        # 8 s at two a second.
        check(len(found) == 16 == int(found[0][1].group(2)), f'16 pictures: {len(found)}')
        page.wait('Byte for byte as it was sent.')
        page.wait('No sound was sent.')
        page.wait('Nothing faster than 1 Hz can be told at 2 frames a second.')
        program.picture('seen-open')
        program.wait_for(lambda: any(node.has_state('focused') for node, _match in cells(page)), 'the focus on a picture')
        program.keys('Home', 'Right', 'Right', 'Right', 'Return')
        page.wait_frame(int(found[3][1].group(3)))
        program.wait_for(lambda: [match.group(1) for node, match in cells(page) if node.has_state('pressed')] == ['4'], 'the fourth marked')
        program.keys('End', 'Return')
        page.wait_frame(int(found[15][1].group(3)))
        program.picture('seen-last')
        # Away again, and the arrows are those of the picture.
        program.keys('y')
        program.wait_for(lambda: not cells(page), 'the strip to go')


def nothing_of_it_tells_the_run(build, source):
    with Program(build, source) as program, Server(program) as server:
        page = open_run(program, make_study(program, server))
        telling = ('secret-run', MODEL, str(server.port), 'Observable', 'version 2')

        def told():
            return [text for text in said(page) if any(word in text for word in telling)]

        program.keys('y')
        page.wait('Byte for byte as it was sent.', seconds=30)
        check(told() == [], f'told while it is hidden: {told()[:3]}')
        check(not page.find('The server’s reply as it came'), 'the reply names the model')
        page.wait(lambda text: text.startswith('Asked: '))
        program.keys('ctrl+m')
        page.wait(lambda text: f'127.0.0.1:{server.port}' in text)
        page.wait('The server’s reply as it came')
        program.picture('seen-revealed')
        program.keys('ctrl+m')
        program.wait_for(lambda: not told(), 'it to go again')


def sound_comes_into_the_window(build, source):
    """What is judged by ear was sent without pictures; opened far below in the panel, it comes into the window all the same."""
    with Program(build, source) as program, Server(program) as server:
        study = program.home / 'seen.semio'
        program.semio('new', study)
        program.semio('add', study, sorted(program.demonstration().parent.rglob('*.mp4'))[1])
        program.semio('predict', study, '--run', 'heard', '--endpoint', server.url, '--features', 'ictal_vocalization')
        page = open_run(program, study)
        program.keys('y')
        page.wait(lambda text: text.startswith('Sound was sent, 0:00.0 to '), seconds=30)
        page.wait('No pictures were sent.')
        play = program.wait_for(lambda: page.find('Play the sound'), 'the button')
        program.wait_for(lambda: play.has_state('focused'), 'the focus on it')
        bottom = page.node.place()[3]
        words = program.wait_for(lambda: page.find(lambda text: text.startswith(('Asked: ', 'The words of the question'))), 'the question')
        program.wait_for(lambda: 0 < play.place()[1] and play.place()[1] + play.place()[3] < bottom, 'the sound in the window')
        program.wait_for(lambda: words.place()[1] < bottom, 'the question in the window')
        program.picture('seen-sound')


def imported_is_not_known(build, source):
    with Program(build, source) as program:
        program.start(program.demonstration())
        program.add_person('Rater One')
        program.open_first_item()
        page = ReviewPage(program)
        program.keys('y')
        page.wait(lambda text: text.startswith('What the model was shown is not known'))
        check(not cells(page), 'no picture of an imported run')
        program.picture('seen-imported')


if __name__ == '__main__':
    main(strip_seeks_by_keys, nothing_of_it_tells_the_run, sound_comes_into_the_window, imported_is_not_known)
