# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessible tree, read over the accessibility bus itself.

The usual client library keeps a cache that it frees while it is being walked; a test must not crash for that.
"""
from gi.repository import Gio, GLib

ACCESSIBLE = 'org.a11y.atspi.Accessible'
STATES = {'active': 1, 'checked': 4, 'enabled': 8, 'expanded': 10, 'focused': 12, 'pressed': 20, 'selected': 23, 'sensitive': 24, 'showing': 25}
WINDOW_COORDINATES = 1


class Node:
    """One accessible: a name on the bus and a path."""

    def __init__(self, connection, bus_name, path):
        self.connection, self.bus_name, self.path = connection, bus_name, path

    def call(self, interface, method, arguments=None):
        """What the method returns, None when the object is gone."""
        try:
            reply = self.connection.call_sync(self.bus_name, self.path, interface, method, arguments, None,
                                              Gio.DBusCallFlags.NONE, 5000, None)
        except GLib.Error:
            return None
        return reply.unpack()

    def property(self, interface, name):
        reply = self.call('org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (interface, name)))
        return reply[0] if reply else None

    def name(self):
        return self.property(ACCESSIBLE, 'Name') or ''

    def role(self):
        reply = self.call(ACCESSIBLE, 'GetRoleName')
        return reply[0] if reply else ''

    def has_state(self, state):
        reply = self.call(ACCESSIBLE, 'GetState')
        bit = STATES[state]
        return bool(reply and reply[0][bit // 32] >> (bit % 32) & 1)

    def value(self):
        return self.property('org.a11y.atspi.Value', 'CurrentValue')

    def has_place(self):
        """GTK 4.8 tells “showing” of windows alone; what has no size is not on screen."""
        reply = self.call('org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (WINDOW_COORDINATES,)))
        return bool(reply and reply[0][2] > 0 and reply[0][3] > 0)

    def place(self):
        """x, y, width, height in the window."""
        reply = self.call('org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (WINDOW_COORDINATES,)))
        return reply[0] if reply else None

    def children(self):
        reply = self.call(ACCESSIBLE, 'GetChildren')
        return [Node(self.connection, name, path) for name, path in reply[0]] if reply else []

    def walk(self, depth=0):
        """Everything below, with names, in the order of the tree."""
        if depth > 60:
            return
        for child in self.children():
            yield child, child.name()
            yield from child.walk(depth + 1)


class Tree:
    """The accessibility bus of the session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                    Gio.DBusCallFlags.NONE, 60000, None).unpack()[0]
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def is_up(self):
        """Whether the registry answers; asking starts it."""
        return Node(self.connection, 'org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root').call(ACCESSIBLE, 'GetState') is not None

    def find_application(self, pid):
        """The program of this process, None while it has not announced itself."""
        desktop = Node(self.connection, 'org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root')
        bus = Node(self.connection, 'org.freedesktop.DBus', '/org/freedesktop/DBus')
        for application in desktop.children():
            reply = bus.call('org.freedesktop.DBus', 'GetConnectionUnixProcessID', GLib.Variant('(s)', (application.bus_name,)))
            if reply and reply[0] == pid:
                return application
        return None
