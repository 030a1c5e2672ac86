"""Ids sort by creation, whatever the clock does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from clientela.platform import ids
from clientela.platform.ids import uuid7


def test_an_id_is_a_version_7_uuid() -> None:
    made = uuid7()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_ids_made_one_after_the_other_sort_that_way() -> None:
    made = [uuid7() for _ in range(20_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_of_many_threads_are_all_different() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: uuid7(), range(10_000)))

    assert len(set(made)) == len(made)


def test_ids_go_on_rising_when_the_clock_runs_back(monkeypatch) -> None:
    before = uuid7()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 1_000_000)

    assert uuid7() > before


def test_ids_go_on_rising_when_one_millisecond_is_used_up(monkeypatch) -> None:
    moment = ids.time.time_ns() + 10**12
    monkeypatch.setattr(ids, "_sequence", ids._Sequence())
    monkeypatch.setattr(ids.time, "time_ns", lambda: moment)
    made = [uuid7() for _ in range(10_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)
