#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the desktop's notifications on the session bus: prints each as a line of JSON."""
import json

from gi.repository import Gio, GLib

INTERFACE = """
<node><interface name='org.freedesktop.Notifications'>
  <method name='Notify'>
    <arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
    <arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>
    <arg type='u' direction='out'/>
  </method>
  <method name='CloseNotification'><arg type='u' direction='in'/></method>
  <method name='GetCapabilities'><arg type='as' direction='out'/></method>
  <method name='GetServerInformation'>
    <arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/><arg type='s' direction='out'/>
  </method>
</interface></node>
"""
ANSWERS = {
    'Notify': GLib.Variant('(u)', (1,)),
    'CloseNotification': None,
    'GetCapabilities': GLib.Variant('(as)', (['body', 'actions'],)),
    'GetServerInformation': GLib.Variant('(ssss)', ('stand-in', 'tests', '1', '1.2')),
}


def call(_connection, _sender, _path, _interface, method, parameters, invocation):
    if method == 'Notify':
        _application, _replaces, _icon, title, body = parameters.unpack()[:5]
        print(json.dumps({'title': title, 'body': body}), flush=True)
    invocation.return_value(ANSWERS[method])


def main():
    loop = GLib.MainLoop()
    interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
    Gio.bus_own_name(
        Gio.BusType.SESSION, 'org.freedesktop.Notifications', Gio.BusNameOwnerFlags.NONE,
        lambda connection, _name: connection.register_object('/org/freedesktop/Notifications', interface, call, None, None),
        lambda _connection, _name: print('ready', flush=True), lambda _connection, _name: loop.quit())
    loop.run()


if __name__ == '__main__':
    main()
