#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents speak of every folder of src/, and of no file that is gone."""
import re
import sys
from pathlib import Path

SOURCE = Path(sys.argv[1])
text = (SOURCE / 'docs' / 'architecture.md').read_text()
results = []
for folder in sorted(p.name for p in (SOURCE / 'src').iterdir() if p.is_dir()):
    results.append((f'`{folder}/`' in text, f'docs/architecture.md speaks of src/{folder}'))
for document in [*sorted((SOURCE / 'docs').glob('*.md')), SOURCE / 'README.md', SOURCE / 'CONTRIBUTING.md']:
    for name in sorted(set(re.findall(r'`((?:src|tests|tools|data|docs|ui|po|flatpak|prompts)/[\w./-]+)`', document.read_text()))):
        results.append(((SOURCE / name).exists(), f'{document.name} names {name}, which exists'))
print(f'1..{len(results)}')
for number, (ok, what) in enumerate(results, 1):
    print(f'{"ok" if ok else "not ok"} {number} {what}')
sys.exit(0 if all(ok for ok, _ in results) else 1)
