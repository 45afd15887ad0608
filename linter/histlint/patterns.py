"""Regular expressions that are compiled when they are first used: a run meets few of them, and compiling takes longer than matching."""

from __future__ import annotations

import re

from .named_tuple import TYPE_CHECKING

if TYPE_CHECKING:

    def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
        """The compiled pattern."""
else:

    class regex:
        """Stands for the compiled pattern; what is asked of that once is kept here."""

        def __init__(self, pattern, flags=0):
            self._source, self._flags = pattern, flags

        def __getattr__(self, name):  # asked only for what is not kept yet
            value = getattr(re.compile(self._source, self._flags), name)
            setattr(self, name, value)
            return value
