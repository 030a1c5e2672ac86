"""Writing a new appointment into a time that is won; every way of booking ends here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from clientela.accounts.models import Account
from clientela.booking.actions.credit import without_credit
from clientela.booking.actions.occupy import occupy
from clientela.booking.actions.promise import ends_of, occupied_stretch, promise
from clientela.booking.actions.win_seat import win_seat
from clientela.booking.actions.win_time import Wanted, win_time
from clientela.booking.errors import ClientGone
from clientela.booking.events import AppointmentBooked, AppointmentRequested
from clientela.booking.guest import Guest
from clientela.booking.links import new_link
from clientela.booking.models import Appointment, Channel, Seat, Series, Session, Status
from clientela.booking.queries.lent_card import lent_card
from clientela.business.models import Business
from clientela.business.plain_text import line, note as note_text
from clientela.catalogue.models import Service
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.actions.consent_by_booking import consent_by_booking
from clientela.people.actions.find_or_register_guest import find_or_register_guest
from clientela.people.actions.keep_contacts import read_contacts
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.failpoints import failpoint
from clientela.platform.ids import uuid7
from clientela.platform.outbox import record
from clientela.rules.name_match import normalise_email
from clientela.rules.redemption_state import RedemptionState

AUDITED: Final = {
    Status.HELD: "appointment-held",
    Status.REQUESTED: "appointment-requested",
    Status.CONFIRMED: "appointment-booked",
}


@dataclass(frozen=True, slots=True)
class Form:
    """Who books and how it came: what an appointment records besides its time."""

    client: Client | Guest | None
    """``None``: the own card of ``account``, which is found or made once the time is won."""
    channel: Channel
    door: str
    zone: str = ""
    device_zone: str = ""
    language: str = ""
    client_note: str = ""
    staff_note: str = ""
    account: Account | None = None
    series: Series | None = None
    relative: Client | None = None
    """Somebody of the booker's household, whom it is for."""
    asker: Account | None = None
    """Who books for the ``relative``, as long as they let them."""
    held_until: datetime | None = None
    """While its client pays the time is only held, until then."""

    def client_identity(self) -> list[str]:
        """Return for whom it is, as a repeated request must say it again: an account's own card may not be made yet."""
        if self.account is not None:
            return [str(self.account.pk)]
        if isinstance(self.client, Client):
            return [str(self.client.pk)]
        assert self.client is not None  # noqa: S101 -- only an account has an own card
        return [self.client.name, self.client.email, self.client.phone]

    def lock_keys(self, *, business_id: UUID) -> tuple[str, ...]:
        """Return the key under which a guest's card is found or made: two tabs must not make two cards."""
        if not isinstance(self.client, Guest):
            return ()
        address = normalise_email(self.client.email) or self.client.phone.strip()
        return (f"guest:{business_id}:{address}",) if address else ()


def write_appointment(
    *, wanted: Wanted, form: Form, business: Business, by: Actor, now: datetime
) -> Appointment:
    """Win the time or the seat, then write appointment, occupancy, audit and event; its credit is the caller's.

    The caller's transaction; raises ``NotFree``. A seat needs no occupancy: its session has one.
    """
    if wanted.service.is_group:
        seat = win_seat(wanted, now=now)
        appointment = _insert(
            wanted,
            form,
            business=business,
            professional_id=seat.session.professional_id,
            session=seat.session,
            because=seat.assignment,
            by=by,
            now=now,
        )
        Seat.objects.create(
            id=uuid7(),
            business_id=business.pk,
            session=seat.session,
            number=seat.number,
            appointment=appointment,
        )
    else:
        won = win_time(wanted)
        failpoint("booking.book.won")
        appointment = _insert(
            wanted,
            form,
            business=business,
            professional_id=won.professional_id,
            session=None,
            because=won.assignment,
            by=by,
            now=now,
        )
        from_at, until_at = occupied_stretch(service=wanted.service, starts_at=wanted.starts_at)
        occupy(
            holder=appointment,
            resource_ids=won.resource_ids,
            starts_at=from_at,
            ends_at=until_at,
        )
    _tell(appointment, wanted, form, by=by, now=now)
    return appointment


