#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job without a display, by real key presses: open the demonstration study, play, select an explanation, rate it 4.

A second process reads the rating back from the study file. Run by tools/run --screenshot; exits 1 if any of it did not happen.
"""
import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'tests' / 'ui'))
from semio_ui import Failure, Program  # noqa: E402


def ratings(program, study):
    out = program.home / 'ratings.csv'
    out.unlink(missing_ok=True)
    program.semio('export', study, 'ratings', out)
    with open(out, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def shown_frame(program):
    """The number under the picture, as the accessible tree tells it."""
    for name in program.names():
        words = name.split()
        if len(words) >= 4 and words[0] == 'frame' and words[2] == '/':
            return int(words[1])
    return None


def main_job(program, picture):
    study = program.demonstration()
    program.start(study)
    program.add_person('First Rater')
    program.open_first_item()
    before = program.wait_for(lambda: shown_frame(program) is not None, 'a frame number') and shown_frame(program)
    program.keys('space')
    program.wait_for(lambda: (shown_frame(program) or 0) > before + 50, 'the recording to play')
    program.keys('space')
    # The next feature that a model says yes to makes the better picture; the keys that choose it are the arrows.
    program.keys('Down', 'Up')
    program.keys('alt+Right')
    program.wait_for(lambda: program.shows('Pause'), 'the cited segment to play')
    program.keys('shift+Right', 'shift+Right')
    program.wait_for(lambda: (shown_frame(program) or 0) > 980, 'the seizure to begin')
    program.keys('space')
    program.keys('shift+4')
    program.wait_shows('Saved')
    rows = program.wait_for(lambda: ratings(program, study), 'the rating in the study file')
    rated = [row for row in rows if row['state'] == 'current' and row['score'] == '4']
    if len(rated) != 1:
        raise Failure(f'the study file holds {rows}, not one rating of 4')
    program.screenshot(picture)
    program.close()
    row = rated[0]
    print(f'{row["person"]} rated {row["run"]}, {row["feature"]}, recording {row["recording"]}: {row["score"]} '
          f'({row["percent"]} %), at {row["utc"]}')
    report = program.semio_json('verify', study)
    if not report['good']:
        raise Failure(f'verify: {report}')


def main():
    build, source, picture = sys.argv[1:4]
    try:
        with Program(build, source, width=1440, height=900) as program:
            main_job(program, picture)
    except Failure as failure:
        print(f'tools/run: {failure}', file=sys.stderr)
        return 1
    print(f'Picture: {picture}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
