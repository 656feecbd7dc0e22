#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second implementation of the metrics, written from the rules and not from the program, to check the program by.

It works on lists of labels, row by row and class by class, where the program counts in a table. Run without arguments it
prints the cases of metrics.json: random tables with what both policies must say of them. With --check it compares its
output with the file beside it.
"""
import json
import random
import sys
from fractions import Fraction
from pathlib import Path

SEED = 20261123
CASES = 300
LETTERS = {'y': 'yes', 'n': 'no', 'a': 'na', 'o': 'not assessable', 'f': 'fail', '-': 'missing'}


def ratio(part, whole, when_zero):
    return Fraction(part, whole) if whole else when_zero


def scores_of(rows, wanted, when_zero):
    """Precision, recall, F1 and specificity of one class against the rest."""
    tp = sum(1 for truth, said in rows if truth == wanted and said == wanted)
    fp = sum(1 for truth, said in rows if truth != wanted and said == wanted)
    fn = sum(1 for truth, said in rows if truth == wanted and said != wanted)
    tn = sum(1 for truth, said in rows if truth != wanted and said != wanted)
    precision, recall = ratio(tp, tp + fp, when_zero), ratio(tp, tp + fn, when_zero)
    if tp + fp + fn == 0:
        f1 = when_zero
    elif tp == 0:
        f1 = Fraction(0)
    else:
        f1 = 2 * precision * recall / (precision + recall)
    return [precision, recall, f1, ratio(tn, tn + fp, when_zero)]


def published(rows, takes_na):
    kept = [(truth, said) for truth, said in rows
            if truth not in ('missing', 'not assessable', 'fail') and said not in ('fail', 'missing', 'not assessable')]
    zero = Fraction(0)
    if takes_na:
        classes = sorted({label for row in kept for label in row})
        table = [scores_of(kept, label, zero) for label in classes]
        means = [sum(column) / len(table) for column in zip(*table)] if table else [zero] * 4
    else:
        means = scores_of(kept, 'yes', zero)
    right = sum(1 for truth, said in kept if truth == said)
    return [ratio(right, len(kept), zero)] + means, len(kept)


def default(rows, _takes_na):
    kept = [(truth, said) for truth, said in rows
            if truth in ('yes', 'no') and said in ('yes', 'no', 'na', 'fail')]
    right = sum(1 for truth, said in kept if truth == said)
    precision, recall, f1, _ = scores_of(kept, 'yes', None)
    negatives = [said for truth, said in kept if truth == 'no']
    specificity = ratio(negatives.count('no'), len(negatives), None)
    return [ratio(right, len(kept), None), precision, recall, f1, specificity], len(kept)


def describe(policy, rows, takes_na):
    values, scored = policy(rows, takes_na)
    names = ['accuracy', 'precision', 'recall', 'f1', 'specificity']
    result = {name: None if value is None else float(value) for name, value in zip(names, values)}
    result['positives'] = sum(1 for truth, _ in rows if truth == 'yes')
    result['scored'] = scored
    result['left_out'] = len(rows) - scored
    result['fails'] = sum(1 for _, said in rows if said == 'fail')
    return result


def make_cases():
    generator = random.Random(SEED)
    cases = []
    for number in range(CASES):
        takes_na = number % 2 == 1
        weights = [generator.choice([0, 1, 3, 8]) for _ in LETTERS]
        if not any(weights):
            weights[0] = 1
        size = generator.choice([1, 2, 5, 20, 60])
        truth = generator.choices('ynao--', weights, k=size)
        said = generator.choices('ynaof-', weights[::-1] if generator.random() < 0.5 else weights, k=size)
        pairs = [a + b for a, b in zip(truth, said)]
        rows = [(LETTERS[a], LETTERS[b]) for a, b in pairs]
        cases.append({'pairs': ' '.join(pairs), 'takes_na': takes_na, 'default': describe(default, rows, takes_na),
                      'published': describe(published, rows, takes_na)})
    return cases


def main():
    text = '[\n' + ',\n'.join(json.dumps(case, sort_keys=True) for case in make_cases()) + '\n]\n'
    if sys.argv[1:] == ['--check']:
        kept = Path(__file__).with_name('metrics.json').read_text(encoding='utf-8')
        if text != kept:
            print('metrics.json is not what metrics.py prints', file=sys.stderr)
            return 1
        return 0
    print(text, end='')
    return 0


if __name__ == '__main__':
    sys.exit(main())
