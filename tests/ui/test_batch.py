#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions are written into files by the command, answered elsewhere and read back: the same as asking a server, in whatever order and
however often the results come, and never into another study."""
import json
import sqlite3
import urllib.request

from runs_page import asked_by_command, serving
from semio_ui import Program, check, main

FEATURES = ('--features', 'tonic,clonic,ictal_vocalization', '--onset', '--narrative')
# So small that the questions of the demonstration need several files.
MAX_BYTES = 30_000_000


def written(program, study, folder, run, *options):
    report = program.semio_json('batch', 'write', study, folder, '--run', run, '--model', 'test-model', *options)
    files = sorted(folder.glob('questions-*.jsonl'))
    check(len(files) == report['files'], f'as many files as told: {files}, {report}')
    return report, [line for file in files for line in file.read_text(encoding='utf-8').splitlines()]


def answered(server, line):
    """What a batch service makes of a line."""
    question = json.loads(line)
    request = urllib.request.Request(server.url + question['url'], json.dumps(question['body'], ensure_ascii=False).encode(),
                                     {'Content-Type': 'application/json'})
    with urllib.request.urlopen(request) as reply:
        body = json.load(reply)
    return json.dumps({'id': f'request-{question["custom_id"][:6]}', 'custom_id': question['custom_id'],
                       'response': {'status_code': 200, 'request_id': 'r', 'body': body}, 'error': None})


def answers(program, study, run):
    """All that stands of a run: what was asked, what was answered and why, and whether it had to be repaired."""
    uuid = next(r['uuid'] for r in program.semio_json('info', study)['runs'] if r['name'] == run)
    with sqlite3.connect(f'file:{study}?mode=ro', uri=True) as database:
        return database.execute(
            'SELECT p.recording_id, p.feature_id, p.segment, p.kind, p.attempt, p.answer, p.onset_ns, x.text, r.state, r.problem '
            'FROM prediction AS p JOIN reply AS r USING (recording_id, run_id, feature_id, segment, kind, attempt, import_id) '
            'LEFT JOIN explanation AS x USING (recording_id, run_id, feature_id, segment, kind, attempt, import_id) '
            'WHERE p.run_id = (SELECT id FROM run WHERE uuid = ?) ORDER BY 1, 2, 3, 4, 5', (bytes.fromhex(uuid.replace('-', '')),)).fetchall()


def read_back_equals_live(build, source):
    with Program(build, source) as program, serving(program) as server:
        study = program.demonstration()
        folder = program.home / 'batch'
        live = asked_by_command(program, study, server, 'Live', *FEATURES)
        report, lines = written(program, study, folder, 'Batch', *FEATURES, '--max-bytes', MAX_BYTES)
        check(report['files'] > 2 and len(lines) == report['questions'] == live['questions'], f'all questions in several files: {report}')
        results = [answered(server, line) for line in reversed(lines)]
        third = len(results) // 3
        parts = [program.home / f'result-{number}.jsonl' for number in range(3)]
        parts[0].write_text('\n'.join(results[:third]) + '\n', encoding='utf-8')
        # The second brings some again, the third ends without a line end.
        parts[1].write_text('\n'.join(results[third // 2:2 * third]) + '\n', encoding='utf-8')
        parts[2].write_text('\n'.join(results[2 * third:]), encoding='utf-8')
        first = program.semio_json('batch', 'read', study, parts[0])
        # What came without a usable answer stays open for a better one.
        check(first['kept'] == third and first['open'] == len(lines) - first['usable'], f'a part of them: {first}')
        rest = program.semio_json('batch', 'read', study, parts[2], parts[1])
        check(rest['kept'] == len(lines) - third and rest['open'] == live['failed'] and rest['repeated'] == third - third // 2, f'the rest of them: {rest}')
        again = program.semio_json('batch', 'read', study, *parts)
        check(again['kept'] == 0, f'nothing twice: {again}')
        differing = [pair for pair in zip(answers(program, study, 'Batch'), answers(program, study, 'Live')) if pair[0] != pair[1]]
        check(not differing, f'the same answers as the server gave, word for word: {differing[:2]}')
        check(len(answers(program, study, 'Batch')) == len(lines), 'one for each question')
        check(program.semio_json('verify', study)['good'], 'the study is good')


def other_study_is_refused(build, source):
    with Program(build, source) as program, serving(program) as server:
        study = program.demonstration()
        other = program.home / 'Other.semio'
        video = next(study.parent.rglob('*.mp4'))
        program.semio('new', other)
        program.semio('add', other, video)
        _report, lines = written(program, study, program.home / 'one', 'Batch', '--features', 'tonic', '--recordings', 'R06')
        written(program, other, program.home / 'two', 'Batch', '--features', 'tonic')
        result = program.home / 'result.jsonl'
        result.write_text('\n'.join(answered(server, line) for line in lines), encoding='utf-8')
        program.semio('batch', 'read', other, result, expect=1)
        check(answers(program, other, 'Batch') == [], 'nothing of it is written')
        check(program.semio_json('batch', 'read', study, result)['kept'] == len(lines), 'its own study takes it')


if __name__ == '__main__':
    main(read_back_equals_live, other_study_is_refused)
