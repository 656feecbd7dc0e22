#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small window of another program from which files are dragged, as a file manager offers them: drag_source.py X Y FILE…"""
import sys
from pathlib import Path

import gi

gi.require_version('Gdk', '3.0')
gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402

SIZE_PX = 60


def main():
    x, y = int(sys.argv[1]), int(sys.argv[2])
    uris = [Path(name).absolute().as_uri() for name in sys.argv[3:]]
    window = Gtk.Window(title='Files to drag', decorated=False)
    window.set_default_size(SIZE_PX, SIZE_PX)
    area = Gtk.EventBox()
    area.add(Gtk.Label(label='files'))
    window.add(area)
    area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    area.drag_source_add_uri_targets()
    area.connect('drag-data-get', lambda _widget, _context, data, _info, _time: data.set_uris(uris))
    area.connect('drag-end', lambda _widget, _context: Gtk.main_quit())
    window.connect('map-event', lambda _widget, _event: print('ready', flush=True))
    window.show_all()
    window.move(x, y)
    Gtk.main()


main()
