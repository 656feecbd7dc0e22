#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Results page on the demonstration study: its numbers, its figures, what is behind them, and what it reveals."""
import csv
import io
import os
import signal
import sqlite3

from accessible import with_place, with_state
from semio_ui import PATIENCE_S, Failure, Program, check, main

N_SCORED = 2000


def open_results(program, study):
    program.start(study)
    program.wait_shows('Start Rating')
    program.window_action('show-page', "<'results'>")
    program.wait_shows('F1 per feature')


def f1_of(program, study, policy):
    """The numbers of the command line, as the page writes them, by run."""
    rows = csv.DictReader(io.StringIO(program.semio('metrics', study, '--policy', policy, '--format', 'csv')))
    found = {}
    for row in rows:
        if row['f1']:
            found.setdefault(row['run'], []).append(f'{float(row["f1"]):.3f}')
    return found


def cells(program):
    return [name.split(' ')[0] for name in program.names() if name[:2] in ('0.', '1.')]


def shows_numbers(program, wanted):
    shown = cells(program)
    return all(shown.count(number) >= numbers.count(number) for numbers in wanted.values() for number in numbers)


def numbers_are_those_of_the_command_line(program, default):
    program.wait_for(lambda: shows_numbers(program, default), 'the numbers of the default policy')
    program.picture('results')


