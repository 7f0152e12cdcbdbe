"""Values as JSON, with the rules by which upstream stores what actions return."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import inspect
import json
import types
import uuid
from typing import Any

#: Deeper values become their text.
MAX_DEPTH = 32

_TEXTS = (uuid.UUID, BaseException, type, types.ModuleType, types.TracebackType, types.FrameType)
_PLAIN = (str, int, float, bool, type(None))


def to_json(value: Any) -> str:
    """The text of a value. What JSON cannot say is converted."""
    try:
        # Nearly all results are plain: json is C, what follows is not.
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError):
        return json.dumps(to_primitive(value), ensure_ascii=False, separators=(",", ":"))


def to_primitive(value: Any, depth: int = 0, above: tuple = ()) -> Any:
    """Bytes become text, times ISO 8601, iterables lists, objects their fields, exceptions and callables their text.

    Raises UnicodeDecodeError for bytes that are not UTF-8, and ValueError for values that hold themselves.
    """
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, enum.Enum):
        return to_primitive(value.value, depth, above)
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8")
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, _TEXTS) or type(value).__module__ == "ipaddress" or inspect.isroutine(value):
        return str(value)
    if depth >= MAX_DEPTH:
        return str(value)
    if id(value) in above:
        raise ValueError("the value holds itself")
    return _composed(value, depth + 1, above + (id(value),))


def _composed(value: Any, depth: int, above: tuple) -> Any:
    if hasattr(value, "to_dict") and not isinstance(value, type):
        return to_primitive(value.to_dict(), depth, above)
    if hasattr(value, "items") and hasattr(value, "keys"):
        return {_key(key): to_primitive(item, depth, above) for key, item in dict(value.items()).items()}
    if dataclasses.is_dataclass(value):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return to_primitive(fields, depth, above)
    if hasattr(value, "_fields") and isinstance(value, tuple):
        return [to_primitive(item, depth, above) for item in value]
    if hasattr(value, "__iter__"):
        return [to_primitive(item, depth, above) for item in value]
    if hasattr(value, "__dict__"):
        fields = {name: item for name, item in vars(value).items() if not name.startswith("_")}
        return to_primitive(fields, depth, above)
    return str(value)


def _key(key: Any) -> str:
    if isinstance(key, bool) or key is None:
        return json.dumps(key)
    if isinstance(key, (bytes, bytearray)):
        return bytes(key).decode("utf-8")
    return str(key)
