#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents speak of every folder of src/, and of no file that is gone; the overview of keys tells a key of every action."""
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
MODIFIERS = {'GDK_SHIFT_MASK': '<shift>', 'GDK_CONTROL_MASK': '<ctrl>', 'GDK_ALT_MASK': '<alt>', 'ANY_SHIFT': '', '0': ''}
overview = (SOURCE / 'ui' / 'help-overlay.ui').read_text()
shown = {key.replace('&lt;', '<').replace('&gt;', '>')
         for keys in re.findall(r'name="accelerator">([^<]*)<', overview) for key in keys.replace('...', ' ').split()}
actions = {}
for key, modifiers, action in re.findall(r'\{ GDK_KEY_(\w+), ([\w| ]+), \{ "([\w-]+)"', (SOURCE / 'src/app/semio-key-map.c').read_text()):
    said = sorted((MODIFIERS[name.strip()] for name in modifiers.split('|')), key=['<ctrl>', '<alt>', '<shift>', ''].index)
    actions.setdefault(action, []).append(''.join(said) + key)
results.append((len(actions) > 30, f'{len(actions)} actions have keys'))
for action, keys in sorted(actions.items()):
    results.append((bool(shown & set(keys)), f'ui/help-overlay.ui tells a key of {action}: {", ".join(keys)}'))
print(f'1..{len(results)}')
for number, (ok, what) in enumerate(results, 1):
    print(f'{"ok" if ok else "not ok"} {number} {what}')
sys.exit(0 if all(ok for ok, _ in results) else 1)
