"""Our NamedTuple against the one of `typing`."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest
from histlint.named_tuple import NamedTuple


class Ours(NamedTuple):
    """A value."""

    a: int
    b: str = "b"
    c: tuple[int, ...] = ()

    def twice(self) -> int:
        return self.a * 2

    @property
    def d(self) -> str:
        return self.b


class Theirs(typing.NamedTuple):
    a: int
    b: str = "b"
    c: tuple[int, ...] = ()


@pytest.mark.parametrize(
    ("values", "named"), [((1,), {}), ((1, "x"), {}), ((1, "x", (2,)), {}), ((), {"a": 1}), ((1,), {"c": (3,)}), ((), {"b": "y", "a": 2})]
)
def test_values_and_fields_are_the_same(values: tuple[typing.Any, ...], named: dict[str, typing.Any]) -> None:
    ours, theirs = Ours(*values, **named), Theirs(*values, **named)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert (ours.a, ours.b, ours.c) == (theirs.a, theirs.b, theirs.c)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert ours._replace(b="z") == theirs._replace(b="z")
    assert ours._asdict() == theirs._asdict()
    assert pickle.loads(pickle.dumps(ours)) == copy.deepcopy(ours) == Ours._make(tuple(ours)) == ours
    assert type(ours._replace(a=3)) is type(copy.copy(ours)) is Ours


@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, "x", (), 4), {}), ((1,), {"a": 1}), ((1,), {"e": 1}), ((), {"b": "x"})])
def test_wrong_values_are_refused(values: tuple[typing.Any, ...], named: dict[str, typing.Any]) -> None:
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError):
            kind(*values, **named)
    with pytest.raises(ValueError, match="no fields"):
        Ours(1)._replace(e=1)  # type: ignore[call-arg]


def test_the_class() -> None:
    assert Ours._fields == Theirs._fields == Ours.__match_args__
    assert Ours._field_defaults == Theirs._field_defaults
    assert Ours(4).twice() == 8
    assert Ours(4).d == "b"
    assert not hasattr(Ours(1), "__dict__")
    with pytest.raises(AttributeError):
        Ours(1).a = 2  # type: ignore[misc]
    with pytest.raises(TypeError, match="without a default"):

        class Wrong(NamedTuple):
            a: int = 1
            b: int  # type: ignore[misc]
