# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program under a virtual display: real keys, the accessible tree, the study file.

Every test runs in a display and a session bus of its own, with its own HOME and memory settings, and leaves nothing behind.
Nothing sleeps for luck: wait_for() polls a condition and fails with words.
"""
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from accessible import Tree, with_place, with_state

APPLICATION_ID = 'io.github.semioscope.Semioscope'

# No wait is meant to last so long: a machine that does other work beside must not fail a test.
PATIENCE_S = 45
# A path is typed again when it does not stand in the entry after a while.
TYPING_ATTEMPTS = 5
TYPING_S = 5


# A display without a settings daemon or a session manager lets other domains complain; that is not the program's fault.
WARNING = re.compile(r'^\([\w-]+:\d+\): (Gtk|Gdk|Gsk|Adwaita|Pango|GLib|GLib-GObject|semioscope|Semio\w*)-(WARNING|CRITICAL) \*\*')


class Failure(AssertionError):
    """What a test expected and did not see."""


class Program:
    """The application and the command line of one build, in one private home."""

    def __init__(self, build, source, width=1280, height=800):
        self.build, self.source = Path(build), Path(source)
        self.width, self.height = width, height
        self.home = Path(tempfile.mkdtemp(prefix='semio-ui-'))
        self.process = None
        self._tree = None
        self._application = None  # of the process that runs
        self.log = open(self.home / 'program.log', 'w+', encoding='utf-8')
        self.env = {
            **os.environ,
            'HOME': str(self.home),
            'XDG_DATA_HOME': str(self.home / 'data'),
            'XDG_CONFIG_HOME': str(self.home / 'config'),
            'XDG_CACHE_HOME': str(self.home / 'cache'),
            'GSETTINGS_BACKEND': 'memory',
            'GSETTINGS_SCHEMA_DIR': str(self.build / 'data'),
            'SEMIO_HELPER': str(self.build / 'src/helper/semioscope-media'),
            'SEMIO_DATA_DIR': str(self.source / 'data'),
            'SEMIO_AUDIO_SINK': 'fakesink',
            'GSK_RENDERER': 'cairo',
            'LANGUAGE': 'en',
        }

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.screenshot(Path(os.environ.get('SEMIO_UI_PICTURES', tempfile.gettempdir())) / f'failed-{Path(sys.argv[0]).stem}.png')
            self.log.flush()
            print('# program log: ' + (self.home / 'program.log').read_text()[-3000:].replace('\n', '\n# '), flush=True)
        self.kill()
        warnings = self.warnings()
        shutil.rmtree(self.home, ignore_errors=True)
        if kind is None and warnings:
            raise Failure('the program warned: ' + '; '.join(warnings[:4]))

    def warnings(self):
        """What the program, or a library under it, found wrong with itself. A session must log none."""
        self.log.flush()
        return [line for line in (self.home / 'program.log').read_text(errors='replace').splitlines() if WARNING.match(line)]

    # ── the command line ───────────────────────────────────────────────────────────────────────────────────────

    def semio(self, *words, expect=0):
        """Runs semio; returns what it printed. expect is the exit code."""
        done = subprocess.run([self.build / 'src/cli/semio', *map(str, words)], env=self.env, capture_output=True, text=True, timeout=240)
        if done.returncode != expect:
            raise Failure(f'semio {" ".join(map(str, words))}: exit {done.returncode}\n{done.stdout}\n{done.stderr}')
        return done.stdout

    def semio_json(self, *words, expect=0):
        return json.loads(self.semio(*words, '--json', expect=expect))

    def demonstration(self):
        """A copy of the demonstration study of this build, which the test of making one leaves, or the first test that asks."""
        made = self.build / 'tests/ui/demonstration'
        # A build without tests has no such folder.
        made.parent.mkdir(parents=True, exist_ok=True)
        # Tests run side by side: one makes it, the others wait.
        with open(self.build / 'tests/ui/demonstration.lock', 'w', encoding='utf-8') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (made / 'Demonstration.semio').exists():
                unfinished = Path(str(made) + '.part')
                shutil.rmtree(unfinished, ignore_errors=True)
                self.semio('demo', unfinished)
                unfinished.rename(made)
        folder = self.home / 'demonstration'
        shutil.copytree(made, folder)
        return folder / 'Demonstration.semio'

    # ── the window ─────────────────────────────────────────────────────────────────────────────────────────────

    def start(self, *arguments, under=()):
        """Starts the window; under is a command that it runs below, with less rights for instance."""
        # A program that finds no accessibility bus within its patience never asks again, so the bus and its registry are
        # brought up before it.
        self.wait_for(lambda: self.tree().is_up(), 'the accessibility bus', 60)
        self._application = None
        self.process = subprocess.Popen([*under, self.build / 'src/app/semioscope', *map(str, arguments)], env=self.env,
                                        stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        window = self.wait_for(self.windows, 'a window of the program')[0]
        subprocess.run(['xdotool', 'windowmove', window, '0', '0', 'windowsize', window, str(self.width), str(self.height)], check=True)
        self.focus()
        self.wait_for(self.application, 'the program in the accessible tree')

    def check_runs(self):
        """Nothing more comes of a program that ended, so that no time is waited out."""
        if self.process and self.process.poll() is not None:
            self.log.flush()
            raise Failure(f'the program ended with {self.process.returncode}')

    def windows(self):
        self.check_runs()
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)], capture_output=True, text=True)
        return found.stdout.split()

    def focus(self):
        for window in self.windows()[-1:]:
            subprocess.run(['xdotool', 'windowfocus', '--sync', window], check=False, timeout=10, stderr=subprocess.DEVNULL)

    def kill(self):
        """kill -9, and wait until it and its helpers are gone."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait(20)
        self.process = None

    def close(self):
        """Closes the window as a person would and waits for the program's end."""
        self.action('quit')
        self.process.wait(20)
        self.process = None

    def keys(self, *names):
        """Presses keys, one after the other, with their modifiers: keys('alt+Right', '3')."""
        for name in names:
            subprocess.run(['xdotool', 'key', '--clearmodifiers', name], check=True)
            time.sleep(0.05)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '15', text], check=True)

    def point(self, x, y):
        """Moves the pointer and waits for it.

        A pointer that is there already leaves first: asked to wait for such a one, xdotool waits 15 s for it to leave, and
        what came under a pointer that rests hears of it by a motion alone.
        """
        shell = subprocess.run(['xdotool', 'getmouselocation', '--shell'], check=True, capture_output=True, text=True).stdout
        place = dict(line.split('=') for line in shell.split())
        if (int(place['X']), int(place['Y'])) == (int(x), int(y)):
            subprocess.run(['xdotool', 'mousemove', '--sync', str(int(x) + 2), str(y)], check=True)
        subprocess.run(['xdotool', 'mousemove', '--sync', str(x), str(y)], check=True)

    def click(self, x, y, button=1):
        self.point(x, y)
        subprocess.run(['xdotool', 'click', str(button)], check=True)

    def action(self, name, argument=None):
        parameters = f'[{argument}]' if argument else '[]'
        subprocess.run(['gdbus', 'call', '--session', '--dest', APPLICATION_ID, '--object-path', '/io/github/semioscope/Semioscope',
                        '--method', 'org.gtk.Actions.Activate', name, parameters, '{}'], check=True, env=self.env, capture_output=True)

    def window_action(self, name, argument=None):
        parameters = f'[{argument}]' if argument else '[]'
        subprocess.run(['gdbus', 'call', '--session', '--dest', APPLICATION_ID, '--object-path', '/io/github/semioscope/Semioscope/window/1',
                        '--method', 'org.gtk.Actions.Activate', name, parameters, '{}'], check=True, env=self.env, capture_output=True)

    def add_person(self, name):
        """Adds who rates in the dialog, by the keyboard, and chooses them."""
        self.wait_shows('Choose who rates')
        self.window_action('add-person')
        self.wait_shows('Name or pseudonym')
        self.wait_for(lambda: len(self.windows()) > 1, 'the dialog')
        self.focus()
        self.wait_for(lambda: self.is_active('Who Rates'), 'the dialog to take the keys')
        self.type(name)
        self.keys('Return')
        self.wait_shows(f'Rating as {name}')
        self.focus()

    def choose_person(self, name, study):
        """Chooses a known person, as the menu at the person’s name does."""
        uuid = next(p['uuid'] for p in self.semio_json('info', study)['persons'] if p['name'] == name)
        self.wait_shows('Choose who rates')
        self.window_action('person', f"<'{uuid}'>")
        self.wait_shows(f'Rating as {name}')

    def open_first_item(self):
        """What the button “Start Rating” does: the first item of the person’s queue."""
        self.window_action('rate-next')
        self.wait_shows('frame ')

    def find_window(self, title):
        """The X window of this title, None when there is none."""
        found = subprocess.run(['xdotool', 'search', '--all', '--onlyvisible', '--pid', str(self.process.pid), '--name', f'^{re.escape(title)}$'],
                               capture_output=True, text=True)
        return next(iter(found.stdout.split()), None)

    def focus_window(self, title):
        """Waits for a window and gives it the keys, as a window manager would."""
        window = self.wait_for(lambda: self.find_window(title), f'the window “{title}”')
        subprocess.run(['xdotool', 'windowfocus', '--sync', window], check=False, timeout=10, stderr=subprocess.DEVNULL)

    def is_closed(self, title):
        """The accessible tree too: a search over windows ends early when one of them goes meanwhile."""
        return self.find_window(title) is None and all(frame.name() != title for frame in self.application().children())

    def wait_closed(self, title, seconds=PATIENCE_S):
        self.wait_for(lambda: self.is_closed(title), f'“{title}” to close', seconds)
        self.focus()

    def find_control(self, name, role='button'):
        """A control by its name; GTK 4.8 says the name of one with a mnemonic twice."""
        def is_it(text):
            bare = text.replace('_', '')
            return bare in (name, f'{name} {name}')
        return self.find(is_it, role)

    def press(self, title, name, role='button'):
        """Clicks a control of the window of this title, which stands where that window stands, when it can be clicked."""
        control = self.wait_for(lambda: self.find_control(name, role), f'“{name}”')
        self.wait_for(lambda: control.has_state('sensitive'), f'“{name}” to be possible')
        self.press_node(title, control)

    def origin_of(self, title):
        """Where on the screen the places of a window's parts count from: its own shadow lies around them."""
        shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', self.find_window(title)], check=True, capture_output=True, text=True)
        window = dict(line.split('=') for line in shell.stdout.split())
        frame = next(child for child in self.application().children() if child.name() == title).place()
        return [int(window[corner]) + (int(window[size]) - frame[index]) // 2
                for corner, size, index in (('X', 'WIDTH', 2), ('Y', 'HEIGHT', 3))]

    def press_node(self, title, node):
        origin, place = self.origin_of(title), node.place()
        self.click(origin[0] + place[0] + place[2] // 2, origin[1] + place[1] + place[3] // 2)

    def close_dialog(self):
        """Closes the dialog over the window by Escape and gives the keys back."""
        self.focus()
        self.keys('Escape')
        self.wait_for(lambda: len(self.windows()) == 1, 'the dialog to close')
        self.focus()

    def entry_text(self, title):
        """What stands in the entry of the window of this title that has the keys, None when none of its entries has."""
        for frame in self.application().children():
            if frame.name() == title:
                focused = with_state([node for node, _name in frame.walk()], 'focused')
                return next((text for text in (node.text() for node in focused) if text is not None), None)
        return None

    def choose_file(self, path, title, saves=False):
        """Types a path into the file dialog of this title and accepts it."""
        self.focus_window(title)
        for _attempt in range(TYPING_ATTEMPTS):
            if not saves:
                self.keys('ctrl+l')
            if not self.comes_true(lambda: self.entry_text(title) is not None, TYPING_S):
                continue
            self.keys('ctrl+a')
            self.type(str(path))
            # Until the dialog has read its folder, it may take a key for itself. What it completes comes behind.
            if self.comes_true(lambda: (self.entry_text(title) or '').startswith(str(path)), TYPING_S):
                break
        check((self.entry_text(title) or '').startswith(str(path)), f'“{path}” stands in the entry of “{title}”')
        time.sleep(0.3)  # its completion lags behind the keys
        self.keys('Return')

    def picture(self, name):
        """Keeps a picture when somebody asked for pictures."""
        if 'SEMIO_UI_PICTURES' in os.environ:
            self.screenshot(Path(os.environ['SEMIO_UI_PICTURES']) / f'{name}.png')

    def screenshot(self, path):
        subprocess.run(['import', '-window', 'root', str(path)], check=False)
        print(f'# picture {path}', flush=True)

    # ── the accessible tree ────────────────────────────────────────────────────────────────────────────────────

    def application(self):
        self.check_runs()
        if self._application is None:
            self._application = self.tree().find_application(self.process.pid)
        return self._application

    def tree(self):
        if self._tree is None:
            self._tree = Tree()
        return self._tree

    def walk(self):
        """Every accessible of the program, with its name."""
        application = self.application()
        return application.walk() if application else ()

    def is_active(self, title):
        """Whether the keys go to the window of this title."""
        application = self.application()
        return application is not None and any(
            frame.name() == title and frame.has_state('active') for frame in application.children())

    def names(self):
        """Names of all that has a place in the window, for looking through."""
        named = [(node, name) for node, name in self.walk() if name]
        shown = {node.path for node in with_place([node for node, _name in named])}
        return [name for node, name in named if node.path in shown]

    def find(self, name, role=None):
        """The first accessible in the window whose name is, or satisfies, name."""
        for node, text in self.walk():
            if not (name(text) if callable(name) else text == name):
                continue
            if (role is None or node.role() == role) and node.has_place():
                return node
        return None

    def shows(self, part):
        """Whether a name on screen contains the words."""
        return self.find(lambda text: part in text) is not None

    def wait_shows(self, part, seconds=PATIENCE_S):
        self.wait_for(lambda: self.shows(part), f'“{part}” on screen', seconds)

    def comes_true(self, condition, seconds):
        """What the condition says as soon as it says something, None when it does not within the time."""
        end = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > end:
                return None
            time.sleep(0.05)

    def wait_for(self, condition, what, seconds=PATIENCE_S):
        value = self.comes_true(condition, seconds)
        if not value:
            raise Failure(f'waited {seconds} s for {what}')
        return value


def check(condition, what):
    if not condition:
        raise Failure(what)


def main(*tests):
    """Runs test functions and prints TAP."""
    build, source = sys.argv[1:3]
    wanted = sys.argv[3:]
    chosen = [t for t in tests if not wanted or t.__name__ in wanted]
    print(f'1..{len(chosen)}', flush=True)
    bad = 0
    for number, test in enumerate(chosen, 1):
        start = time.monotonic()
        try:
            test(build, source)
            print(f'ok {number} {test.__name__} # {time.monotonic() - start:.1f} s', flush=True)
        except Exception as error:  # a test must report whatever went wrong
            bad += 1
            import traceback
            print('# ' + traceback.format_exc().replace('\n', '\n# '))
            print(f'not ok {number} {test.__name__}: {str(error).splitlines()[0] if str(error) else type(error).__name__}', flush=True)
    sys.exit(1 if bad else 0)
