"""`NamedTuple` as `typing` has it, for the classes of a run.

`typing` compiles code for every class; for the fifty of a run that took longer than the check of a short article, and so did the
import of `typing`. A module with such classes needs `from __future__ import annotations`: the fields are read from the names.
"""

from __future__ import annotations

TYPE_CHECKING = False  # known to type checkers, as the one of `typing` is

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import _tuplegetter  # how a named tuple of `collections` reads a field

    _new = tuple.__new__

    class _Class(type):
        """Makes a class: its annotations are the fields, their values in the body the defaults."""

        def __new__(meta, name, bases, body):
            body["__slots__"] = ()
            if fields := tuple(body.get("__annotations__", ())):
                defaults = {field: body[field] for field in fields if field in body}
                if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                    raise TypeError(f"{name}: a field without a default stands behind one with a default")
                body.update((field, _tuplegetter(index, None)) for index, field in enumerate(fields))
                body.update(_fields=fields, _field_defaults=defaults, __match_args__=fields)
                body.update(_size=len(fields), _defaults=tuple(defaults.values()))
            return super().__new__(meta, name, bases, body)

    class NamedTuple(tuple, metaclass=_Class):
        """Base of the values with named fields."""

        _size, _fields, _defaults, _field_defaults = 0, (), (), {}

        def __new__(cls, *values, **named):  # noqa: D102
            if named:
                values = cls._with(values, named)
            elif len(values) == cls._size:
                return _new(cls, values)
            else:
                values += cls._defaults[len(values) - cls._size :]
            if len(values) != cls._size:
                raise TypeError(f"{cls.__name__} has the fields {', '.join(cls._fields)}; {len(values)} values were given")
            return _new(cls, values)

        @classmethod
        def _with(cls, values, named):
            """All values where some are given by name."""
            fields = cls._fields[len(values) :]
            if wrong := set(named).difference(fields):
                raise TypeError(f"{cls.__name__} cannot take {', '.join(sorted(wrong))}")
            rest = {**cls._field_defaults, **named}
            return values + tuple([rest[field] for field in fields if field in rest])

        _make = classmethod(_new)  # the quickest way: nothing is looked at

        def _replace(self, /, **named):
            values = list(self)
            fields = self._fields
            for field, value in named.items():
                if field not in fields:
                    raise ValueError(f"{type(self).__name__} has no fields {sorted(set(named).difference(fields))}")
                values[fields.index(field)] = value
            return _new(type(self), values)

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            values = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({values})"
