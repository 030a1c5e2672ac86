"""Read what a diagnosis looks at: a fixed number of queries, and never a question to the network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from clientela.booking.models import Appointment, Channel, Status
from clientela.business.models import Location
from clientela.conversations.models import Conversation, Medium
from clientela.notify.decisions import UNASKED
from clientela.notify.diagnosis.facts import (
    Facts,
    Gateway,
    Line,
    Mailbox,
    Phone,
    Running,
    SenderDomain,
    Wishes,
    Zones,
)
from clientela.notify.diagnosis.lines import lines_of
from clientela.notify.gate import pass_gate
from clientela.notify.models import AddressState, SenderKind, TextSpend, Trouble
from clientela.notify.queries.client_policy import ClientPolicy, client_policy
from clientela.notify.queries.push_devices import device_counts
from clientela.notify.queries.sending_domains import sending_domains
from clientela.notify.queries.standing import Contact, chosen_contact, standing_of, standing_of_card
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.reach import EMAIL, SMS
from clientela.notify.text_budget import is_country_on, month_of
from clientela.people.models import (
    Client,
    Consent,
    How,
    Identifier,
    IdentifierKind,
    NotifyBy,
    Purpose,
)
from clientela.people.phones import number_kind
from clientela.people.queries.hearers import hearers
from clientela.people.queries.hidden_rows import shown_only
from clientela.platform.installation import sending_held_since
from clientela.platform.jobs import worker_is_alive
from clientela.rules.clock_time import wall_text
from clientela.rules.zone_choice import choose_zone

_SHOWN_WITH: Final = (
    "business",
    "location",
    "service",
    "professional__resource",
    "client__account",
)
MOST_AHEAD: Final = 10


def gather(
    *,
    appointment: Appointment | None,
    client: Client | None,
    now: datetime,
    asked: str,
    device_zone: str,
    only_with: UUID | None = None,
    sees_hidden: bool = True,
) -> Facts:
    """Gather for one appointment, or for a client: then the next one ahead, or else the last, is looked at closely.

    In the scope of the business.
    """
    card = _card(appointment, client)
    looked_at = (
        [appointment]
        if appointment
        else _of_interest(card, now, only_with=only_with, sees_hidden=sees_hidden)
    )
    one = next(iter(looked_at), None)
    reader = _reader(card)
    contacts = sorted(reader.identifiers.all(), key=lambda each: (each.created_at, each.pk))
    mailbox = chosen_contact(contacts, address_used=one.address_used if one else "")
    number, others = _numbers(contacts, used=one.phone_used if one else "")
    states = _states(card, [mailbox.address, number])
    policy = client_policy(card.business_id)
    lines = lines_of(looked_at, asked=asked, now=now)
    return Facts(
        now=now,
        asked=asked,
        business=card.business.name,
        name=card.record_name,
        appointment=one.pk if one else None,
        is_ahead=one is not None and one.starts_at > now,
        lines=lines,
        running=Running(worker_is_alive=worker_is_alive(now=now), held_since=sending_held_since()),
        domains=_domains(now),
        mailbox=_mailbox(mailbox, one, states),
        phone=_phone(number, others, one, states),
        gateway=_gateway(card, number, now),
        zones=_zones(reader, one, policy, reader=device_zone, now=now),
        wishes=_wishes(reader, one, mailbox, policy, lines),
        devices=_devices(reader),
    )


def _card(appointment: Appointment | None, client: Client | None) -> Client:
    """Return the card with its contacts."""
    asked = appointment.client if appointment else client
    if asked is None:
        message = "a diagnosis is about an appointment or a client"
        raise ValueError(message)
    return _rows().get(pk=asked.pk)


def _reader(card: Client) -> Client:
    """Return whose card is told: the client's, or that of who hears for a child, with its contacts."""
    heard_by = hearers(cards=[card])
    return _rows().get(pk=heard_by[card.pk].pk) if heard_by else card


def _rows() -> QuerySet[Client]:
    return Client.objects.select_related("business", "account").prefetch_related("identifiers")


def _of_interest(
    card: Client, now: datetime, *, only_with: UUID | None, sees_hidden: bool
) -> Sequence[Appointment]:
    """What is ahead, the soonest first, and the last one before; what was never booked is not among them."""
    rows = Appointment.objects.filter(client=card).exclude(status=Status.HELD)
    if not sees_hidden:
        rows = shown_only(rows.filter(hidden_at__isnull=True))
    if only_with is not None:
        rows = rows.filter(professional_id=only_with)
    ahead = rows.filter(starts_at__gt=now).order_by("starts_at", "id")[:MOST_AHEAD]
    before = rows.filter(starts_at__lte=now).order_by("-starts_at", "-id")[:1]
    return [*ahead.select_related(*_SHOWN_WITH), *before.select_related(*_SHOWN_WITH)]


