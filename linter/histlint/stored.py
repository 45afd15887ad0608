"""How values lie in a compiled file: `marshal`, and deflated where there are many.

A table's values are deflated against a dictionary of its own (RFC 1950, section 2.2): a single name or fact is too short to get
smaller alone, with it it takes a third of the room. `marshal` loads twice as fast as JSON, needs no import, and its format 4 is
the same in all Pythons from 3.4 on.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Iterable, Sequence

from .named_tuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_RAW = -15
"""Deflate without header and checksum: these would take as much as many a name."""
_DICTIONARY, _SAMPLES = 16_384, 300
"""Bytes of a dictionary, and how many values it is made of."""


def dump(value: Any) -> bytes:
    """`value` as stored; `marshal.loads` reads it back."""
    return marshal.dumps(value, 4)


def deflate(values: Sequence[Any]) -> tuple[bytes, Iterable[bytes]]:
    """A dictionary for these values, and each of them deflated with it."""
    dumped = [dump(value) for value in values]
    step = max(1, len(dumped) // _SAMPLES)
    dictionary = b"".join(dumped[::step])[-_DICTIONARY:]
    fresh = zlib.compressobj(6, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    return dictionary, (_deflated(fresh.copy(), value) for value in dumped)


def _deflated(compressor: zlib._Compress, value: bytes) -> bytes:
    return compressor.compress(value) + compressor.flush()


def inflater(dictionary: bytes) -> Callable[[bytes], Any]:
    """What reads back the values deflated with this dictionary."""
    fresh = zlib.decompressobj(_RAW, dictionary)
    return lambda data: marshal.loads(fresh.copy().decompress(data))
