"""Seeded faults in the database: the right check is the first to fail, and after its fix the same run passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from tests.notify.diagnosis.conftest import NUMBER

from clientela.booking.models import Appointment
from clientela.business.models import BookingPolicy, NotificationGate
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.receive_text import receive_text
from clientela.notify.actions.send_again import send_again
from clientela.notify.diagnosis.causes import cause_of
from clientela.notify.diagnosis.diagnose import Diagnosis, diagnose
from clientela.notify.diagnosis.finding import Reader, Verdict
from clientela.notify.models import (
    Message,
    Reason,
    Recipient,
    SendingDomain,
    TextGateway,
    TextSpend,
    Trouble,
)
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, Consent, How, Identifier, NotifyBy
from clientela.platform.actor import Actor
from clientela.platform.installation import hold_sending, release_sending
from clientela.platform.jobs import WorkerHeartbeat
from clientela.rules.sender_records import State

STAFF = Actor.system("tests")


@dataclass(frozen=True)
class World:
    """Everything a fault may touch."""

    visit: Appointment
    card: Client
    gateway: TextGateway
    now: datetime

    def message(self, channel: str = "email", *, rule: str = "reminder") -> Message:
        return Message.objects.get(recipient=Recipient.CLIENT, channel=channel, rule=rule)

    def ends(self, reason: Reason, channel: str = "email", because: str = "") -> None:
        """Let the reminder have ended so."""
        row = self.message(channel)
        Message.objects.filter(pk=row.pk).update(
            reason=reason, because=because, send_at=None, settled_at=self.now, tries=1
        )

    def again(self, channel: str = "email") -> None:
        send_again(message=self.message(channel), by=STAFF, now=self.now)

    def address(self, channel: str, trouble: Trouble | str) -> None:
        to = NUMBER if channel == "sms" else "ana@example.com"
        change_address_state(
            business_id=self.card.business_id,
            channel=channel,
            address=to,
            trouble=trouble,
            because="receipt" if trouble else "staff",
            now=self.now,
        )

    def texts(self, body: str) -> None:
        """Let the phone write."""
        receive_text(gateway=self.gateway, number=NUMBER, body=body, key=f"in-{body}", now=self.now)

    def set(self, row: Any, **fields: Any) -> None:
        type(row)._base_manager.filter(pk=row.pk).update(**fields)

    def policy(self, gate: NotificationGate) -> None:
        BookingPolicy.objects.filter(business=self.card.business).update(notification_gate=gate)

    def domains(self, spf: State) -> None:
        SendingDomain.objects.update(spf=spf.value)

    def number(self, value: str) -> None:
        Identifier.objects.filter(client=self.card, kind="phone").update(value=value)
        self.set(self.visit, phone_used=value)

    def wants(self, notify_by: NotifyBy) -> None:
        set_preferences(
            client=self.card, notify_by=notify_by, how=How.STAFF, by=STAFF, now=self.now
        )

    def diagnose(self) -> Diagnosis:
        visit = Appointment.objects.select_related("client").get(pk=self.visit.pk)
        return diagnose(
            appointment=visit,
            reader=Reader.STAFF,
            now=self.now,
            device_zone="Europe/Madrid",
        )


@pytest.fixture
def world(visit: Appointment, ana: Client, gateway: TextGateway, now: datetime) -> World:
    return World(visit, ana, gateway, now)


Act = Callable[[World], Any]
FAULTS: dict[str, tuple[Act, str, Act]] = {
    "dead worker": (
        lambda w: WorkerHeartbeat.objects.all().delete(),
        "worker-alive",
        lambda w: WorkerHeartbeat.objects.create(process="2", started_at=w.now, beat_at=w.now),
    ),
    "restored backup": (
        lambda w: hold_sending(now=w.now),
        "sending-released",
        lambda w: release_sending(),
    ),
    "worker was dead": (
        lambda w: w.ends(Reason.SCHEDULER_DOWN),
        "worker-alive",
        lambda w: w.again(),
    ),
    "ambiguous": (lambda w: w.ends(Reason.UNKNOWN), "outcome-known", lambda w: w.again()),
    "no email": (
        lambda w: Identifier.objects.filter(client=w.card, kind="email").delete(),
        "email-address",
        lambda w: add_identifier(client=w.card, email="ana@example.com", by=STAFF, now=w.now),
    ),
    "bounced": (
        lambda w: w.address("email", Trouble.BOUNCED),
        "email-accepted",
        lambda w: w.address("email", ""),
    ),
    "complained": (
        lambda w: w.address("email", Trouble.COMPLAINED),
        "email-welcome",
        lambda w: w.address("email", ""),
    ),
    "full mailbox": (lambda w: w.ends(Reason.BOUNCED_SOFT), "email-mailbox", lambda w: w.again()),
    "spam filter": (
        lambda w: w.ends(Reason.CARRIER_FILTERED),
        "email-not-filtered",
        lambda w: w.again(),
    ),
    "mail server": (lambda w: w.ends(Reason.PROVIDER_ERROR), "mail-server", lambda w: w.again()),
    "mail budget": (
        lambda w: w.ends(Reason.POLICY_GATE, because="mail-budget"),
        "email-budget",
        lambda w: w.again(),
    ),
    "no SPF": (
        lambda w: w.domains(State.FAIL),
        "email-domains",
        lambda w: w.domains(State.PASS),
    ),
    "no gateway": (
        lambda w: w.set(w.gateway, ended_at=w.now),
        "texts-sent",
        lambda w: w.set(w.gateway, ended_at=None),
    ),
    "gateway down": (
        lambda w: w.set(w.gateway, failed_at=w.now, failure="401"),
        "text-gateway",
        lambda w: w.set(w.gateway, failed_at=None, failure=""),
    ),
    "month spent": (
        lambda w: TextSpend.objects.create(
            business=w.card.business, month=f"{w.now:%Y-%m}", spent_minor=2000
        ),
        "text-money",
        lambda w: w.set(w.gateway, cap_minor=4000),
    ),
    "country off": (
        lambda w: w.set(w.gateway, countries=["IT"]),
        "text-country",
        lambda w: w.set(w.gateway, countries=["IT", "ES"]),
    ),
    "number limit": (
        lambda w: w.ends(Reason.POLICY_GATE, "sms", "number-limit"),
        "text-limit",
        lambda w: w.again("sms"),
    ),
    "no number": (
        lambda w: (
            Identifier.objects.filter(client=w.card, kind="phone").delete(),
            w.set(w.visit, phone_used=""),
        ),
        "text-number",
        lambda w: add_identifier(client=w.card, phone=NUMBER, by=STAFF, now=w.now),
    ),
    "landline": (
        lambda w: w.number("+34913000000"),
        "text-mobile",
        lambda w: w.number(NUMBER),
    ),
    "landline by receipt": (
        lambda w: w.address("sms", Trouble.LANDLINE),
        "text-mobile",
        lambda w: w.address("sms", ""),
    ),
    "number unknown to the carrier": (
        lambda w: w.address("sms", Trouble.INVALID),
        "text-number-exists",
        lambda w: w.address("sms", ""),
    ),
    "mistyped number": (
        lambda w: w.set(w.visit, phone_used="+34600000021"),
        "number-typed-right",
        lambda w: w.set(w.visit, phone_used=NUMBER),
    ),
    "STOP": (lambda w: w.texts("STOP"), "text-not-stopped", lambda w: w.texts("START")),
    "carrier filter": (
        lambda w: w.ends(Reason.CARRIER_FILTERED, "sms"),
        "text-not-filtered",
        lambda w: w.again("sms"),
    ),
    "the clocks changed": (
        lambda w: w.set(w.visit, promised_local="2026-11-24T18:30"),
        "place-zone",
        lambda w: w.set(w.visit, promised_local="2026-11-24T17:30"),
    ),
    "booked while travelling": (
        lambda w: w.set(w.visit, device_zone="Asia/Tokyo"),
        "device-zone",
        lambda w: w.set(w.visit, device_zone="Europe/Madrid"),
    ),
    "too close": (lambda w: w.ends(Reason.TOO_CLOSE), "booked-in-time", lambda w: w.again()),
    "profile abroad": (
        lambda w: w.set(w.card, zone="Europe/London"),
        "profile-zone",
        lambda w: w.set(w.card, zone=""),
    ),
    "quiet hours": (
        lambda w: w.ends(Reason.QUIET_HOURS, "sms"),
        "quiet-hours",
        lambda w: w.again("sms"),
    ),
    "nothing wanted": (
        lambda w: w.wants(NotifyBy.NONE),
        "channel-chosen",
        lambda w: w.wants(NotifyBy.EMAIL_AND_SMS),
    ),
    "not activated": (
        lambda w: (
            w.policy(NotificationGate.ACTIVATED_ONLY),
            w.set(w.card, activated_at=None),
        ),
        "activated",
        lambda w: w.set(w.card, activated_at=w.now),
    ),
    "not proved": (
        lambda w: (
            w.policy(NotificationGate.VERIFIED_CONTACT),
            Identifier.objects.filter(client=w.card).update(verified_at=None),
        ),
        "address-proved",
        lambda w: Identifier.objects.filter(client=w.card).update(verified_at=w.now),
    ),
    "nothing agreed": (
        lambda w: Consent.objects.all().delete(),
        "consent-kept",
        lambda w: w.wants(NotifyBy.EMAIL_AND_SMS),
    ),
    "switched off": (
        lambda w: w.ends(Reason.RULE_DISABLED),
        "rule-on",
        lambda w: w.again(),
    ),
}


@pytest.mark.req("S4.28")
@pytest.mark.req("L7")
@pytest.mark.parametrize(("seed", "check", "mend"), FAULTS.values(), ids=list(FAULTS))
def test_a_seeded_fault_is_the_first_to_fail_and_its_fix_makes_the_same_run_pass(
    world: World, seed: Act, check: str, mend: Act
) -> None:
    assert not failing(world.diagnose())
    seed(world)
    found = world.diagnose()
    assert found.cause is not None
    assert found.cause.check == check
    assert failing(found) == {check}
    agrees_with_the_decision(found)
    mend(world)
    assert not failing(world.diagnose())


def failing(found: Diagnosis) -> set[str]:
    return {one.check for one in found.findings if one.verdict is Verdict.FAIL}


def agrees_with_the_decision(found: Diagnosis) -> None:
    """What waits and would not leave as things stand would not leave for the cause that was found."""
    assert found.cause is not None
    for line in found.facts.lines:
        if line.is_open and line.channel != "push" and line.reason is not Reason.QUEUED:
            assert cause_of(line.channel, line.reason, line.because) == found.cause.check


def test_with_nothing_wrong_the_same_questions_are_asked_of_the_client(world: World) -> None:
    found = diagnose(client=world.card, reader=Reader.CLIENT, now=world.now)
    assert found.cause is None
    assert {line.channel for line in found.facts.lines} == {"email", "sms", "push"}


def test_asking_costs_the_same_queries_for_eight_appointments_as_for_four(
    world: World, make_appointment, tell
) -> None:
    from clientela.booking import events  # noqa: PLC0415 -- after Django's set-up

    def book(count: int) -> int:
        for _ in range(count):
            tell(events.AppointmentBooked, make_appointment(phone_used=NUMBER))
        return ask_and_count(world)

    # What several have in common is read for all of them at once; of a single one it is at hand already.
    with_two = book(1)
    with_four = book(2)
    # From the eleventh message that waits, business, service, professional and place are read by themselves.
    assert with_four <= with_two + 4
    assert book(4) == with_four


def ask_and_count(world: World) -> int:
    from django.db import connection  # noqa: PLC0415 -- only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- only here

    with CaptureQueriesContext(connection) as asked:
        diagnose(client=world.card, reader=Reader.STAFF, now=world.now)
    return len(asked)
