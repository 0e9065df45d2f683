"""Parse: the bytes of one JSON value -> the value, and flags.

The common case is orjson's. What that refuses (NaN of pandas, lone surrogates, integers beyond 64 bits, a tab in a
string, bytes that are no UTF-8) gets a second try with the standard library, and a flag where text had to be repaired.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dedup.read.decode import decode, is_binary, without_surrogates

Decoded = tuple[Any, tuple[str, ...]]


def parse(data: bytes) -> Decoded:
    """One JSON value and flags. Raises ValueError with a reason fit for a skip.

    >>> parse(b'{"a": NaN}')
    ({'a': nan}, ())
    """
    import orjson

    try:
        return orjson.loads(data), ()
    except orjson.JSONDecodeError as error:
        if "depth" in str(error):
            raise ValueError("JSON nested too deep") from None
        return _second_try(data, error)


def _second_try(data: bytes, first: ValueError) -> Decoded:
    if is_binary(data):
        raise ValueError("binary: holds NUL bytes")
    text, flags = decode(data)
    try:
        value = json.loads(text, strict=False)
        if "\\ud" in text.lower():
            value, more = _scrubbed(value)
            flags += more
    except RecursionError:
        raise ValueError("JSON nested too deep") from None
    except json.JSONDecodeError:
        # orjson's words are the better ones, but it stops at what the second parser would have taken.
        cut = " (cut off?)" if not data.rstrip().endswith((b"}", b"]")) else ""
        raise ValueError(f"not JSON: {first}{cut}") from None
    except ValueError as error:  # an integer of more than 4,300 digits
        raise ValueError(f"not usable JSON: {str(error).partition(':')[0].lower()}") from None
    return value, flags


def _scrubbed(value: Any) -> Decoded:
    """A parsed value without lone surrogates."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, list):
        pairs = [_scrubbed(each) for each in value]
        return [each for each, _ in pairs], _any_flag(flags for _, flags in pairs)
    if isinstance(value, dict):
        done = [(without_surrogates(name)[0], _scrubbed(each)) for name, each in value.items()]
        return {name: each for name, (each, _) in done}, _any_flag(flags for _, (_, flags) in done)
    return value, ()


def _any_flag(flags: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return next((each for each in flags if each), ())
