#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scikit-learn, SciPy, NLTK and statsmodels say of made-up data: prints tests/stats/fixtures/python.json.

Needs python3-sklearn, python3-scipy, python3-nltk and python3-statsmodels of Debian; the tests need only what it printed.

Usage: tests/reference/libraries.py > tests/stats/fixtures/python.json
"""
import json
import random
import sys
import warnings

import nltk
import numpy
import scipy
import sklearn
import statsmodels
from nltk.metrics.agreement import AnnotationTask
from scipy import stats
from sklearn import metrics
from statsmodels.stats.inter_rater import fleiss_kappa

# The folder of this script holds a metrics.py of its own, which stands for none of the libraries.
SEED = 20261124
COMMAND = 'tests/reference/libraries.py > tests/stats/fixtures/python.json'
generator = random.Random(SEED)


def flips(n, share):
    return [int(generator.random() < share) for _ in range(n)]


def answers():
    cases = []
    for n, share, right in ((12, .5, .8), (90, .1, .7), (90, .43, .55), (438, .03, .9), (438, .7, .6)):
        truth = flips(n, share)
        said = [t if generator.random() < right else 1 - t for t in truth]
        if len(set(truth)) < 2 or len(set(said)) < 2:
            continue
        cases.append({'truth': truth, 'said': said, 'accuracy': metrics.accuracy_score(truth, said),
                      'precision': metrics.precision_score(truth, said), 'recall': metrics.recall_score(truth, said),
                      'specificity': metrics.recall_score(truth, said, pos_label=0), 'f1': metrics.f1_score(truth, said),
                      'balanced_accuracy': metrics.balanced_accuracy_score(truth, said),
                      'mcc': metrics.matthews_corrcoef(truth, said), 'kappa': metrics.cohen_kappa_score(truth, said)})
    return cases


def classes():
    """The published way with three classes: macro averages over those that occur, a division by zero is 0."""
    cases = []
    for n in (9, 40, 90):
        truth = [generator.choice('yna') for _ in range(n)]
        said = [t if generator.random() < .6 else generator.choice('yn' if n == 9 else 'yna') for t in truth]
        macro = {'average': 'macro', 'zero_division': 0}
        cases.append({'truth': ''.join(truth), 'said': ''.join(said), 'accuracy': metrics.accuracy_score(truth, said),
                      'precision': metrics.precision_score(truth, said, **macro), 'recall': metrics.recall_score(truth, said, **macro),
                      'f1': metrics.f1_score(truth, said, **macro)})
    return cases


def curves():
    cases = []
    for n, steps in ((10, 3), (60, 10), (200, 10 ** 6)):
        truth = flips(n, .35)
        truth[:2] = [0, 1]
        scores = [round(generator.gauss(t, 1.2) * steps) / steps for t in truth]
        fpr, tpr, _ = metrics.roc_curve(truth, scores, drop_intermediate=False)
        cases.append({'truth': truth, 'scores': scores, 'auc': metrics.roc_auc_score(truth, scores),
                      'ap': metrics.average_precision_score(truth, scores), 'fpr': list(fpr), 'tpr': list(tpr)})
    return cases


def taus():
    cases = []
    for n, values in ((5, 3), (12, 20), (40, 6)):
        one = [generator.randrange(values) for _ in range(n)]
        other = [a + generator.randrange(values) for a in one]
        cases.append({'one': one, 'other': other, 'tau': stats.kendalltau(one, other).statistic})
    return cases


def proportions():
    cases = []
    for k, n in ((0, 10), (1, 10), (8, 10), (20, 30), (90, 90), (283, 300)):
        interval = stats.binomtest(k, n).proportion_ci(method='wilson')
        cases.append({'k': k, 'n': n, 'low': interval.low, 'high': interval.high})
    return cases


def discordant():
    return [{'b': b, 'c': c, 'p': stats.binomtest(b, b + c).pvalue} for b, c in ((1, 6), (10, 3), (15, 0), (40, 61), (7, 7), (200, 260))]


def ratings(n_units, n_raters, missing):
    rows = []
    for _ in range(n_units):
        truth = generator.randrange(1, 6)
        rows.append([0 if generator.random() < missing else min(max(truth + generator.choice((-1, 0, 0, 0, 1, 2)), 1), 5)
                     for _ in range(n_raters)])
    return rows


def interval(a, b):
    return (a - b) ** 2


def ordinal(rows):
    """Krippendorff's ordinal difference: how many of all paired values lie between two, half of both included, squared."""
    said = [sum(row.count(value) for row in rows if sum(v > 0 for v in row) > 1) for value in range(6)]

    def distance(a, b):
        low, high = min(a, b), max(a, b)
        return (sum(said[low:high + 1]) - (said[low] + said[high]) / 2) ** 2
    return distance


