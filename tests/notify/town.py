"""A town of random businesses and bookings, to hold what was promised beside what became of it.

Everything that a message depends on is drawn: the gate, the plan (also services with one of their own), gateways,
zones and changes of clocks, quiet hours, preferences, statements, proofs, troubles of addresses, devices, lead times.
One generator, one seed; the rows are written as the shipped code would, through its handler.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random  # noqa: TID251 -- one seed, one town: drawn to be drawn again
from typing import Any

from django.db import transaction
from tests.factories import make_account
from tests.notify.texting import make_gateway

from clientela.booking import events, links
from clientela.booking.models import Appointment, Channel, Status
from clientela.business.models import (
    BookingPolicy,
    Business,
    Location,
    NotificationGate,
    Professional,
    Resource,
    ResourceKind,
)
from clientela.catalogue.models import Service
from clientela.notify.handlers import tell
from clientela.notify.models import (
    AddressState,
    MessagePolicy,
    MessageRule,
    PushDevice,
    Recipient,
    Rule,
    Trouble,
)
from clientela.notify.push_address import SIMULATED_HOST
from clientela.notify.queries.forecast import Wish
from clientela.notify.queries.plan import STANDARD
from clientela.people.actions.consent_by_booking import consent_by_booking
from clientela.people.actions.find_or_register_guest import find_or_register_guest
from clientela.people.actions.record_consent import record_consent
from clientela.people.actions.register_client import register_client
from clientela.people.models import Client, How, Identifier, NotifyBy, Purpose
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7
from clientela.platform.sealed import seal
from clientela.rules import clock_time

ZONES = ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo"]
# Days before the clocks change in one or another of these zones, and an ordinary one.
STARTING = [
    datetime(2026, 3, 5, 9, 0, tzinfo=UTC),
    datetime(2026, 3, 26, 20, 30, tzinfo=UTC),
    datetime(2026, 10, 23, 6, 0, tzinfo=UTC),
    datetime(2026, 10, 29, 23, 10, tzinfo=UTC),
    datetime(2026, 7, 1, 12, 0, tzinfo=UTC),
]
LATER_LINES: list[tuple[Rule, Recipient, str]] = [
    (Rule.REMINDER, Recipient.CLIENT, "before:120"),
    (Rule.REMINDER, Recipient.CLIENT, "day:1@540"),
    (Rule.REMINDER, Recipient.CLIENT, "day:2@1380"),
    (Rule.REMINDER, Recipient.CLIENT, "before:2880"),
    (Rule.FOLLOW_UP, Recipient.CLIENT, "after:120"),
    (Rule.FOLLOW_UP, Recipient.CLIENT, "after:1440"),
    (Rule.STAFF_REMINDER, Recipient.PROFESSIONAL, "before:60"),
    (Rule.STAFF_REMINDER, Recipient.DESK, "before:60"),
]
P256DH = "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM"
AUTH = "AAAAAAAAAAAAAAAAAAAAAA"


@dataclass(frozen=True)
class Booking:
    """A wish and, once it is granted, its appointment."""

    wish: Wish
    actor: Actor
    name: str


class Town:
    """One business with its people, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 -- likewise
        self.seed = seed
        self.now = self.random.choice(STARTING)
        self.count = 0
        self.business = Business.objects.create(
            slug=f"town-{seed}",
            name=f"Town {seed}",
            language=self.random.choice(["es", "en", "it"]),
            currency="EUR",
            email=self.random.choice(["", f"desk@town{seed}.example.org"]),
            created_at=self.now,
        )
        BookingPolicy.objects.create(
            business=self.business,
            notification_gate=self.random.choice(list(NotificationGate)),
            zone_mode=self.random.choice(["locked", "client-chooses"]),
        )
        if self.maybe(0.6):
            make_gateway(
                self.business,
                cap_minor=10_000_000,
                countries=self.random.choice([["ES"], ["ES", "IT"], ["IT"]]),
            )
        self.places = [self._place(name) for name in ("Norte", "Sur")]
        self.people = [self._professional(number) for number in range(2)]
        self.services = [
            Service.objects.create(business=self.business, name=name, duration_minutes=45)
            for name in ("Fisioterapia", "Masaje")
        ]
        self._set_plan()

    def maybe(self, chance: float) -> bool:
        """True so often."""
        return self.random.random() < chance

    def _place(self, name: str) -> Location:
        return Location.objects.create(
            business=self.business, name=name, zone=self.random.choice(ZONES), country="ES"
        )

    def _professional(self, number: int) -> Professional:
        resource = Resource.objects.create(
            business=self.business, kind=ResourceKind.PROFESSIONAL, name=f"P{number}"
        )
        address = self.random.choice(
            ["", self.business.email, f"p{number}@town{self.seed}.example.org"]
        )
        return Professional.objects.create(business=self.business, resource=resource, email=address)

    def _set_plan(self) -> None:
        """Leave the standard plan, or write one with further lines, some switched off, some of one service only."""
        if self.maybe(0.3):
            return
        rows = [
            self._rule(one.rule, one.recipient, one.timing) for one in STANDARD if self.maybe(0.9)
        ]
        rows += [self._rule(*line) for line in LATER_LINES if self.maybe(0.6)]
        rows += [
            self._rule(*line, service=self.services[0])
            for line in [(Rule.CONFIRMATION, Recipient.CLIENT, ""), *LATER_LINES]
            if self.maybe(0.3)
        ]
        MessageRule.objects.bulk_create(rows)
        quiet = self.random.choice([(1260, 480), (None, None), (600, 1080), (0, 1435)])
        MessagePolicy.objects.create(
            business=self.business, quiet_from_minute=quiet[0], quiet_until_minute=quiet[1]
        )

    def _rule(self, rule: Rule, recipient: Recipient, timing: str, **more: Any) -> MessageRule:
        return MessageRule(
            business=self.business,
            rule=rule,
            recipient=recipient,
            timing=timing,
            is_on=self.maybe(0.85),
            by_email=self.maybe(0.8),
            by_sms=self.maybe(0.6),
            by_push=self.maybe(0.6),
            created_at=self.now,
            **more,
        )

    def bookings(self, count: int) -> Iterator[Booking]:
        """Draw so many wishes, one after the other, each for a person of its own."""
        for _ in range(count):
            self.count += 1
            yield self._booking()

    def _booking(self) -> Booking:
        channel = self.random.choice([Channel.WEB, Channel.WEB, Channel.STAFF, Channel.API])
        actor = {
            Channel.WEB: Actor.guest(),
            Channel.STAFF: Actor.staff(uuid7(), "front_desk"),
            Channel.API: Actor.api("form"),
        }[channel]
        service = self.random.choice(self.services)
        lead = self.random.choice([3, 20, 90, 300, 1500, 3000, 12_000, 40_000])
        minutes = (lead + self.random.randrange(lead)) // 5 * 5 + 5
        starts_at = self.now.replace(minute=0) + timedelta(minutes=minutes + 60)
        email, phone = self._contacts()
        is_typed = self.maybe(0.4)
        wish = Wish(
            business=self.business,
            service=service,
            location=self.random.choice(self.places),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
            channel=channel,
            by=actor.kind.value,
            status=self.random.choice([Status.CONFIRMED] * 4 + [Status.REQUESTED]),
            professional=self.random.choice(self.people),
            card=None if is_typed else self._card(email, phone),
            email=email if is_typed else "",
            phone=phone if is_typed else "",
            zone=self.random.choice(["", *ZONES]),
        )
        self._trouble(email, phone)
        return Booking(wish, actor, f"Person {self.count}")

    def _contacts(self) -> tuple[str, str]:
        """An address, a number, both or none; numbers of every kind."""
        number = f"{self.seed % 1000:03}{self.count % 1000:03}"
        spanish, others = (
            f"+34612{number}",
            [f"+34912{number}", f"+34806{number}", f"+34555{number}"],
        )
        phones = ["", *[spanish] * 6, f"+39333{number}1", f"+1212555{number[-4:]}", *others]
        email = f"person{self.count}@town{self.seed}.example.com"
        return (email if self.maybe(0.85) else "", self.random.choice(phones))

    def _card(self, email: str, phone: str) -> Client:
        """A card that stood before, with what its person chose, proved and said."""
        card = register_client(
            business=self.business,
            name=f"Person {self.count}",
            emails=[email],
            phones=[phone],
            by=Actor.system("tests"),
            now=self.now,
        )
        card.notify_by = self.random.choice([*NotifyBy, NotifyBy.EMAIL_AND_SMS])
        card.wants_follow_up = self.maybe(0.5)
        card.zone = self.random.choice(["", *ZONES])
        if self.maybe(0.3):
            card.quiet_from_minute, card.quiet_until_minute = self.random.choice(
                [(1200, 600), (0, 1380), (300, 300)]
            )
        if self.maybe(0.7):
            card.activated_at = self.now
        if self.maybe(0.7):
            card.account = self._account()
        card.save()
        if self.maybe(0.5):
            Identifier.objects.filter(client=card, kind="email").update(verified_at=self.now)
        for purpose in Purpose:
            if self.maybe(0.9):
                record_consent(
                    client=card,
                    notify_by=NotifyBy(card.notify_by),
                    purpose=purpose,
                    how=How.PREFERENCES,
                    by=Actor.system("tests"),
                    now=self.now,
                )
        return card

    def _account(self) -> Any:
        account = make_account(f"login{self.count}@town{self.seed}.example.com", "Somebody")
        for number in range(self.random.choice([0, 1, 1, 2])):
            endpoint = f"https://{SIMULATED_HOST}/{account.pk}/{number}"
            PushDevice.objects.create(
                account=account,
                endpoint_digest=f"{account.pk}-{number}",
                sealed=seal({"endpoint": endpoint, "p256dh": P256DH, "auth": AUTH}),
                name="A browser",
                created_at=self.now,
            )
        return account

    def _trouble(self, email: str, phone: str) -> None:
        for channel, address in (("email", email), ("sms", phone)):
            if address and self.maybe(0.1):
                AddressState.objects.create(
                    business=self.business,
                    channel=channel,
                    address=address,
                    trouble=self.random.choice(list(Trouble)),
                    since=self.now,
                )

    def grant(self, booking: Booking) -> Appointment:
        """Write what was wished, and let the worker hear of it."""
        wish = booking.wish
        with transaction.atomic():
            appointment = self._write(booking)
            kind = (
                events.AppointmentBooked
                if wish.status is Status.CONFIRMED
                else events.AppointmentRequested
            )
            tell(
                kind(
                    business_id=self.business.pk,
                    appointment_id=appointment.pk,
                    sequence=0,
                    by=booking.actor.kind.value,
                ),
                now=self.now,
            )
        return appointment

    def _write(self, booking: Booking) -> Appointment:
        wish = booking.wish
        card = wish.card
        if card is None:
            card = find_or_register_guest(
                business=self.business,
                name=booking.name,
                email=wish.email,
                phone=wish.phone,
                language="",
                by=booking.actor,
                now=self.now,
            )
        else:
            consent_by_booking(card=card, by=booking.actor, now=self.now)
        nonce, digest = links.new_link()
        zone = wish.location.zone
        return Appointment.objects.create(
            business=self.business,
            location=wish.location,
            service=wish.service,
            professional=wish.professional,
            client=card,
            status=wish.status.value,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            promised_local=clock_time.wall_text(wish.starts_at, zone),
            promised_zone=zone,
            tzdata=clock_time.tzdata_version(),
            zone=wish.zone,
            channel=wish.channel,
            door="tests",
            address_used=wish.email,
            phone_used=wish.phone,
            currency="EUR",
            link_nonce=nonce,
            link_digest=digest,
            created_at=self.now,
            changed_at=self.now,
        )
