#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The timeline by real keys: bookmarks, selection, zooms, lanes, and what each tells to a screen reader."""
import re
import sqlite3
import subprocess

from review_page import open_review, ratings_of, wait_ratings
from semio_ui import Program, check, main

SHOWN = re.compile(r'^Shown: (\d+):(\d\d)\.(\d) to (\d+):(\d\d)\.(\d) of (\d+):(\d\d)\.(\d)$')
SELECTION = re.compile(r'^Selection from (\d+):(\d\d)\.(\d{3}) to (\d+):(\d\d)\.(\d{3}), ([\d.]+) s · (\d+) frames?$')


def bookmarks_in(study):
    """Time and name of the bookmarks that stand in the file, as somebody else reads it."""
    with sqlite3.connect(f'file:{study}?mode=ro', uri=True) as database:
        return database.execute('SELECT b.time_ns, t.text FROM bookmark AS b LEFT JOIN entry_text AS t ON t.hash = b.text_hash'
                                ' WHERE b.current = 1 ORDER BY b.time_ns').fetchall()


def wait_bookmarks(program, study, names):
    program.wait_for(lambda: [text for _time, text in bookmarks_in(study)] == names,
                     f'the bookmarks {names} in the file, there are {bookmarks_in(study)}')


def set_bookmark(program, name, key='Return'):
    program.keys('ctrl+b')
    entry = program.wait_for(lambda: program.find('Name of the bookmark', 'text box'), 'the field for the name')
    program.wait_for(lambda: entry.has_state('focused'), 'the keys in the field')
    if name:
        program.type(name)
    program.keys(key)
    program.wait_for(lambda: not program.find('Name of the bookmark', 'text box'), 'the field to close')