def agreement():
    cases = []
    for n_units, n_raters, missing in ((20, 2, 0), (40, 5, 0), (60, 4, .3)):
        rows = ratings(n_units, n_raters, missing)
        triples = [(rater, unit, value) for unit, row in enumerate(rows) if sum(v > 0 for v in row) > 1
                   for rater, value in enumerate(row) if value]
        case = {'rows': rows, 'alpha_nominal': AnnotationTask(triples).alpha(),
                'alpha_ordinal': AnnotationTask(triples, distance=ordinal(rows)).alpha(),
                'alpha_interval': AnnotationTask(triples, distance=interval).alpha()}
        if not missing:
            counts = [[row.count(value) for value in range(1, 6)] for row in rows]
            case['fleiss'] = fleiss_kappa(counts)
            one, other = [row[0] for row in rows], [row[1] for row in rows]
            labels = [1, 2, 3, 4, 5]
            case['kappa'] = metrics.cohen_kappa_score(one, other, labels=labels)
            case['kappa_linear'] = metrics.cohen_kappa_score(one, other, labels=labels, weights='linear')
            case['kappa_quadratic'] = metrics.cohen_kappa_score(one, other, labels=labels, weights='quadratic')
        cases.append(case)
    return cases


def draws():
    """Statistics of patients that were drawn several times, or never."""
    cases = []
    for n, patients, digits in ((12, 5, 0), (90, 29, 1), (438, 120, 4)):
        who = [generator.randrange(patients) for _ in range(n)]
        truth = [i % 3 == 0 for i in range(n)]
        scores = [round(generator.gauss(t, 1.5), digits) for t in truth]
        # Every patient once at first: all are there.
        for times in [[1] * patients] + [[generator.choice((0, 0, 1, 1, 2, 3)) for _ in range(patients)] for _ in range(3)]:
            weights = [times[i] for i in who]
            repeated = numpy.repeat(scores, weights)
            cases.append({'patients': who, 'times': times, 'truth': [int(t) for t in truth], 'scores': scores,
                          'mean': float(numpy.mean(repeated)), 'median': float(numpy.median(repeated)),
                          'auc': metrics.roc_auc_score(truth, scores, sample_weight=weights),
                          'ap': metrics.average_precision_score(numpy.repeat(truth, weights), repeated)})
    return cases


def corrected():
    """BCa ends (Efron and Tibshirani 1993, 14.10 and 14.15) of resampled values that are given, by SciPy and NumPy."""
    cases = []
    for n, resamples in ((8, 200), (29, 500), (60, 999)):
        values = [round(generator.expovariate(.5), 3) for _ in range(n)]
        estimate = float(numpy.mean(values))
        drawn = [float(numpy.mean(generator.choices(values, k=n))) for _ in range(resamples)]
        left_out = [float(numpy.mean(values[:i] + values[i + 1:])) for i in range(n)]
        below = (numpy.sum(numpy.less(drawn, estimate)) + numpy.sum(numpy.equal(drawn, estimate)) / 2) / resamples
        bias = stats.norm.ppf(below)
        # The skewness of the jackknife's influences, over six times the root of their number.
        acceleration = stats.skew(numpy.mean(left_out) - numpy.array(left_out)) / (6 * n ** .5)
        ends = [bias + stats.norm.ppf(share) for share in (.025, .975)]
        shares = [stats.norm.cdf(bias + z / (1 - acceleration * z)) for z in ends]
        low, high = numpy.quantile(drawn, shares, method='weibull')
        cases.append({'estimate': estimate, 'drawn': drawn, 'left_out': left_out, 'low': float(low), 'high': float(high)})
    return cases


def orders():
    cases = []
    for n, values in ((4, 4), (7, 5), (12, 20)):
        one = [generator.randrange(values) for _ in range(n)]
        other = [generator.randrange(values) for _ in range(max(n - 2, 1))] + one[:2]
        cases.append({'reference': one, 'predicted': other, 'edit': nltk.edit_distance(one, other) / n})
    return cases


def errors():
    cases = []
    for n in (1, 6, 75):
        truth = [round(generator.uniform(0, 90), 1) for _ in range(n)]
        said = [round(t + generator.gauss(0, 4), 1) for t in truth]
        constant = [float(numpy.median(truth))] * n
        cases.append({'truth': truth, 'said': said, 'mean': metrics.mean_absolute_error(truth, said),
                      'median': metrics.median_absolute_error(truth, said),
                      'constant_mean': metrics.mean_absolute_error(truth, constant),
                      'constant_median': metrics.median_absolute_error(truth, constant)})
    return cases


def main():
    warnings.simplefilter('ignore')
    result = {'command': COMMAND, 'seed': SEED,
              'versions': {'sklearn': sklearn.__version__, 'scipy': scipy.__version__, 'nltk': nltk.__version__,
                           'statsmodels': statsmodels.__version__},
              'answers': answers(), 'classes': classes(), 'curves': curves(), 'taus': taus(), 'proportions': proportions(),
              'discordant': discordant(), 'agreement': agreement(), 'draws': draws(), 'corrected': corrected(),
              'orders': orders(), 'errors': errors()}
    # One line a case: a change shows where it is.
    parts = []
    for key, value in result.items():
        text = '[\n' + ',\n'.join(json.dumps(v) for v in value) + ']' if isinstance(value, list) else json.dumps(value)
        parts.append(f'{json.dumps(key)}: {text}')
    sys.stdout.write('{' + ',\n'.join(parts) + '}\n')


if __name__ == '__main__':
    main()
