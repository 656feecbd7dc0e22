#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves by trying that a forbidden include does not compile, and that an allowed one does.

For each folder of src/ a file is compiled with the very flags the build uses for that folder, once with a header it
may include, once with each header it must not.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BUILD, SOURCE = Path(sys.argv[1]), Path(sys.argv[2])

# folder: (headers that must compile, headers that must not)
CASES = {
    'base': (['glib.h', 'semio-uuid.h'], ['semio-rating.h', 'sqlite3-by-folder', 'gst/gst.h', 'gtk/gtk.h', 'adwaita.h']),
    'model': (['semio-uuid.h', 'semio-rating.h'], ['semio-database.h', 'semio-player.h', 'semio-study.h', 'gst/gst.h', 'gtk/gtk.h']),
    'store': (['semio-rating.h', 'semio-database.h'], ['semio-player.h', 'semio-csv-reader.h', 'semio-metrics.h', 'semio-study.h', 'gst/gst.h', 'gtk/gtk.h']),
    'media': (['semio-frame-index.h', 'semio-player.h'], ['semio-database.h', 'semio-csv-reader.h', 'semio-study.h', 'gst/gst.h', 'gtk/gtk.h']),
    'mllm': (['semio-model-reply.h', 'semio-transfer.h'], ['semio-database.h', 'semio-player.h', 'semio-metrics.h', 'semio-csv-reader.h', 'semio-study.h', 'gst/gst.h', 'gtk/gtk.h']),
    'charts': (['semio-figure.h', 'semio-chart.h'], ['semio-database.h', 'semio-player.h', 'semio-csv-reader.h', 'semio-study.h', 'gst/gst.h', 'gtk/gtk.h']),
    'stats': (['semio-answer.h', 'semio-metrics.h'], ['semio-database.h', 'semio-player.h', 'semio-csv-reader.h', 'gst/gst.h', 'gtk/gtk.h']),
    'exchange': (['semio-answer.h', 'semio-csv-reader.h'], ['semio-database.h', 'semio-player.h', 'semio-metrics.h', 'gst/gst.h', 'gtk/gtk.h']),
    'session': (['semio-database.h', 'semio-player.h', 'semio-study.h'], ['semio-timeline.h', 'semio-window.h', 'gst/gst.h', 'gtk/gtk.h', 'adwaita.h']),
    'helper': (['semio-frame-index.h', 'gst/gst.h'], ['semio-database.h', 'semio-study.h', 'gtk/gtk.h']),
    'paintable': (['semio-frame.h', 'gtk/gtk.h'], ['semio-study.h', 'semio-database.h', 'gst/gst.h', 'adwaita.h']),
    'timeline': (['semio-review.h', 'gtk/gtk.h'], ['semio-window.h', 'gst/gst.h', 'adwaita.h']),
    'app': (['semio-study.h', 'gtk/gtk.h', 'adwaita.h'], ['gst-by-folder']),
    'cli': (['semio-study.h'], ['gtk/gtk.h', 'adwaita.h', 'semio-timeline.h']),
}


def flags_of(folder, commands):
    """The include paths and defines with which the build compiles a file of the folder."""
    for entry in commands:
        path = (Path(entry['directory']) / entry['file']).resolve()
        if path.parent == SOURCE / 'src' / folder:
            words = entry['command'].split()
            flags = [w for w in words if re.match(r'-(I|isystem|D|std)', w)]
            return flags, entry['directory'], words
    raise SystemExit(f'nothing of src/{folder} is compiled')


def compiles(header, flags, directory):
    with tempfile.NamedTemporaryFile('w', suffix='.c') as source:
        source.write(f'#include <{header}>\nint main (void) {{ return 0; }}\n')
        source.flush()
        done = subprocess.run(['cc', '-fsyntax-only', *flags, source.name], cwd=directory, capture_output=True, text=True)
        return done.returncode == 0, done.stderr


def main():
    commands = json.loads((BUILD / 'compile_commands.json').read_text())
    number, bad = 0, 0
    lines = []

    def report(ok, text):
        nonlocal number, bad
        number += 1
        bad += not ok
        lines.append(f'{"ok" if ok else "not ok"} {number} {text}')

    for folder, (allowed, forbidden) in CASES.items():
        flags, directory, _ = flags_of(folder, commands)
        for header in allowed:
            ok, why = compiles(header, flags, directory)
            report(ok, f'{folder} may include {header}' + ('' if ok else f'\n# {why}'))
        for header in forbidden:
            if header.endswith('-by-folder'):
                continue
            ok, _ = compiles(header, flags, directory)
            report(not ok, f'{folder} may not include {header}')
    # System headers in /usr/include are in reach of every compiler, so there the source check must refuse.
    for folder, header in (('base', '<sqlite3.h>'), ('app', '<gst/gst.h>'), ('model', '<curl/curl.h>'), ('session', '<gtk/gtk.h>')):
        with tempfile.TemporaryDirectory() as root:
            place = Path(root) / 'src' / folder
            place.mkdir(parents=True)
            (place / 'semio-trial.c').write_text(f'/* SPDX-License-Identifier: GPL-3.0-or-later */\n#include {header}\n')
            subprocess.run(['git', 'init', '-q', root], check=True)
            done = subprocess.run([SOURCE / 'tools' / 'check-source', root], capture_output=True, text=True)
            report(done.returncode == 1 and 'may not include' in done.stdout, f'the source check refuses {header} in {folder}')
    print(f'1..{number}')
    print('\n'.join(lines))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