def bookmarks_by_keys(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        program.keys('l', 'k')
        page.wait_plays(False)
        program.keys('Right')
        first = page.frame()
        set_bookmark(program, 'never kept', 'Escape')
        check(bookmarks_in(study) == [], 'Escape leaves all as it was')
        check(not page.find(lambda text: text.startswith('Bookmarks')), 'no lane without any')
        set_bookmark(program, 'Head turns 12')
        wait_bookmarks(program, study, ['Head turns 12'])
        page.wait('Bookmarks, 1', 'list')
        program.keys('Right', 'Right')
        program.wait_for(lambda: page.frame() > first + 10, 'a later frame')
        second = page.frame()
        set_bookmark(program, '')
        page.wait('Bookmarks, 2', 'list')
        wait_bookmarks(program, study, ['Head turns 12', None])
        program.picture('timeline-bookmarks')
        # From one to the next, and no further than the last.
        program.keys('Right')
        program.wait_for(lambda: page.frame() > second, 'a frame after both')
        program.keys('alt+Page_Up')
        page.wait_frame(second)
        program.keys('alt+Page_Up')
        page.wait_frame(first)
        page.wait('0:' + f'{bookmarks_in(study)[0][0] // 10**9:02d}, Head turns 12')
        program.keys('alt+Page_Up')
        program.wait_shows('No bookmark before this frame')
        check(page.frame() == first, 'there is none before the first')
        program.keys('alt+Page_Down')
        page.wait_frame(second)
        # Another name for the one that stands at this frame; it stays one.
        set_bookmark(program, 'Arms rise')
        wait_bookmarks(program, study, ['Head turns 12', 'Arms rise'])
        # Undone and done again like a judgement, step by step.
        program.keys('ctrl+z')
        wait_bookmarks(program, study, ['Head turns 12', None])
        program.keys('ctrl+z')
        wait_bookmarks(program, study, ['Head turns 12'])
        program.keys('ctrl+shift+z', 'ctrl+shift+z')
        wait_bookmarks(program, study, ['Head turns 12', 'Arms rise'])
        page.wait('Bookmarks, 2', 'list')
        # The keyboard in the lane: arrows from mark to mark, Delete.
        focus_lane(program, page, 'Bookmarks, 2')
        program.keys('Left', 'Left')
        page.wait(lambda text: re.match(r'^1 of 2, 0:\d\d: Head turns 12$', text))
        program.picture('timeline-bookmark-focus')
        program.keys('Return')
        page.wait_frame(first)
        program.keys('Delete')
        wait_bookmarks(program, study, ['Arms rise'])
        program.keys('ctrl+z')
        wait_bookmarks(program, study, ['Head turns 12', 'Arms rise'])
        program.close()
        found = program.semio_json('verify', study)
        check(found.get('ok', True), f'the study checks: {found}')
        # It is there the next time, and hidden from another person while nothing is revealed.
        program.start(study)
        program.add_person('Rater Two')
        program.open_first_item()
        page = type(page)(program)
        page.wait(lambda text: text.startswith('Shown: '))
        check(not page.find(lambda text: text.startswith('Bookmarks')), 'what another person noted is hidden')
        program.keys('ctrl+r')
        page.wait('Bookmarks, 2', 'list')
        program.keys('ctrl+r')
        program.wait_for(lambda: not page.find(lambda text: text.startswith('Bookmarks')), 'it to be hidden again')


def focus_lane(program, page, name):
    """Tab until the keys are in a lane of the timeline."""
    for _ in range(60):
        lane = page.wait(name)
        if lane.has_state('focused'):
            return lane
        program.keys('Tab')
    check(False, f'“{name}” can be reached by Tab')
    return None


def shown_span(page):
    node = page.wait(lambda text: SHOWN.match(text))
    n = [int(part) for part in SHOWN.match(node.name()).groups()]
    return n[0] * 600 + n[1] * 10 + n[2], n[3] * 600 + n[4] * 10 + n[5], n[6] * 600 + n[7] * 10 + n[8]


def selection_and_zooms(build, source):
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        program.keys('l', 'k')
        page.wait_plays(False)
        before = page.frame()
        program.keys('Right')
        program.wait_for(lambda: page.frame() not in (-1, before), 'the picture to the right')
        first = page.frame()
        program.keys('i', *['period'] * 9)
        # The end is that of the frame that is seen.
        page.wait_frame(first + 9)
        program.keys('o')
        node = page.wait(lambda text: SELECTION.match(text) and SELECTION.match(text).group(8) == '10')
        begin, end = [(int(m) * 60 + int(s)) * 1000 + int(ms) for m, s, ms in
                      (SELECTION.match(node.name()).group(1, 2, 3), SELECTION.match(node.name()).group(4, 5, 6))]
        check(abs(float(SELECTION.match(node.name()).group(7)) - (end - begin) / 1000) < 0.002,
              f'length in seconds and frames: {node.name()}')
        # Ends with the last moment of the frame that is shown: one frame after its time.
        check(0 < end - page.time_ms() <= 100, f'the end {end} ms is the end of the frame at {page.time_ms()} ms')
        # What is said of it is said of this selection, not of the one that only had a beginning.
        said = [text for text in program.names() if text.startswith('Selection ') and 'Ctrl+L' in text]
        check(len(said) == 1 and not said[0].startswith('Selection 0:00'), f'what is said of the selection: {said}')
        at_first = shown_span(page)
        program.keys('shift+z')
        program.wait_for(lambda: shown_span(page)[1] - shown_span(page)[0] < 15, 'the selection to fill the view')
        span = shown_span(page)
        check(abs(span[0] - begin / 100) <= 2 and abs(span[1] - end / 100) <= 2, f'{span} tenths are about {begin} to {end} ms')
        program.picture('timeline-selection')
        # Again: the segment in hand, when there is one. Then the event and the whole.
        program.keys('z')
        event = shown_span(page)
        program.keys('z')
        program.wait_for(lambda: shown_span(page) != event or event[:2] == (0, event[2]), 'the other of event and whole')
        spans = {event[:2], shown_span(page)[:2]}
        check((0, event[2]) in spans and at_first[:2] in spans, f'event and whole: {spans}, at first {at_first}')
        program.keys('alt+Right', 'k')
        page.wait_plays(False)
        program.keys('Escape')
        program.wait_for(lambda: not page.find(lambda text: SELECTION.match(text)), 'no selection')
        program.keys('shift+z')
        program.wait_for(lambda: 60 < shown_span(page)[1] - shown_span(page)[0] < 400, 'the segment in hand')
        # Zoom about the playhead and pan, by keys.
        before = shown_span(page)
        program.keys('plus')
        program.wait_for(lambda: shown_span(page)[1] - shown_span(page)[0] < before[1] - before[0], 'less time')
        program.keys('minus', 'minus')
        program.wait_for(lambda: shown_span(page)[1] - shown_span(page)[0] > before[1] - before[0], 'more time')


def wheel_ends_where_it_should(build, source):
    """The zoom glides; where it ends is told."""
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        program.keys('z', 'z', 'z')
        lane = page.wait(lambda text: re.match(r'.*reference hidden$', text), 'list item')
        program.keys('z') if shown_span(page)[0] != 0 or shown_span(page)[1] != shown_span(page)[2] else None
        before = shown_span(page)
        x, y, width, height = lane.place()
        program.point(x + width * 2 // 3, y + height // 2)
        subprocess.run(['xdotool', 'keydown', 'ctrl', 'click', '4', 'click', '4', 'click', '4', 'keyup', 'ctrl'], check=True)
        length = (before[1] - before[0]) / 1.25 ** 3
        program.wait_for(lambda: abs(shown_span(page)[1] - shown_span(page)[0] - length) <= 2, f'{length} tenths of a second')
        program.picture('timeline-wheel')


def lanes_are_remembered(build, source):
    """Which lanes of sound and picture are shown, by the menu at the keyboard, is there the next time."""
    with Program(build, source) as program:
        program.env['GSETTINGS_BACKEND'] = 'keyfile'
        study = program.demonstration()
        page = open_review(program, study)
        page.wait('Waveform', seconds=60)
        check(not page.find('Spectrogram', 'image'), 'no spectrogram at first')
        program.keys('shift+F10')
        program.wait_for(lambda: program.find('Spectrogram', 'check menu item') or program.find('Spectrogram', 'menu item'), 'the menu')
        node = program.find('Spectrogram', 'check menu item') or program.find('Spectrogram', 'menu item')
        for _ in range(20):
            if node.has_state('focused'):
                break
            program.keys('Down')
        program.keys('space')
        program.keys('Escape')
        page.wait('Spectrogram', 'image')
        program.picture('timeline-spectrogram')
        program.close()
        program.start(study)
        program.wait_shows('Rating as Rater One')
        program.open_first_item()
        page = type(page)(program)
        page.wait('Spectrogram', 'image', 60)
        page.wait('Waveform', 'image')


def every_lane_reads_well(build, source):
    with Program(build, source) as program:
        page = open_review(program, program.demonstration())
        lanes = [text for node, text in program.walk() if node.has_place() and node.role() == 'list item' and 'reference' in text]
        print('# ' + '\n# '.join(lanes))
        check(len(lanes) >= 10, f'{len(lanes)} lanes tell of the reference')
        for text in lanes:
            check(text.endswith('; reference hidden') and ' A ' in text, f'“{text}” says what each run answered')
        program.keys('ctrl+r', 'ctrl+m')
        page.wait(lambda text: ', reference yes, 0:' in text)
        lanes = [text for node, text in program.walk() if node.has_place() and node.role() == 'list item' and ', reference' in text]
        print('# ' + '\n# '.join(lanes))
        good = re.compile(r'^[^,;]+(, [^,;]+)?, reference (yes, \d+:\d\d to \d+:\d\d|yes|no|unclear[^;]*|not applicable|not labelled|missing);'
                          r'( [^,;]+ (yes|no|not applicable|unclear|no answer|missing)( in \d+ of \d+ segments)?,?)+$')
        bad = [text for text in lanes if not good.match(text)]
        check(not bad, f'sentences: {bad}')
        # What else of the timeline has a name.
        for part in ('Ruler; onset at ', 'Shown: '):
            check(page.find(lambda text, part=part: text.startswith(part)), f'“{part}…” is told')


def rows_of_raters(build, source):
    """What others judged stands in the lanes while the reference is shown, beside what one judged oneself, and no sooner."""
    with Program(build, source) as program:
        study = program.demonstration()
        page = open_review(program, study)
        program.keys('4')
        wait_ratings(program, study, 1)
        program.close()
        program.start(study)
        program.add_person('Rater Two')
        program.open_first_item()
        page = type(page)(program)
        page.wait(lambda text: text.endswith('; reference hidden'), 'list item')
        check(not page.find(lambda text: 'Rater One: ' in text, 'list item'), 'what another person judged is hidden')
        program.keys('ctrl+r')
        page.wait(lambda text: re.search(r'; Rater One: \w+ 4$', text), 'list item')
        program.keys('2')
        page.wait(lambda text: re.search(r'; You: \w+ 2; Rater One: \w+ 4$', text), 'list item')
        program.picture('timeline-raters')
        wait_ratings(program, study, 2)
        seen = [row['visible'] for row in ratings_of(program, study) if row['person'] == 'Rater Two']
        check(len(seen) == 1 and 'others_ratings' in seen[0], f'what was visible: {seen}')
        program.keys('ctrl+r')
        page.wait(lambda text: text.endswith('; reference hidden'), 'list item')
        check(not page.find(lambda text: 'Rater One: ' in text, 'list item'), 'hidden again')


if __name__ == '__main__':
    main(bookmarks_by_keys, selection_and_zooms, wheel_ends_where_it_should, lanes_are_remembered, every_lane_reads_well,
         rows_of_raters)
