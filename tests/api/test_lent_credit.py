"""A program reads whose credit stands for an appointment; whoever holds only its link does not."""

from __future__ import annotations

from typing import Any

import pytest
from tests import factories
from tests.api.program import Program
from tests.factories import NOW, STAFF
from tests.people.families import card_of, household_with
from tests.people.persons import person

from clientela.booking.actions.lend_credit import lend_credit
from clientela.booking.links import token_of
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package
from clientela.people.models import Client
from clientela.platform import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def lender(business: Business, waiting: Appointment, package: Package) -> Client:
    """Luis, who lends Ana one of his five."""
    luis = card_of(business, person("luis@example.net", "Luis Prueba"))
    waiting.client.account = person("ana@example.net", "Ana Prueba")
    waiting.client.save()
    household_with(business, luis, waiting.client, shares_credits=True)
    factories.sell(luis, package)
    return luis


def lent(one: Appointment, lender: Client) -> None:
    lend_credit(appointment=one, lender=lender, account=None, by=STAFF, now=NOW)


def read(program: Program, one: Appointment) -> Any:
    status, row = program.get(f"/appointments/{one.pk}")
    assert status == 200
    return row


@pytest.mark.req("L4")
def test_it_is_said_whose_credit_it_is(
    program: Program, waiting: Appointment, lender: Client
) -> None:
    assert read(program, waiting)["credit_of"] is None
    lent(waiting, lender)
    row = read(program, waiting)
    assert (row["redemption"], row["credit_of"]) == ("redeemed", str(lender.pk))
    status, balance = program.get(f"/clients/{lender.pk}/balance")
    assert status == 200
    step = balance["steps"][-1]
    assert (step["step"], step["lent"], step["appointment"]) == ("redeemed", True, str(waiting.pk))


def test_ones_own_credit_is_nobody_elses(
    program: Program, waiting: Appointment, package: Package
) -> None:
    factories.sell(waiting.client, package)
    row = read(program, waiting)
    assert (row["redemption"], row["credit_of"]) == ("redeemed", None)


def test_who_holds_the_link_is_not_told(waiting: Appointment, lender: Client) -> None:
    lent(waiting, lender)
    stranger = Program(waiting.business, "")
    stranger.headers = {"X-Manage-Token": token_of(waiting)}
    row = read(stranger, waiting)
    assert (row["redemption"], row["credit_of"], row["client"]) == ("redeemed", None, None)
