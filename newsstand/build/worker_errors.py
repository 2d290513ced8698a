"""Exceptions on their way from one process to another (see `parallel`), without pickle."""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any


class LostWorkerError(RuntimeError):
    """A worker process ended before its work did: it was killed, or memory ran out."""

    def __init__(self, status: int) -> None:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with code {status}"
        super().__init__(f"a process that this one had started {how}")


class WorkError(RuntimeError):
    """Stands for an exception of another process that cannot be made again here."""


def packed_fault(fault: Exception) -> bytes:
    """An exception as bytes."""
    arguments: list[object] = [*fault.args]
    if isinstance(fault, OSError) and fault.filename is not None:
        arguments = [fault.errno, fault.strerror, os.fsdecode(fault.filename)]
    kind = type(fault)
    parts = {
        "module": kind.__module__,
        "kind": kind.__qualname__,
        "arguments": arguments if all(_is_plain(value) for value in arguments) else None,
        "text": str(fault),
        "traceback": "".join(traceback.format_exception(fault)),
    }
    return json.dumps(parts).encode()


def unpacked_fault(packed: bytes) -> Exception:
    """The exception again, with the traceback of the other process as its note."""
    parts = json.loads(packed)
    fault = _made_again(parts)
    if fault is None:
        fault = WorkError(f"{parts['kind']}: {parts['text']}")
    fault.add_note(f"In another process:\n{parts['traceback']}")
    return fault


def _made_again(parts: dict[str, Any]) -> Exception | None:
    kind: Any = sys.modules.get(parts["module"])
    for name in parts["kind"].split("."):
        kind = getattr(kind, name, None)
    if parts["arguments"] is None or not isinstance(kind, type) or not issubclass(kind, Exception):
        return None
    try:
        fault = kind(*parts["arguments"])
    except Exception:  # noqa: BLE001  (a stranger's type: it may take other arguments)
        return None
    return fault if str(fault) == parts["text"] or isinstance(fault, OSError) else None


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)
