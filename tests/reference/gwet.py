#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gwet's AC1 and AC2 from their definition, pair of raters by pair of raters: prints tests/stats/fixtures/gwet.json.

No package of Debian computes them, so they are written here anew, from K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014,
without tallies, and in exact fractions. The standard library is enough.

Usage: tests/reference/gwet.py > tests/stats/fixtures/gwet.json
"""
import json
import random
from fractions import Fraction
from itertools import permutations, product

SEED = 20261201
COMMAND = 'tests/reference/gwet.py > tests/stats/fixtures/gwet.json'
VALUES = range(1, 6)
WEIGHTS = {
    'ac1': lambda a, b: Fraction(a == b),
    'ac2_linear': lambda a, b: 1 - Fraction(abs(a - b), len(VALUES) - 1),
    'ac2_quadratic': lambda a, b: 1 - Fraction(a - b, len(VALUES) - 1) ** 2,
}


def gwet(units, weight):
    said = [[value for value in unit if value] for unit in units]
    said = [unit for unit in said if unit]
    agreeing = [Fraction(sum(weight(a, b) for a, b in permutations(unit, 2)), len(unit) * (len(unit) - 1)) for unit in said if len(unit) > 1]
    observed = sum(agreeing) / len(agreeing)
    shares = [sum(Fraction(unit.count(value), len(unit)) for unit in said) / len(said) for value in VALUES]
    total = sum(weight(a, b) for a, b in product(VALUES, repeat=2))
    expected = total / (len(VALUES) * (len(VALUES) - 1)) * sum(share * (1 - share) for share in shares)
    return float((observed - expected) / (1 - expected))


def main():
    generator = random.Random(SEED)
    cases = []
    for n_units, n_raters, missing in ((12, 2, 0), (40, 5, 0), (60, 4, .3), (25, 3, .5)):
        rows = []
        for _ in range(n_units):
            middle = generator.choice(VALUES)
            rows.append([0 if generator.random() < missing else min(5, max(1, middle + generator.choice((-1, 0, 0, 0, 1, 2))))
                         for _ in range(n_raters)])
        cases.append({'rows': rows, **{name: gwet(rows, weight) for name, weight in WEIGHTS.items()}})
    print(json.dumps({'command': COMMAND, 'seed': SEED, 'gwet': cases}))


main()
