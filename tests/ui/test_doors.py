#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offline no socket goes beyond this machine, by the window and by the command, as the system's own record of calls tells; and a key
stands nowhere that could be searched while a model is asked with it."""
import os
import re
import subprocess
from pathlib import Path

from runs_page import N_CHECKS, add_server, fill, find_in, main_title, notifications, open_new_run, serving
from semio_ui import Program, check, main

KEY = 'sk-ui-5c1d7e90ab34f2'
# Addresses that are set aside for examples: nobody answers there.
FAR = 'http://192.0.2.7:8000'
FAR_NAME = 'https://models.example'
CALLS = 'connect,sendto,sendmsg,sendmmsg'
ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")')


def strace(program, log):
    return ['strace', '-D', '-f', '-qq', '-e', f'trace={CALLS}', '-s', '64', '-o', log]


def addresses(log):
    """Every internet address that a call named."""
    return {(four or six, port) for port, four, six in ADDRESS.findall(log.read_text(errors='replace'))}


def beyond(log):
    return {address for address in addresses(log) if not address[0].startswith('127.') and address[0] != '::1'}


def set_offline(program, offline):
    """Settings that are kept in a file, so that command and window share them."""
    folder = program.home / 'config/glib-2.0/settings'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / 'keyfile').write_text(f'[io/github/semioscope/Semioscope]\noffline={str(offline).lower()}\n', encoding='utf-8')
    program.env['GSETTINGS_BACKEND'] = 'keyfile'


def predict(program, study, log, url, host, seconds=30):
    """Asks by the command under the record of calls until it ends or names an address beyond this machine."""
    process = subprocess.Popen([*strace(program, log), program.build / 'src/cli/semio', 'predict', study, '--run', 'Far', '--endpoint', url,
                                '--model', 'm', '--consent', host], env=program.env, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)
    try:
        program.wait_for(lambda: process.poll() is not None or (log.exists() and beyond(log)), f'an end of asking {url}', seconds)
    finally:
        if process.poll() is None:
            process.terminate()
        error = process.communicate()[1]
    return process.returncode, error


def command_stays_inside(build, source):
    with Program(build, source) as program:
        study = program.demonstration()
        set_offline(program, True)
        for number, (url, host) in enumerate(((FAR, '192.0.2.7:8000'), (FAR_NAME, 'models.example'))):
            log = program.home / f'calls-{number}.log'
            status, error = predict(program, study, log, url, host)
            check(status == 1 and 'ffline' in error, f'offline, {url} is refused in words: {status}, {error}')
            check(not beyond(log), f'no socket beyond this machine: {beyond(log)}')
        with serving(program) as server:
            log = program.home / 'calls-here.log'
            status = subprocess.run([*strace(program, log), program.build / 'src/cli/semio', 'predict', study, '--run', 'Here', '--endpoint',
                                     server.url, '--model', 'test-model', '--features', 'tonic', '--recordings', 'R06'],
                                    env=program.env, capture_output=True, check=False).returncode
            check(status == 0, 'this machine may be asked')
            check(('127.0.0.1', str(server.port)) in addresses(log) and not beyond(log), f'and it alone was: {addresses(log)}')
        # That the record would tell: with the door open the same command does go out.
        set_offline(program, False)
        log = program.home / 'calls-open.log'
        predict(program, study, log, FAR, '192.0.2.7:8000')
        check(('192.0.2.7', '8000') in beyond(log), f'with the door open it is seen: {addresses(log)}')


def window_stays_inside(build, source):
    with Program(build, source) as program, serving(program) as server, notifications(program):
        study = program.demonstration()
        log = program.home / 'calls.log'
        set_offline(program, True)
        program.start(study, under=strace(program, log))
        program.wait_shows('9 recordings', 120)
        open_new_run(program)
        program.press('New Run', 'Add Server…')
        program.focus_window('Add a Server')
        program.wait_for(lambda: program.is_active('Add a Server'), 'the dialog to take the keys')
        for url in (FAR, FAR_NAME):
            fill(program, 'Add a Server', 'Address, as http://127.0.0.1:8000', url)
            program.press('Add a Server', 'Test')
            program.wait_for(lambda: find_in(program, 'Add a Server', lambda text: 'ffline' in text), f'{url} to be refused in words')
        program.focus_window('Add a Server')
        program.keys('Escape')
        program.wait_closed('Add a Server')
        add_server(program, server, 'Loopback')
        check(('127.0.0.1', str(server.port)) in addresses(log), f'this machine was asked: {addresses(log)}')
        check(not beyond(log), f'no socket beyond this machine: {beyond(log)}')
        program.focus_window('New Run')
        program.keys('Escape')
        program.wait_closed('New Run')
        program.close()
        check(not beyond(log), f'none to the end: {beyond(log)}')


def holders(folder):
    """Files below that hold the key."""
    return [path for path in Path(folder).rglob('*') if path.is_file() and KEY.encode() in path.read_bytes()]


def told_by_system(pid):
    """What others may read of a program: its words, surroundings, open files and mapped names."""
    found = []
    for name in ('cmdline', 'environ', 'comm', 'status', 'maps'):
        try:
            if KEY.encode() in Path(f'/proc/{pid}/{name}').read_bytes():
                found.append(name)
        except OSError:
            continue  # a program that has just ended tells nothing
    try:
        found += [link for link in os.listdir(f'/proc/{pid}/fd') if KEY in os.readlink(f'/proc/{pid}/fd/{link}')]
    except OSError:
        pass
    return found


def family(pid):
    """The program and the helpers it started."""
    below = subprocess.run(['pgrep', '-P', str(pid)], capture_output=True, text=True, check=False).stdout.split()
    return [pid, *map(int, below)]


def key_stands_nowhere(build, source):
    with Program(build, source) as program, serving(program, '--key', KEY) as server, notifications(program):
        study = program.demonstration()
        set_offline(program, False)
        program.start(study)
        program.wait_shows('9 recordings')
        open_new_run(program)
        add_server(program, server, 'Locked', KEY)
        # No keyring answers on the bus of a test, and that is told.
        program.wait_shows('The key is kept for this session only')
        program.focus()
        program.keys('Escape')
        program.wait_for(lambda: not program.shows('The key is kept for this session only'), 'the message to go')
        program.focus_window('New Run')
        program.press('New Run', 'Next')
        program.wait_shows('This machine.')
        check(not program.shows(KEY), 'the key is not on screen')
        # The run is in the middle of its questions while the key is looked for.
        server.allow(N_CHECKS + 25)
        program.press('New Run', 'Start')
        program.wait_closed('New Run')
        program.wait_for(lambda: server.n_answered() > 20, 'answers with the key', 120)
        check(all(request['has_key'] for request in server.requests()), 'each request has the key')
        for pid in family(program.process.pid):
            check(not told_by_system(pid), f'the system tells the key of {pid}: {told_by_system(pid)}')
        check(not holders(program.home), f'while it runs: {holders(program.home)}')
        program.press(main_title(program), 'Stop')
        program.wait_shows('was stopped:')
        program.close()
        program.log.flush()
        check(not holders(program.home), f'afterwards, logs and settings among them: {holders(program.home)}')
        check((program.home / 'config/glib-2.0/settings/keyfile').exists(), 'the settings stand in a file that was searched')


if __name__ == '__main__':
    main(command_stays_inside, window_stays_inside, key_stands_nowhere)
