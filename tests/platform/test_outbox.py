"""Facts are recorded with their cause and heard exactly once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from clientela.platform import outbox
from clientela.platform.database import OutsideTransactionError
from clientela.platform.ids import uuid7
from clientela.platform.outbox import Event, EventReceipt, OutboxEvent, on, record
from clientela.platform.tenancy import current_scope
from clientela.platform.worker import MOST_ATTEMPTS, hear_due_events, retry_after

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    lamp_id: UUID
    business_id: UUID | None = None


@pytest.fixture
def heard(monkeypatch) -> list[tuple[str, object]]:
    """What handlers heard in this test; they are forgotten afterwards."""
    monkeypatch.setattr(outbox, "_handlers", {})
    return []


def lit(now: datetime, **fields: object) -> OutboxEvent:
    with transaction.atomic():
        return record(LampLit(lamp_id=uuid7(), **fields), now=now)


def test_an_event_cannot_be_recorded_outside_a_transaction(now) -> None:
    with pytest.raises(OutsideTransactionError, match=r"test_outbox\.LampLit|LampLit"):
        record(LampLit(lamp_id=uuid7()), now=now)


def test_an_event_vanishes_with_the_transaction_of_its_cause(now) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 -- the transaction is the subject
        record(LampLit(lamp_id=uuid7()), now=now)
        1 / 0  # noqa: B018 -- the failure of the cause

    assert not OutboxEvent.objects.exists()


def test_an_event_is_heard_by_each_handler_once_with_what_was_recorded(now, heard) -> None:
    on(LampLit, name="one")(lambda event, *, now: heard.append(("one", event)))
    on(LampLit, name="two")(lambda event, *, now: heard.append(("two", event)))
    row = lit(now)

    assert hear_due_events(now) == 1
    assert hear_due_events(now) == 0
    assert heard == [("one", outbox.read(row)), ("two", outbox.read(row))]
    row.refresh_from_db()
    assert (row.done_at, row.lease_until) == (now, None)


def test_an_event_nobody_waits_for_is_done(now, heard) -> None:
    lit(now)

    assert hear_due_events(now) == 1


def test_a_handler_runs_in_the_scope_of_the_events_business(now, heard) -> None:
    business_id = uuid7()
    on(LampLit, name="one")(lambda event, *, now: heard.append(("one", current_scope())))
    lit(now, business_id=business_id)
    lit(now)
    hear_due_events(now)

    assert [(scope.kind, scope.id) for _, scope in heard] == [
        ("business", business_id),
        ("system", None),
    ]


def test_a_handler_that_fails_is_tried_again_alone_and_leaves_no_half_effect(now, heard) -> None:
    broken = [True]

    def second(event: LampLit, *, now: datetime) -> None:
        OutboxEvent.objects.filter(name="never").update(attempts=1)
        with transaction.atomic():
            record(LampLit(lamp_id=event.lamp_id), now=now + timedelta(days=1))
        if broken[0]:
            raise ValueError("anna@example.org is away")

    on(LampLit, name="one")(lambda event, *, now: heard.append(("one", event)))
    on(LampLit, name="two")(second)
    row = lit(now)

    assert hear_due_events(now) == 0
    row.refresh_from_db()
    assert (row.done_at, row.due_at, row.attempts) == (None, now + timedelta(seconds=5), 1)
    assert row.last_error == "two: ValueError: [redacted] is away"
    assert OutboxEvent.objects.count() == 1

    broken[0] = False
    later = now + timedelta(seconds=5)
    assert hear_due_events(later) == 1
    assert len(heard) == 1
    assert OutboxEvent.objects.count() == 2


def test_an_event_that_fails_too_often_rests_until_a_person_looks(now, heard) -> None:
    on(LampLit, name="one")(lambda event, *, now: 1 / 0)
    row = lit(now)
    moment = now
    for _ in range(MOST_ATTEMPTS):
        hear_due_events(moment)
        moment += timedelta(hours=4)
    row.refresh_from_db()

    assert row.needs_attention_at == moment - timedelta(hours=4)
    assert hear_due_events(moment) == 0
    assert list(outbox.given_up()) == [row]

    monkey = outbox._handlers[LampLit.name]
    monkey.clear()
    assert outbox.retry(now=moment) == 1
    assert hear_due_events(moment) == 1


def test_an_event_that_kills_every_worker_is_given_up_in_the_end(now, heard) -> None:
    row = lit(now)
    OutboxEvent.objects.update(attempts=MOST_ATTEMPTS, lease_epoch=MOST_ATTEMPTS)

    assert hear_due_events(now) == 0
    row.refresh_from_db()
    assert row.needs_attention_at == now


def test_an_event_this_version_does_not_know_waits_for_a_person(now, heard) -> None:
    row = lit(now)
    OutboxEvent.objects.update(name="gone.Away")
    other = lit(now)

    assert hear_due_events(now) == 1
    row.refresh_from_db()
    other.refresh_from_db()
    assert row.last_error == "LookupError: no event is called gone.Away"
    assert (row.needs_attention_at, other.done_at) == (now, now)


def test_a_handler_that_has_its_receipt_does_not_run(now, heard) -> None:
    on(LampLit, name="one")(lambda event, *, now: heard.append(("one", event)))
    row = lit(now)
    EventReceipt.objects.create(event=row, handler="one", heard_at=now)

    assert hear_due_events(now) == 1
    assert heard == []


def test_an_event_of_the_future_waits(now, heard) -> None:
    lit(now + timedelta(seconds=1))

    assert hear_due_events(now) == 0
    assert hear_due_events(now + timedelta(seconds=1)) == 1


def test_a_worker_that_died_holding_an_event_holds_it_half_a_minute(now, heard) -> None:
    lit(now)
    OutboxEvent.objects.update(lease_until=now + timedelta(seconds=30), lease_epoch=1)

    assert hear_due_events(now + timedelta(seconds=29)) == 0
    assert hear_due_events(now + timedelta(seconds=30)) == 1


def test_a_lease_from_before_the_clock_was_set_back_holds_nobody(now, heard) -> None:
    lit(now)
    OutboxEvent.objects.update(lease_until=now + timedelta(days=365), lease_epoch=1)

    assert hear_due_events(now) == 1


def test_retries_wait_longer_each_time_but_never_more_than_three_hours() -> None:
    assert [int(retry_after(n).total_seconds()) for n in range(1, 9)] == [
        5,
        20,
        80,
        320,
        1280,
        5120,
        10800,
        10800,
    ]


def test_two_events_cannot_have_one_name() -> None:
    with pytest.raises(TypeError, match="two events"):

        class Other(Event):
            name = LampLit.name


def test_two_handlers_of_an_event_cannot_have_one_name(heard) -> None:
    on(LampLit, name="one")(lambda event, *, now: None)

    with pytest.raises(TypeError, match="two handlers"):
        on(LampLit, name="one")(lambda event, *, now: heard.append(("one", event)))