def a_click_on_a_mark_lists_what_is_behind(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        open_results(program, study)
        figure = program.wait_for(lambda: program.find('F1 with 95 % intervals'), 'the forest plot')
        origin, place = program.origin_of('Demonstration'), figure.place()
        # Where a dot lies follows from the fonts: down the line of an F1 of 1, which several features have, one is met.
        for offset in range(4, 60, 4):
            program.click(origin[0] + place[0] + int(place[2] * 0.945), origin[1] + place[1] + offset)
            if len(program.windows()) > 1:
                break
        program.wait_shows('reference yes')
        program.picture('results-clicked')
        check(any(': F1 ' in name for name in program.names()), 'the mark that was clicked is told')


def the_table_is_sorted_by_keys(program):
    def first_of(*features):
        """The one of these that stands highest on the page, which the table does."""
        return min((node.place()[1], name) for node, name in program.walk() if name in features)[1]

    pair = ('Arm flexion', 'Tonic')
    tab_to(program, 'Save “F1 per feature”')
    program.keys('Tab')
    check(first_of(*pair) == 'Arm flexion', 'the table begins in the order of the features')
    # By the feature's name, then by its positives: five of arm flexion, three of tonic.
    program.keys('s', 's')
    program.wait_for(lambda: first_of(*pair) == 'Tonic', 'the fewest positives above')
    program.picture('results-sorted')
    program.keys('shift+s')
    program.wait_for(lambda: first_of(*pair) == 'Arm flexion', 'the most positives above')
    # The pointer does the same on the heads.
    program.press_node('Demonstration', program.find('Positives', 'label'))
    program.wait_for(lambda: first_of(*pair) == 'Tonic', 'the fewest positives above after a click')


def what_is_read_by_stands_in_sight(program):
    """In a window of usual width, positives, coverage and the constant answer need no scrolling."""
    heads = ('Feature', 'Positives', 'Scored', 'Constant')
    nodes = with_place([node for node, name in program.walk() if name in (*heads, 'Save “F1 per feature”')])
    places = {}
    for node in nodes:
        places.setdefault(node.name(), []).append(node.place())
    save = places['Save “F1 per feature”'][0]
    for name in heads:
        place = places[name][0]
        check(place[0] + place[2] <= save[0] + save[2], f'“{name}” {place} lies within the card {save}')


def a_mark_opens_its_recording_at_its_segment(build, source):
    """Of blank stare the second segment of R01 says yes, which begins at 25 s; the case itself opens at 24 s."""
    with Program(build, source) as program:
        study = program.demonstration()
        open_results(program, study)
        tab_to(program, 'F1 with 95 % intervals')
        program.keys('Home')
        program.wait_shows('Onset during sleep, Sample answers 1: F1')
        program.picture('results-figure')
        program.keys(*['Right'] * 22)
        program.wait_shows('Blank stare, Sample answers 1: F1')
        program.keys('Return')
        program.focus_window('Blank stare · Sample answers 1')
        program.wait_shows('reference yes')
        program.picture('results-blank-stare')
        program.keys('Return')
        program.wait_closed('Blank stare · Sample answers 1')
        program.wait_shows('P01 · R01')
        program.picture('results-opened')
        program.wait_shows('frame 625 ')


def rating_is_asked_before_names_are_told(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        names = [run['name'] for run in program.semio_json('info', study)['runs']]
        program.start(study)
        program.add_person('Rater One')
        program.window_action('show-page', "<'results'>")
        program.wait_shows('Results Name the Runs')
        program.picture('results-gate')
        check(not any(name in text for text in program.names() for name in names), 'no run is named before the answer')
        program.press('Demonstration', 'Show Results')
        program.wait_shows('F1 per feature')
        program.kill()
        with sqlite3.connect(study) as database:
            revealed = database.execute('SELECT count(*) FROM reveal WHERE reference = 1 AND runs = 1').fetchone()[0]
            recordings = database.execute('SELECT count(*) FROM recording WHERE alias_of IS NULL').fetchone()[0]
        check(revealed == recordings > 0, f'{revealed} of {recordings} recordings are marked as revealed')


HEADINGS = ['F1 per feature', 'F1 with intervals', 'Features and runs', 'Confusion matrices', 'ROC curves', 'Precision and recall',
            'Plain and enhanced', 'Runs against each other', 'Faithfulness of explanations', 'Every score', 'Agreement of raters',
            'Raters in pairs', 'Onset error', 'Onset error in numbers', 'Overlap of intervals', 'Order of features', 'Sides', 'Event types']


def tab_to(program, wanted, most=120):
    """Goes by Tab until a control of this name has the focus."""
    def read():
        """What can have the focus, with names: reading the whole page after each Tab, or of all of it who has the focus, takes a second."""
        found = program.walk()
        focusable = {node.path for node in with_state([node for node, _name in found], 'focusable')}
        return [(node, name) for node, name in found if node.path in focusable]

    def focused():
        return {node.path for node in with_state([node for node, _name in nodes], 'focused')}

    nodes = read()
    at = focused()
    for _ in range(most):
        # GTK 4.8 says the name of a control with a mnemonic twice.
        if any(node.path in at for node, name in nodes if name.replace('_', '') in (wanted, f'{wanted} {wanted}')):
            return
        program.keys('Tab')
        program.comes_true(lambda: focused() != at, 1)
        at = focused()
        if not at:
            nodes = read()
            at = focused()
    raise Failure(f'“{wanted}” is not reached by Tab')


def wait_shows_all(program, parts):
    """Waits until every one of the words is on the page, which is read for all of them at once."""
    def missing():
        names = program.names()
        return [part for part in parts if not any(part in name for name in names)]

    if not program.comes_true(lambda: not missing(), PATIENCE_S):
        raise Failure(f'not on the page: {missing()}')


def every_part_says_something(program):
    # What the demonstration cannot show is told, with what is missing.
    wait_shows_all(program, [*HEADINGS, 'without scores', 'No enhanced run', 'has scored an explanation yet',
                             'The reference set tells no sides.', '9 of 9', 'Difference of F1'])


def one_run_has_nothing_to_be_compared_with(program):
    tab_to(program, 'Sample answers 2')
    program.keys('space')
    program.wait_shows('Comparing needs two runs. Tick another one on the left.')
    program.picture('results-one-run')
    program.keys('space')
    program.wait_shows('Difference of F1')
    check('nan' not in ' '.join(program.names()).lower().split(), 'a number that is none is told in words')


def a_table_is_copied(program):
    tab_to(program, 'Copy “F1 per feature”')
    program.keys('Return')
    program.wait_shows('Copied as a table.')


def the_page_shows_its_parts(build, source):
    """What reads the page and changes nothing for long shares one window."""
    with Program(build, source) as program:
        study = program.demonstration()
        default = f1_of(program, study, 'default')
        check(len(default) == 2 and all(default.values()), f'two runs with numbers: {default}')
        open_results(program, study)
        every_part_says_something(program)
        numbers_are_those_of_the_command_line(program, default)
        what_is_read_by_stands_in_sight(program)
        a_table_is_copied(program)
        the_table_is_sorted_by_keys(program)
        one_run_has_nothing_to_be_compared_with(program)


def all_is_saved_by_keys(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        open_results(program, study)
        report = program.home / 'report.pdf'
        tab_to(program, 'Save')
        program.keys('Return')
        program.wait_shows('Without names')
        program.picture('results-save')
        tab_to(program, 'Report…', 6)
        program.keys('Return')
        program.choose_file(report, 'Save the Report', saves=True)
        program.wait_shows('Written to')
        check(report.read_bytes().startswith(b'%PDF'), 'the report is a PDF')
        again = program.home / 'again.pdf'
        program.semio('export', study, 'report', again)
        check(report.read_bytes() == again.read_bytes(), 'the command line writes the same bytes')


def make_scored_study(program):
    """A study whose intervals of curves take long enough to be seen and stopped."""
    features = ('tonic', 'clonic', 'arm_flexion', 'arm_straightening', 'head_turning', 'blank_stare', 'pelvic_thrusting', 'limb_automatisms')
    answers, labels = program.home / 'answers.csv', program.home / 'labels.csv'
    with open(answers, 'w', encoding='utf-8', newline='') as file, open(labels, 'w', encoding='utf-8', newline='') as other:
        scored, plain = csv.writer(file), csv.writer(other)
        scored.writerow(['file_name', *(column for name in features for column in (name, f'score_for_{name}'))])
        plain.writerow(['file_name', *features])
        for row in range(N_SCORED):
            # Uneven steps, so that no score stands twice.
            shares = [(row * 7919 + number * 104729) % 10007 / 10007 for number in range(len(features))]
            scored.writerow([f'N{row:05d}.mp4', *(cell for share in shares for cell in ('yes' if share > 0.5 else 'no', f'{share:.5f}'))])
            plain.writerow([f'N{row:05d}.mp4', *('yes' if share * 3 % 1 > 0.4 else 'no' for share in shares)])
    study = program.home / 'Scored.semio'
    program.semio('new', study)
    program.semio('import', 'reference', study, labels, '--set', 'Labels', '--create')
    program.semio('import', 'predictions', study, answers, '--run', 'Scored')
    return study


def intervals_can_be_stopped(build, source):
    with Program(build, source) as program:
        study = make_scored_study(program)
        program.start(study)
        program.wait_shows(f'{N_SCORED} recordings')
        program.keys('alt+4')

        def strip():
            node = program.find('Drawing intervals')
            return node if node and node.has_place() else None

        program.wait_shows('Areas under curves')
        # Only those of curves are left: the forest has its own. Two of three are done, and of the third some.
        program.wait_for(lambda: (bar := strip()) and 2 / 3 < (bar.value() or 0) < 1 and program.shows('ROC area'),
                         'intervals that are being drawn, and how far they are')
        os.kill(program.process.pid, signal.SIGSTOP)
        try:
            program.picture('results-drawing')
            program.keys('alt+t')
        finally:
            os.kill(program.process.pid, signal.SIGCONT)
        program.wait_for(lambda: not strip(), 'the drawing to stop')
        program.picture('results-drawing-stopped')
        check(program.shows('ROC area'), 'what was there stays')


if __name__ == '__main__':
    main(the_page_shows_its_parts, a_click_on_a_mark_lists_what_is_behind, a_mark_opens_its_recording_at_its_segment,
         rating_is_asked_before_names_are_told, all_is_saved_by_keys, intervals_can_be_stopped)
