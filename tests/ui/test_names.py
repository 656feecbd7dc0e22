#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every control has a name of its own, and no name tells what is hidden from who rates."""
import re

from review_page import ReviewPage, open_review, walk_placed
from semio_ui import Program, check, main

DESCRIPTION = 'Description'
CLASS_NAME = re.compile(r'^(Gtk|Adw|Semio)[A-Z]\w+$')
CONTROLS = ('button', 'push button', 'toggle button', 'check box', 'combo box', 'entry', 'search box', 'slider', 'tab', 'list item', 'text')
# A named one of these speaks for the parts it is made of.
WHOLES = ('combo box', 'button', 'search box', 'slider')


def offenders(node, spoken_for=False, way=''):
    """Controls below without a name, with the way to them."""
    for child in node.children():
        if not child.has_place():
            continue
        name, role = child.name(), child.role()
        is_named = bool(name) and not CLASS_NAME.match(name)
        if role in CONTROLS and not is_named and not spoken_for and not has_named_twin(child):
            yield f'{role} “{name}” at {child.place()} in {way}'
        yield from offenders(child, spoken_for or (role in WHOLES and is_named), f'{way}/{name or role}')


def has_named_twin(node):
    """A menu button is a plain shell around the button that takes the focus."""
    return any(child.role() == node.role() and child.name() and not CLASS_NAME.match(child.name()) for child in node.children())


def check_names(program, page):
    found = list(offenders(program.application()))
    for line in found:
        print(f'# without a name: {line}')
    check(not found, f'{page}: {len(found)} controls without a name')


def every_control_is_named(build, source):
    with Program(build, source) as program:
        program.start()
        program.wait_shows('Open a Study')
        check_names(program, 'Welcome')
        program.kill()
        study = program.demonstration()
        program.start(study)
        program.add_person('Rater One')
        program.wait_shows('Start Rating')
        check_names(program, 'Cases')
        program.open_first_item()
        ReviewPage(program)
        check_names(program, 'Review')


def said(page):
    """Everything that the page and the window’s title say, to eyes and to assistive technology."""
    for node, name in walk_placed(page.node):
        yield name
        yield node.property('org.a11y.atspi.Accessible', DESCRIPTION) or ''
    for frame in page.program.application().children():
        yield frame.name()


def nothing_tells_what_is_hidden(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        names = [run['name'] for run in program.semio_json('info', study)['runs']]
        check(len(names) == 2 and all(names), f'two runs with names: {names}')
        page = open_review(program, study)

        def telling():
            return [text for text in said(page) if any(name in text for name in names)]

        def referring():
            return [text for text in said(page) if re.search(r'reference (yes|no|not given|na)\b', text)]

        program.wait_for(lambda: any('reference hidden' in text for text in said(page)), 'the lanes')
        check(telling() == [], f'hidden runs are named: {telling()[:3]}')
        check(referring() == [], f'the hidden reference is told: {referring()[:3]}')
        program.keys('ctrl+m')
        program.wait_for(telling, 'names of the runs')
        check(referring() == [], f'the runs alone were revealed: {referring()[:3]}')
        program.keys('ctrl+m')
        program.wait_for(lambda: not telling(), 'the names to go')
        program.keys('ctrl+r')
        program.wait_for(referring, 'answers of the reference')
        check(telling() == [], f'the reference alone was revealed: {telling()[:3]}')


if __name__ == '__main__':
    main(every_control_is_named, nothing_tells_what_is_hidden)