def _insert(
    wanted: Wanted,
    form: Form,
    *,
    business: Business,
    professional_id: UUID,
    session: Session | None,
    because: dict[str, object],
    by: Actor,
    now: datetime,
) -> Appointment:
    service = wanted.service
    card = card_of(form, business=business, by=by, now=now)
    nonce, digest = new_link()
    status = Status.HELD if form.held_until else taken_status(service=service, by=by)
    return Appointment.objects.create(
        id=uuid7(),
        business=business,
        location=wanted.location,
        service=service,
        professional_id=professional_id,
        client=card,
        session=session,
        series=form.series,
        status=status.value,
        redemption=RedemptionState.NONE if form.held_until else without_credit(service),
        held_until=form.held_until,
        starts_at=wanted.starts_at,
        ends_at=session.ends_at
        if session
        else ends_of(service=service, starts_at=wanted.starts_at),
        **promise(starts_at=wanted.starts_at, location=wanted.location),
        zone=form.zone,
        device_zone=form.device_zone,
        channel=form.channel,
        door=form.door,
        account=form.account,
        address_used=_address_used(form),
        phone_used=_phone_used(form, business=business),
        language=form.language or card.language or business.language,
        price_minor=service.price_minor,
        currency=business.currency,
        client_note=note_text(form.client_note, limit=1000),
        staff_note=note_text(form.staff_note, limit=10_000),
        assigned_because=because,
        link_nonce=nonce,
        link_digest=digest,
        created_at=now,
        changed_at=now,
    )


def taken_status(*, service: Service, by: Actor) -> Status:
    """Return how a new appointment stands: a request where the service waits for the staff's word, else confirmed."""
    return Status.REQUESTED if service.needs_approval and not by.is_staff else Status.CONFIRMED


def card_of(form: Form, *, business: Business, by: Actor, now: datetime) -> Client:
    """Return the card booked for, held: the one given, the account's own, or where a guest's name and address lead.

    After the time is won. What a relative's card allowed before is asked again; refuses ``NotLent``.
    """
    client = form.client
    if isinstance(client, Guest):
        return find_or_register_guest(
            business=business,
            name=client.name,
            email=client.email,
            phone=client.phone,
            language=client.language or form.language,
            by=by,
            now=now,
        )
    if client is None:
        assert form.account is not None  # noqa: S101 -- only an account has an own card
        client = card_for_account(
            business=business, account=form.account, language=form.language, by=by, now=now
        )
    card = held_card(client)
    if form.asker is not None:  # What somebody books for another is not the other's word.
        return lent_card(card, account=form.asker)
    consent_by_booking(card=card, by=by, now=now)
    return card


def held_card(card: Client) -> Client:
    """Return the card as it stands, held until the transaction ends; refuses ``ClientGone``.

    Between the page and the press it may have become part of another card, which is then the one meant, or have
    been erased. Whoever writes rows of a card takes it before the card's credits (``ledger/locks.py``): a card
    that is being joined to another is taken in that order too. One that became part of another is not held: who
    joins that one further must write where it leads.
    """
    standing = Client.objects.filter(merged_into__isnull=True).select_for_update(no_key=True)
    wanted = card.pk
    while (found := standing.filter(pk=wanted).first()) is None:
        row = Client.objects.filter(pk=wanted).first()
        if row is None:
            raise ClientGone
        wanted = row.merged_into_id or row.pk
    if found.erased_at is not None:
        raise ClientGone
    return found


def _address_used(form: Form) -> str:
    """Return the contact that a guest typed; nothing where the card was known."""
    if isinstance(form.client, Guest):
        return line(form.client.email or form.client.phone, limit=254)
    return ""


def _phone_used(form: Form, *, business: Business) -> str:
    """Return the number that a guest typed, in the form in which numbers are kept."""
    phone = form.client.phone if isinstance(form.client, Guest) else ""
    read = read_contacts(business=business, phones=[phone])
    return read[0].value if read else ""


def _tell(
    appointment: Appointment, wanted: Wanted, form: Form, *, by: Actor, now: datetime
) -> None:
    """Audit it, and say so; of a time that is only held nobody is told."""
    status = Status(appointment.status)
    for_whom = {"for_relative": str(appointment.client_id)} if form.relative else {}
    note(
        action=AUDITED[status],
        subject=appointment,
        by=by,
        now=now,
        details={
            "starts_at": appointment.starts_at,
            "door": appointment.door,
            "overrides": wanted.overrides.named(),
            **for_whom,
        },
    )
    if status is not Status.HELD:
        tell_booked(appointment, by=by, now=now)


def tell_booked(appointment: Appointment, *, by: Actor, now: datetime) -> None:
    """Record that an appointment, or a request, was made; the caller's transaction."""
    is_request = appointment.status == Status.REQUESTED
    event = AppointmentRequested if is_request else AppointmentBooked
    record(
        event(
            business_id=appointment.business_id,
            appointment_id=appointment.pk,
            sequence=appointment.sequence,
            by=by.kind.value,
        ),
        now=now,
    )
