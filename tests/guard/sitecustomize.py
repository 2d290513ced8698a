"""Makes a process refuse every connection beyond this machine.

Python imports a module of this name at start-up where its folder is on PYTHONPATH: that
is how the commands which the tests start are kept off the network too.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any, NoReturn

_LOOPBACK_NAMES = {"localhost", "ip6-localhost"}
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_sendto = socket.socket.sendto
_getaddrinfo = socket.getaddrinfo


class NetworkForbiddenError(RuntimeError):
    """A test, or the program under test, tried to reach another machine."""


def forbid_network() -> None:
    """Let this process reach 127.0.0.1, ::1 and Unix sockets only, and ask no name server."""
    socket.socket.connect = _guarded_connect  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign,assignment]
    socket.socket.sendto = _guarded_sendto  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = _guarded_getaddrinfo


def _is_this_machine(host: object) -> bool:
    if host is None or host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse(target: object) -> NoReturn:
    raise NetworkForbiddenError(f"tests reach this machine only, not {target!r}")


def _check(address: object) -> None:
    # The address of a Unix socket is a path, not a tuple.
    if isinstance(address, tuple) and not _is_this_machine(address[0]):
        _refuse(address)


def _guarded_connect(self: socket.socket, address: Any, /) -> None:  # noqa: ANN401
    _check(address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any, /) -> int:  # noqa: ANN401
    _check(address)
    return _connect_ex(self, address)


def _guarded_sendto(self: socket.socket, *arguments: Any) -> int:  # noqa: ANN401
    _check(arguments[-1])
    return _sendto(self, *arguments)


def _guarded_getaddrinfo(host: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
    if not _is_this_machine(host):
        _refuse(host)
    return _getaddrinfo(host, *arguments, **named)


forbid_network()
