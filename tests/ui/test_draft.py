#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A comment that was half typed when the program was killed is there again."""
from gi.repository import GLib

from review_page import drafts_of, open_review, ratings_of, wait_ratings
from semio_ui import Program, check, main

RATER = 'Rater One'
HALF = 'the left arm, not the 1st'


def comment_text(program):
    """What stands in the open comment field, None when it is not open."""
    node = program.find(lambda text: text.startswith('Comment on '), 'text box')
    reply = node.call('org.a11y.atspi.Text', 'GetText', GLib.Variant('(ii)', (0, -1))) if node else None
    return reply[0] if reply else None


def half_typed_comment(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        open_review(program, study, RATER)
        program.keys('c')
        program.wait_for(lambda: comment_text(program) == '', 'an empty comment field')
        program.type(HALF)
        program.wait_for(lambda: drafts_of(study) == [HALF], 'the draft in the file')
        program.kill()
        check(ratings_of(program, study) == [], 'nothing was decided yet')

        program.start(study)
        program.choose_person(RATER, study)
        program.open_first_item()
        program.keys('c')
        program.wait_for(lambda: comment_text(program) == HALF, 'the half typed comment')
        program.keys('ctrl+End')
        program.type(' one')
        program.keys('Escape')
        rows = wait_ratings(program, study, 1)
        check(rows[0]['comment'] == HALF + ' one' and not rows[0]['score'], f'one entry with the comment alone: {rows[0]}')
        program.wait_for(lambda: drafts_of(study) == [], 'the draft to be gone')
        # Looking at it again and leaving decides nothing.
        program.keys('c')
        program.wait_for(lambda: comment_text(program) == HALF + ' one', 'the comment')
        program.keys('Escape', '4')
        rows = wait_ratings(program, study, 2)
        check(rows[-1]['score'] == '4' and rows[-1]['comment'] == HALF + ' one', f'score and comment together: {rows[-1]}')


if __name__ == '__main__':
    main(half_typed_comment)
