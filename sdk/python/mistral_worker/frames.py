"""Messages between a worker and processes of its own: JSON with its length before it."""

from __future__ import annotations

import json
import os
import select
import struct
import time
from typing import Any, Optional

#: Longest message, in bytes.
MAX_FRAME = 64 << 20


class Closed(Exception):
    """The other side is gone, or says what it must not."""


def write(fd: int, value: Any) -> None:
    data = json.dumps(value, separators=(",", ":")).encode()
    view = memoryview(struct.pack(">I", len(data)) + data)
    while view:
        try:
            view = view[os.write(fd, view) :]
        except OSError as error:
            raise Closed(str(error)) from error


def read(fd: int, deadline: Optional[float] = None) -> Any:
    """Raises Closed, and TimeoutError when `deadline` (on the clock of `time.monotonic`) has passed."""
    (size,) = struct.unpack(">I", _read_exactly(fd, 4, deadline))
    if size > MAX_FRAME:
        raise Closed(f"a message of {size} bytes")
    try:
        return json.loads(_read_exactly(fd, size, deadline))
    except ValueError as error:
        raise Closed("a message that is no JSON") from error


def _read_exactly(fd: int, size: int, deadline: Optional[float]) -> bytes:
    parts, missing = [], size
    while missing:
        if deadline is not None:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([fd], [], [], left)[0]:
                raise TimeoutError
        try:
            part = os.read(fd, min(missing, 1 << 20))
        except OSError as error:
            raise Closed(str(error)) from error
        if not part:
            raise Closed("the process ended")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
