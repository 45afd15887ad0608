"""What is said of packs that cannot be used. Apart from the YAML reader so that an ordinary run can catch it unloaded."""

from __future__ import annotations

from .named_tuple import NamedTuple

_CONTROLS = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (9, 10)}


class PackError(NamedTuple):
    """Something wrong in a pack file; lines and columns count from 1, 0 where the whole file is meant."""

    path: str
    line: int
    column: int
    message: str
    level: str = "error"  # error or warning

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.level}: {self.message}".translate(_CONTROLS)


class PackErrors(Exception):
    """Packs that cannot be used, with everything that is wrong in them."""

    def __init__(self, errors: list[PackError]) -> None:
        self.errors = errors
        super().__init__("\n".join(map(str, errors)))
