"""Nobody's mailbox is flooded through us, whichever doors a stranger takes turns at (ABU-01)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.test import Client as Browser
from tests.factories import NOW, SYSTEM, make_account
from tests.security.town import Town, with_password

from clientela.accounts.actions.ask_address_change import ask_address_change
from clientela.notify.mail_budget import KEPT_FOR_NOTICES, PER_DAY, PER_HOUR
from clientela.notify.models import AccountMail, Message, Reason, SimulatedMail
from clientela.people.actions.register_client import register_client
from clientela.people.actions.send_welcome import send_welcome
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope, system_scope
from clientela.platform.worker import run_once

pytestmark = pytest.mark.django_db
VICTIM = "victim@example.net"
_number = count()


def paths(town: Town) -> dict[str, Callable[[datetime], object]]:
    """Everything that makes us write to an address somebody typed. Each by a browser of its own, from its own network."""
    business = town.ours.business
    appointment = town.ours.appointments["irene"]

    def post(path: str, fields: dict[str, str]) -> object:
        return Browser(REMOTE_ADDR=f"203.0.113.{next(_number) % 250}").post(path, fields)

    def book(at: datetime) -> object:
        wish = {
            "service": str(appointment.service_id),
            "start": f"2026-12-{1 + next(_number) % 20:02}T{10 + next(_number) % 6}:00:00+01:00",
            "client": {"name": f"Name {next(_number)}", "email": VICTIM},
        }
        return Browser(REMOTE_ADDR=f"198.51.100.{next(_number) % 250}").post(
            f"/api/v1/businesses/{business.slug}/appointments", json.dumps(wish), "application/json"
        )

    def welcome(at: datetime) -> None:
        with business_scope(business.pk):
            card = register_client(
                business=business, name="Card", emails=[VICTIM], by=SYSTEM, now=at
            )
            send_welcome(client=card, by=SYSTEM, now=at)

    def address(at: datetime) -> None:
        attacker = make_account(f"attacker{next(_number)}@example.net", "Attacker")
        by = Actor.client(attacker.pk)
        ask_address_change(account=attacker, email=VICTIM, makes_primary=False, by=by, now=at)

    signing_up = {"name": "Somebody", "email": VICTIM, "password": "four calm green otters"}
    return {
        "booking": book,
        "reset": lambda _at: post("/client/password/forgotten", {"email": VICTIM}),
        "code": lambda _at: post("/client/login/code", {"email": VICTIM}),
        "code-while-booking": lambda _at: post(
            f"/{business.slug}/", {"email": VICTIM, "then": "code"}
        ),
        "sign-up": lambda _at: post("/client/create-account", signing_up),
        "welcome": welcome,
        "address": address,
    }


def received() -> int:
    return SimulatedMail.objects.filter(address=VICTIM).count()


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


@pytest.mark.req("ABU-01")
@pytest.mark.parametrize(
    "what",
    ["booking", "reset", "code", "code-while-booking", "sign-up", "welcome", "address"],
)
def test_each_path_really_reaches_the_mailbox(town: Town, what: str) -> None:
    """Without this the next test would count what never was."""
    with system_scope("a test"):
        paths(town)[what](NOW)
        run_once(NOW)
        assert received() == 1


@pytest.mark.req("ABU-01")
def test_all_doors_in_turn_bring_five_mails_in_an_hour_and_not_more_than_twenty_in_a_day(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(make_account(VICTIM, "Victim"))
    with system_scope("a test"):
        ways = paths(town)
        hourly = []
        for hour in range(6):
            moment = at(NOW + timedelta(minutes=66 * hour), monkeypatch)
            before = received()
            for _ in range(2):
                for act in ways.values():
                    act(moment)
            while run_once(moment):
                pass
            hourly.append(received() - before)
        held = set(
            AccountMail.objects.filter(address=VICTIM)
            .exclude(reason=Reason.HANDED_OVER)
            .values_list("reason", flat=True)
        )
        mine = Message.objects.filter(address=VICTIM, settled_at__isnull=False)
        unsent = mine.exclude(reason=Reason.HANDED_OVER)  # reminders wait for their own time
        held |= set(unsent.values_list("reason", flat=True))
    assert hourly[0] == PER_HOUR
    assert max(hourly) == PER_HOUR
    assert sum(hourly) == PER_DAY - KEPT_FOR_NOTICES
    assert held == {Reason.POLICY_GATE}
