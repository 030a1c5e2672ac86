"""What becomes of a credit when its appointment is cancelled by the API.

What the pages do not offer any more, the API does not do either: no credit comes back by the back door.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests import factories
from tests.api.program import Program, reason
from tests.factories import NOW

from clientela.booking.links import token_of
from clientela.booking.models import Appointment
from clientela.business.models import BookingPolicy
from clientela.catalogue.models import Package
from clientela.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def redeemed(waiting: Appointment, package: Package) -> Appointment:
    factories.sell(waiting.client, package)
    waiting.refresh_from_db()
    assert waiting.redemption == "redeemed"
    return waiting


def cancel(
    program: Program, appointment: Appointment, *, by_link: bool, body: Any = None
) -> tuple[int, Any]:
    link = {"X-Manage-Token": token_of(appointment)} if by_link else {}
    if by_link:
        program = Program(appointment.business, "")
    return program.post(f"/appointments/{appointment.pk}/cancel", body or {}, **link)


@pytest.mark.req("PAY-12")
def test_after_the_cut_off_a_client_cancels_nothing_and_the_credit_stays_used(
    program: Program, redeemed: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: redeemed.starts_at - timedelta(minutes=59))
    for _ in range(3):
        late = cancel(program, redeemed, by_link=True)
        assert reason(late) == (422, "too-late")
    redeemed.refresh_from_db()
    assert (redeemed.status, redeemed.redemption) == ("confirmed", "redeemed")


@pytest.mark.req("PAY-12")
def test_between_the_free_time_and_the_cut_off_the_credit_is_lost(
    program: Program, redeemed: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    BookingPolicy.objects.update(cancel_closes_minutes=0, cancel_free_minutes=120)
    monkeypatch.setattr(clock, "now", lambda: redeemed.starts_at - timedelta(minutes=119))
    status, told = cancel(program, redeemed, by_link=True)
    assert (status, told["status"], told["redemption"]) == (200, "cancelled", "forfeited")


def test_in_time_it_goes_back(program: Program, redeemed: Appointment) -> None:
    status, told = cancel(program, redeemed, by_link=True)
    assert (status, told["status"], told["redemption"]) == (200, "cancelled", "returned")


@pytest.mark.req("PAY-12")
def test_a_client_does_not_say_that_it_goes_back(program: Program, redeemed: Appointment) -> None:
    said = cancel(program, redeemed, by_link=True, body={"forfeits": False})
    assert reason(said) == (401, "token-needed")
    redeemed.refresh_from_db()
    assert redeemed.status == "confirmed"


def test_the_business_says_that_it_is_lost(program: Program, redeemed: Appointment) -> None:
    status, told = cancel(program, redeemed, by_link=False, body={"forfeits": True})
    assert (status, told["redemption"]) == (200, "forfeited")
