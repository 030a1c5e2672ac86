"""What an event may carry."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from clientela.platform.ids import uuid7
from clientela.platform.payload import PayloadRefusedError, decode, encode


class Way(StrEnum):
    UP = "up"


plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.uuids(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(
        ["", "too-late", "Europe/Madrid", "America/Port-au-Prince", "Etc/GMT+10", "a.b_c"]
    ),
)


@given(st.dictionaries(st.text(max_size=5), st.one_of(plain, st.lists(plain).map(tuple))))
def test_what_is_written_is_read_back(fields: dict[str, object]) -> None:
    assert decode(encode(fields)) == fields


def test_a_word_of_an_enumeration_is_kept_as_its_word() -> None:
    assert decode(encode({"way": Way.UP})) == {"way": "up"}


@pytest.mark.parametrize(
    "value",
    [
        "anna@example.org",
        "Anna Bianchi",
        "+34600111222",
        "600-111-222",
        "https://x.example/?q=1",
        "x" * 81,
    ],
)
def test_text_that_may_be_personal_is_refused(value: str) -> None:
    with pytest.raises(PayloadRefusedError):
        encode({"what": value})


@pytest.mark.parametrize("value", [1.5, {"a": 1}, b"x", object(), datetime(2026, 1, 1)])  # noqa: DTZ001 -- naive on purpose
def test_what_cannot_be_read_back_exactly_is_refused(value: object) -> None:
    with pytest.raises(PayloadRefusedError):
        encode({"what": value})


def test_the_json_explains_itself() -> None:
    id_ = UUID(int=7)

    assert encode({"id": id_, "on": date(2026, 1, 2), "ids": (id_,)}) == {
        "id": {"uuid": str(id_)},
        "on": {"on": "2026-01-02"},
        "ids": [{"uuid": str(id_)}],
    }
    assert uuid7() != id_