def _numbers(contacts: Sequence[Identifier], *, used: str) -> tuple[str, tuple[str, ...]]:
    """The number texts go to (the booking's, while it stands on the card), and the others."""
    takers = [
        one.value for one in contacts if one.kind == IdentifierKind.PHONE and one.for_notifications
    ]
    number = used if used in takers else next(iter(takers), "")
    return number, tuple(one for one in takers if one != number)


def _states(card: Client, addresses: list[str]) -> dict[tuple[str, str], AddressState]:
    rows = AddressState.objects.filter(
        business_id=card.business_id, address__in=[one for one in addresses if one]
    )
    return {(row.channel, row.address): row for row in rows}


def _mailbox(
    contact: Contact, one: Appointment | None, states: dict[tuple[str, str], AddressState]
) -> Mailbox:
    state = states.get((EMAIL, contact.address))
    return Mailbox(
        address=contact.address,
        is_proved=contact.is_verified,
        trouble=_trouble(state),
        since=state.since if state else None,
        used=one.address_used if one else "",
    )


def _phone(
    number: str,
    others: tuple[str, ...],
    one: Appointment | None,
    states: dict[tuple[str, str], AddressState],
) -> Phone:
    state = states.get((SMS, number))
    return Phone(
        number=number,
        kind=number_kind(number),
        trouble=_trouble(state),
        since=state.since if state else None,
        delivered_at=state.delivered_at if state else None,
        used=one.phone_used if one else "",
        others=others,
    )


def _trouble(state: AddressState | None) -> Trouble | None:
    return Trouble(state.trouble) if state and state.trouble else None


def _gateway(card: Client, number: str, now: datetime) -> Gateway | None:
    row = open_gateway(business_id=card.business_id)
    if row is None:
        return None
    spent = TextSpend.objects.filter(business_id=card.business_id, month=month_of(now))
    so_far = spent.values_list("spent_minor", flat=True).first() or 0
    threads = Conversation.objects.filter(
        business_id=card.business_id, medium=Medium.SMS, address=number
    )
    fails = row.failed_at is not None and (row.heard_at is None or row.heard_at < row.failed_at)
    return Gateway(
        sender=row.sender,
        kind=SenderKind(row.sender_kind),
        failure=row.failure or "down" if fails else "",
        is_capped=so_far + row.price_minor > row.cap_minor,
        is_country_off=bool(number) and not is_country_on(gateway=row, number=number),
        unread=threads.values_list("unread", flat=True).first() or 0 if number else 0,
    )


def _domains(now: datetime) -> tuple[SenderDomain, ...]:
    return tuple(
        SenderDomain(name=one.name, spf=one.spf, dkim=one.dkim, dmarc=one.dmarc)
        for one in sending_domains(now=now)
    )


def _zones(
    card: Client, one: Appointment | None, policy: ClientPolicy, *, reader: str, now: datetime
) -> Zones:
    place = one.promised_zone if one else _first_zone(card)
    told = choose_zone(
        mode=policy.zone_mode,
        location_zone=place,
        booking_zone=one.zone if one else "",
        profile_zone=card.zone,
    )
    return Zones(
        at=one.starts_at if one else now,
        mode=policy.zone_mode,
        place=place,
        booking=one.zone if one else "",
        profile=card.zone,
        device=one.device_zone if one else "",
        reader=reader,
        told=told.zone_name,
        told_from=told.source,
        is_by_hand=one is not None and one.channel == Channel.STAFF,
        promise_holds=one is None or wall_text(one.starts_at, place) == one.promised_local,
    )


def _first_zone(card: Client) -> str:
    """The zone of the business's first location: what a client without appointments is compared with."""
    places = Location.objects.filter(business_id=card.business_id, is_active=True)
    return places.values_list("zone", flat=True).first() or "UTC"


def _wishes(
    card: Client,
    one: Appointment | None,
    contact: Contact,
    policy: ClientPolicy,
    lines: Sequence[Line],
) -> Wishes:
    if one is not None:
        standing = standing_of(appointment=one, reader=card, contact=contact, gate=policy.gate)
    else:
        _, standing = standing_of_card(business=card.business, card=card)
    consent = (
        Consent.objects.filter(client=card, purpose=Purpose.APPOINTMENTS)
        .order_by("-at", "-id")
        .first()
    )
    return Wishes(
        notify_by=NotifyBy(card.notify_by),
        gate=pass_gate(standing, is_for_proved=any(line.rule in UNASKED for line in lines)),
        has_account=card.account_id is not None,
        is_activated=card.activated_at is not None,
        welcomed_at=card.welcome_sent_at,
        consented=NotifyBy(consent.notify_by) if consent else None,
        consented_at=consent.at if consent else None,
        consented_how=How(consent.how) if consent else None,
    )


def _devices(card: Client) -> int:
    return device_counts(account_ids=[card.account_id])[card.account_id] if card.account_id else 0
