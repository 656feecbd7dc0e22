# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessible tree, read over the accessibility bus itself.

The usual client library keeps a cache that it frees while it is being walked; a test must not crash for that.
"""
from gi.repository import Gio, GLib

ACCESSIBLE = 'org.a11y.atspi.Accessible'
TEXT = 'org.a11y.atspi.Text'
STATES = {'active': 1, 'checked': 4, 'enabled': 8, 'expanded': 10, 'focusable': 11, 'focused': 12, 'pressed': 20, 'selected': 23, 'sensitive': 24, 'showing': 25}
WINDOW_COORDINATES = 1
DEEPEST = 60


def call_all(connection, calls):
    """What many calls return, in their order and None where the object is gone, while all of them are on their way."""
    replies, left = [None] * len(calls), len(calls)

    def done_cb(_connection, result, index):
        nonlocal left
        left -= 1
        try:
            replies[index] = connection.call_finish(result).unpack()
        except GLib.Error:
            pass

    for index, (bus_name, path, interface, method, arguments) in enumerate(calls):
        connection.call(bus_name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 5000, None, done_cb, index)
    while left > 0:
        GLib.MainContext.default().iteration(True)
    return replies


def has_size(reply):
    """Whether the reply to a call for a place tells of one."""
    return bool(reply and reply[0][2] > 0 and reply[0][3] > 0)


def with_place(nodes):
    """Those of the nodes that have a place in the window, asked together."""
    replies = call_all(nodes[0].connection, [node.place_call() for node in nodes]) if nodes else []
    return [node for node, reply in zip(nodes, replies) if has_size(reply)]


def with_state(nodes, state):
    """Those of the nodes that are in a state, asked together."""
    replies = call_all(nodes[0].connection, [node.state_call() for node in nodes]) if nodes else []
    return [node for node, reply in zip(nodes, replies) if is_set(reply, state)]


def is_set(reply, state):
    """Whether the reply to a call for states tells of one."""
    bit = STATES[state]
    return bool(reply and reply[0][bit // 32] >> (bit % 32) & 1)


def in_order(below, names, parent):
    """Nodes and names below a node, a node before what it holds, each with its parent."""
    for node in below.get(parent.path, ()):
        node.parent = parent
        yield node, names.get(node.path, '')
        yield from in_order(below, names, node)


def find_placed(top, matches):
    """Nodes and names below a node whose name satisfies; what has no place hides what is below it, as a page that is not shown."""
    for node, name in top.walk():
        if matches(name) and node.is_placed_in(top):
            yield node, name


class Node:
    """One accessible: a name on the bus and a path; one that was found by a walk knows its parent."""

    def __init__(self, connection, bus_name, path):
        self.connection, self.bus_name, self.path = connection, bus_name, path
        self.parent = None

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
        return is_set(self.call(ACCESSIBLE, 'GetState'), state)

    def value(self):
        return self.property('org.a11y.atspi.Value', 'CurrentValue')

    def text(self):
        """What stands in it, None when it is nothing to write in."""
        length = self.property(TEXT, 'CharacterCount')
        reply = None if length is None else self.call(TEXT, 'GetText', GLib.Variant('(ii)', (0, length)))
        return reply[0] if reply else None

    def has_place(self):
        """GTK 4.8 tells “showing” of windows alone; what has no size is not on screen."""
        return has_size(self.call('org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (WINDOW_COORDINATES,))))

    def place(self):
        """x, y, width, height in the window."""
        reply = self.call('org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (WINDOW_COORDINATES,)))
        return reply[0] if reply else None

    def name_call(self):
        return self.bus_name, self.path, 'org.freedesktop.DBus.Properties', 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Name'))

    def children_call(self):
        return self.bus_name, self.path, ACCESSIBLE, 'GetChildren', None

    def state_call(self):
        return self.bus_name, self.path, ACCESSIBLE, 'GetState', None

    def place_call(self):
        return self.bus_name, self.path, 'org.a11y.atspi.Component', 'GetExtents', GLib.Variant('(u)', (WINDOW_COORDINATES,))

    def nodes(self, reply):
        return [Node(self.connection, name, path) for name, path in reply[0]] if reply else []

    def children(self):
        return self.nodes(self.call(ACCESSIBLE, 'GetChildren'))

    def is_placed_in(self, top):
        """Whether it and all that it lies in, up to a node that it was found below, have a place."""
        nodes, node = [], self
        while node.path != top.path:
            nodes.append(node)
            node = node.parent
        return len(with_place(nodes)) == len(nodes)

    def walk(self):
        """Everything below, with names, in the order of the tree.

        It is read level by level, a level's calls on their way together: one after the other, each waits for two turns of
        the bus, and a walk over a page took ten times as long.
        """
        below = {self.path: self.children()}
        level = below[self.path]
        names = {}
        for _depth in range(DEEPEST):
            if not level:
                break
            replies = iter(call_all(self.connection, [call for node in level for call in (node.name_call(), node.children_call())]))
            following = []
            for node in level:
                name, children = next(replies), next(replies)
                names[node.path] = name[0] if name else ''
                below[node.path] = self.nodes(children)
                following += below[node.path]
            level = following
        return list(in_order(below, names, self))


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
