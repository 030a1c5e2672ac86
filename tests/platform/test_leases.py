"""Leases: one holder at a time, and no holder for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientela.platform.leases import LONGEST, finish, finish_all, renew, take
from clientela.platform.models import DueWork, OutboxEvent

pytestmark = pytest.mark.django_db
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def rows(now) -> list[DueWork]:
    return [DueWork.objects.create(name=str(n), due_at=now) for n in range(3)]


def test_a_row_is_taken_by_one_only(now, rows) -> None:
    everything = DueWork.objects.order_by("name")
    first = take(everything, now=now, lasts=HALF_MINUTE, limit=2)
    second = take(everything, now=now, lasts=HALF_MINUTE, limit=9)

    assert [lease.pk for lease in first] == [rows[0].pk, rows[1].pk]
    assert [lease.pk for lease in second] == [rows[2].pk]
    assert take(everything, now=now, lasts=HALF_MINUTE, limit=9) == []


def test_a_lease_that_ran_out_goes_to_the_next_and_the_first_cannot_finish(now, rows) -> None:
    one = DueWork.objects.filter(name="0")
    (dead,) = take(one, now=now, lasts=HALF_MINUTE)
    (heir,) = take(one, now=now + HALF_MINUTE, lasts=HALF_MINUTE)

    assert (dead.epoch, heir.epoch) == (1, 2)
    assert not finish(dead, last_error="late")
    assert not renew(dead, now=now, lasts=HALF_MINUTE)
    assert renew(heir, now=now + HALF_MINUTE, lasts=HALF_MINUTE)
    assert finish(heir, last_error="done")
    assert DueWork.objects.values_list("last_error", "lease_until").get(name="0") == ("done", None)


def test_a_row_that_another_took_between_look_and_taking_is_not_ours(now, rows) -> None:
    one = DueWork.objects.filter(name="0")
    looked = list(one.values_list("pk", "lease_epoch"))
    take(one, now=now, lasts=HALF_MINUTE)

    class Stale:
        model = DueWork

        def filter(self, *_: object) -> Stale:
            return self

        def values_list(self, *_: str) -> list[tuple[object, int]]:
            return looked

    assert take(Stale(), now=now, lasts=HALF_MINUTE) == []


def test_several_are_let_go_at_once_but_not_those_that_are_no_longer_ours(now, rows) -> None:
    ours = take(DueWork.objects.all(), now=now, lasts=timedelta(minutes=1), limit=2)
    later = now + timedelta(minutes=2)
    (anothers,) = take(DueWork.objects.filter(pk=ours[0].pk), now=later, lasts=LONGEST)
    finish_all(ours)
    held = dict(DueWork.objects.values_list("pk", "lease_until"))
    assert held[ours[1].pk] is None
    assert held[anothers.pk] == later + LONGEST


def test_the_taking_can_be_counted(now) -> None:
    row = OutboxEvent.objects.create(name="x.Y", payload={}, occurred_at=now, due_at=now)
    take(OutboxEvent.objects.all(), now=now, lasts=HALF_MINUTE, counting="attempts")
    row.refresh_from_db()

    assert (row.attempts, row.lease_epoch) == (1, 1)


def test_a_lease_has_a_longest_time(now) -> None:
    with pytest.raises(ValueError, match="at most"):
        take(DueWork.objects.all(), now=now, lasts=LONGEST + timedelta(seconds=1))
