# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests read from the Review page: its parts by name, the frame that is shown, the item in hand, the ratings in the file."""
import csv
import json
import re
import sqlite3
import subprocess

from accessible import find_placed, with_place
from semio_ui import PATIENCE_S, Failure

FRAME = re.compile(r'^frame (\d+) / (\d+)$')
TIME = re.compile(r'^(\d+):(\d\d)\.(\d{3})$')


def ratings_of(program, study):
    """The ratings as a second process reads them from the file."""
    out = program.home / 'ratings.csv'
    out.unlink(missing_ok=True)
    program.semio('export', study, 'ratings', out)
    with open(out, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def wait_ratings(program, study, number):
    """Waits until the file has so many rating entries; returns them."""
    program.wait_for(lambda: len(ratings_of(program, study)) == number, f'{number} rating entries in the file')
    return ratings_of(program, study)


def drafts_of(study):
    """The unfinished comments in the file, as somebody else reads it."""
    with sqlite3.connect(f'file:{study}?mode=ro', uri=True) as database:
        return [text for text, in database.execute('SELECT text FROM draft')]


def feature_labels(source):
    """Label of each feature of the default set, by id."""
    found = {}
    for path in sorted((source / 'data/features').glob('*.json')):
        found.update({f['id']: f['label'] for f in json.loads(path.read_text(encoding='utf-8'))['features']})
    return found


def walk_placed(node):
    """All below that have a place, with names; what has none hides what is below it."""
    found = node.walk()
    placed = {node.path, *(child.path for child in with_place([child for child, _name in found]))}
    hidden = set()
    for child, name in found:
        if child.path not in placed or child.parent.path in hidden:
            hidden.add(child.path)
        else:
            yield child, name


class ReviewPage:
    """The page in a program's accessible tree."""

    def __init__(self, program):
        self.program = program
        self.node = program.wait_for(lambda: program.find('SemioReviewPage'), 'the Review page')
        self.player = program.wait_for(lambda: self.find('Player', 'group'), 'the player')

    def find(self, name, role=None):
        for node, _text in find_placed(self.node, name if callable(name) else lambda text: text == name):
            if role is None or node.role() == role:
                return node
        return None

    def wait(self, name, role=None, seconds=PATIENCE_S):
        return self.program.wait_for(lambda: self.find(name, role), f'“{name}” on the Review page', seconds)

    def _player_text(self, pattern):
        return next((pattern.match(text) for _node, text in find_placed(self.player, pattern.match)), None)

    def frame(self):
        """Number of the frame that is shown, -1 none."""
        match = self._player_text(FRAME)
        return int(match.group(1)) if match else -1

    def last_frame(self):
        match = self._player_text(FRAME)
        return int(match.group(2)) - 1 if match else -1

    def time_ms(self):
        match = self._player_text(TIME)
        return (int(match.group(1)) * 60 + int(match.group(2))) * 1000 + int(match.group(3)) if match else -1

    def plays(self):
        return any(True for _found in find_placed(self.player, lambda text: text == 'Pause'))

    def wait_frame(self, number):
        self.program.wait_for(lambda: self.frame() == number, f'frame {number} (shown: {self.frame()})')

    def wait_plays(self, plays=True):
        self.program.wait_for(lambda: self.plays() == plays, 'it to play' if plays else 'it to stand')

    def in_hand(self):
        """Name of the feature and letter of the run whose explanation is open."""
        found = self.node.walk()
        names = {node.path: name for node, name in found}
        for explanation, text in found:
            if text != 'SemioFeatureExplanation' or not explanation.is_placed_in(self.node):
                continue
            row = explanation.parent
            while row.path != self.node.path and not ('. A: ' in names[row.path] and row.role() == 'list item'):
                row = row.parent
            if row.path != self.node.path:
                letter = next((t for _n, t in find_placed(explanation, lambda t: t in ('A', 'B'))), None)
                return names[row.path].split('. A: ')[0], letter
        return None

    def wait_in_hand(self, feature):
        self.program.wait_for(lambda: (self.in_hand() or ('',))[0] == feature, f'“{feature}” in hand')

    def click(self, node, x_share=0.5, y_share=0.5):
        """A real click; the window's frame lies around what the tree measures."""
        frame = self.program.application().children()[0].place()
        place = node.place()
        if not place:
            raise Failure(f'“{node.name()}” has no place to click')
        margin_x = (self.program.width - frame[2]) // 2
        margin_y = (self.program.height - frame[3]) // 2
        self.program.click(margin_x + place[0] + int(place[2] * x_share), margin_y + place[1] + int(place[3] * y_share))


def set_layout(name):
    """Changes what the keyboard types."""
    subprocess.run(['setxkbmap', name], check=True)


def open_review(program, study, person='Rater One'):
    program.start(study)
    program.add_person(person)
    program.open_first_item()
    return ReviewPage(program)
