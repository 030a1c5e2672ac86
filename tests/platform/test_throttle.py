"""Limits are exact, shared and kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.platform.throttle import ThrottleCount, allow, forget_counts

pytestmark = pytest.mark.django_db


def uses(now, seconds: list[int], limit: int = 3) -> list[bool]:
    return [
        allow(key="k", limit=limit, per_seconds=3600, now=now + timedelta(seconds=s))
        for s in seconds
    ]


def test_the_limit_is_reached_exactly_and_is_free_again_when_its_time_is_over(now) -> None:
    assert uses(now, [0, 0, 1, 1, 3599]) == [True, True, True, False, False]
    assert uses(now, [3600 + 300]) == [True]


def test_a_refused_use_is_not_counted(now) -> None:
    assert uses(now, [0, 0, 0] + [1800] * 20 + [3600 + 300] * 4) == [True] * 3 + [False] * 20 + [
        True
    ] * 3 + [False]


def test_no_stretch_of_the_length_sees_more_than_the_limit(now) -> None:
    moments = list(range(0, 4 * 3600, 97))
    allowed = [s for s, yes in zip(moments, uses(now, moments, limit=5), strict=True) if yes]

    assert max(sum(start <= s < start + 3600 for s in allowed) for start in allowed) == 5


def test_keys_do_not_share_their_limits(now) -> None:
    assert allow(key="a", limit=1, per_seconds=60, now=now)
    assert allow(key="b", limit=1, per_seconds=60, now=now)
    assert not allow(key="a", limit=1, per_seconds=60, now=now)


def test_setting_the_clock_back_a_little_frees_nobody(now) -> None:
    assert uses(now, [0, 0, 0, -600]) == [True, True, True, False]


def test_the_key_itself_is_not_stored(now) -> None:
    allow(key="anna@example.org", limit=1, per_seconds=60, now=now)

    assert "anna" not in str(ThrottleCount.objects.values().get())


def test_counts_are_forgotten_when_they_limit_nothing_any_more(now) -> None:
    allow(key="k", limit=1, per_seconds=60, now=now)

    assert forget_counts(now + timedelta(seconds=120)) == 0
    assert forget_counts(now + timedelta(seconds=121)) == 1


@pytest.mark.race
def test_parallel_uses_of_many_processes_are_allowed_exactly_up_to_the_limit(install) -> None:
    here = install()
    users = [
        here.start("-m", "tests.platform.probe", "use", "one-key", "30", "50") for _ in range(4)
    ]
    ends = [(user.communicate(timeout=120), user.returncode) for user in users]

    assert [code for _, code in ends] == [0, 0, 0, 0], ends
    assert sum(int(out) for (out, _), _ in ends) == 50
