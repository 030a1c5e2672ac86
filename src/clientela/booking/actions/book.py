"""Book an appointment: the one action behind the page, the desk, the API and an import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from clientela.accounts.models import Account
from clientela.booking.actions.booker import admit_booker, with_own_card
from clientela.booking.actions.check_start import is_open_for, require_location
from clientela.booking.actions.credit import redeem_new
from clientela.booking.actions.mark_appointments import mark_appointments
from clientela.booking.actions.overrides import Overrides
from clientela.booking.actions.refuse import AskedStart, is_backstop, refusal_of
from clientela.booking.actions.win_time import NotFree, Wanted
from clientela.booking.actions.write_appointment import Form, write_appointment
from clientela.booking.errors import ZoneUnknown
from clientela.booking.guest import Guest
from clientela.booking.links import token_of
from clientela.booking.models import Appointment, Channel, MarkedFor, Status
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.idempotency import claim
from clientela.rules.clock_time import is_known_zone


@dataclass(frozen=True, slots=True)
class Booked:
    """The appointment, the token of its manage link, and whether it had been made before (same key)."""

    appointment: Appointment
    link_token: str
    replayed: bool


def book_appointment(  # noqa: PLR0913 -- every fact of a booking has its name
    *,
    business: Business,
    service: Service,
    starts_at: datetime,
    client: Client | Guest | None,
    professional: Professional | None = None,
    location: Location | None = None,
    by: Actor,
    channel: Channel,
    door: str,
    zone: str = "",
    device_zone: str = "",
    language: str = "",
    client_note: str = "",
    staff_note: str = "",
    account: Account | None = None,
    relative: Client | None = None,
    idempotency_key: str | None = None,
    overrides: Overrides | None = None,
    held_until: datetime | None = None,
    now: datetime,
) -> Booked:
    """Book ``starts_at`` for a client, or refuse and write nothing.

    Without ``professional`` a free one is assigned fairly and the reason kept; without ``location`` the
    first one is meant. A service that needs approval makes a request, which holds its time. The same
    ``idempotency_key`` with the same wish returns the same appointment. By a client signed in, the
    ``account`` is who it is for, on their own card; or, where it is for a ``relative`` of their household who lets them,
    on that one's card, and nothing else of it changes (``NotLent``). A client bound to one professional gets nobody else,
    unless staff say so (``Overrides.bound_professional``). With ``held_until`` the time is only held while its
    client pays: nobody is told, until ``take_from_hold`` or ``end_hold``. Refuses ``SlotTaken`` and ``NotBookable`` (both
    with alternatives), ``LoginRequired``, ``NotLent``, ``LocationMissing``, ``ZoneUnknown`` and what ``people`` refuses.
    """
    place = require_location(business=business, location=location)
    booker = admit_booker(
        business=business, client=client, account=account, relative=relative, by=by
    )
    form = Form(
        client=booker.client,
        relative=booker.relative,
        channel=channel,
        door=door,
        zone=checked_zone(zone),
        device_zone=device_zone if is_known_zone(device_zone) else "",
        language=language,
        client_note=client_note,
        staff_note=staff_note,
        account=booker.account,
        held_until=held_until,
    )
    asked = booker.asks(
        service=service,
        location=place,
        professional=professional,
        starts_at=starts_at,
        overrides=overrides,
    )
    return _book_or_refuse(asked, form, key=idempotency_key, by=booker.by, now=now)


def _book_or_refuse(
    asked: AskedStart, form: Form, *, key: str | None, by: Actor, now: datetime
) -> Booked:
    """Book in one transaction; what was not free is asked outside it why, and what is near."""
    try:
        with transaction.atomic():
            asked, form = with_own_card(asked=asked, form=form)
            return _book(asked, form, key=key, by=by, now=now)
    except NotFree:
        pass
    except IntegrityError as error:
        if not is_backstop(error):
            raise
    raise refusal_of(asked, now=now)


def checked_zone(zone: str) -> str:
    """Return a zone that was chosen, or refuse ``ZoneUnknown``; blank means none was."""
    if zone and not is_known_zone(zone):
        raise ZoneUnknown(field="zone")
    return zone


def _book(
    asked: AskedStart,
    form: Form,
    *,
    key: str | None,
    by: Actor,
    now: datetime,
) -> Booked:
    """Claim the key, win the time, write, redeem; one transaction."""
    claimed = None
    if key:
        claimed = claim(
            owner=_owner(asked.business.pk, by),
            key=key,
            fingerprint=_fingerprint(asked, form),
            now=now,
        )
        if claimed.replayed:
            appointment = _made_before(UUID(claimed.result["appointment"]))
            return Booked(appointment, token_of(appointment), replayed=True)
    appointment = write_new(asked=asked, form=form, by=by, now=now)
    redeem_new(appointments=[appointment], now=now)
    if appointment.status != Status.HELD:
        mark_appointments(
            business_id=appointment.business_id,
            client_ids=[appointment.client_id],
            marked_for=MarkedFor.BOOKED,
            by=by,
            now=now,
        )
    if claimed:
        claimed.keep({"appointment": str(appointment.pk)})
    failpoint("booking.book.before-commit")
    return Booked(appointment, token_of(appointment), replayed=False)


def write_new(*, asked: AskedStart, form: Form, by: Actor, now: datetime) -> Appointment:
    """Win the start and write the appointment in the caller's transaction, without a credit; raises ``NotFree``."""
    if not is_open_for(
        business=asked.business,
        service=asked.service,
        location=asked.location,
        starts_at=asked.starts_at,
        by=by,
        overrides=asked.overrides,
        now=now,
        is_online=asked.is_online,
    ):
        raise NotFree
    wanted = Wanted(
        service=asked.service,
        location=asked.location,
        supply=asked.supply(),
        starts_at=asked.starts_at,
        also_lock=form.lock_keys(business_id=asked.business.pk),
        overrides=asked.overrides,
    )
    return write_appointment(wanted=wanted, form=form, business=asked.business, by=by, now=now)


def _made_before(appointment_id: UUID) -> Appointment:
    return Appointment.objects.select_related(
        "business", "location", "service", "professional__resource", "client"
    ).get(pk=appointment_id)


def _owner(business_id: UUID, by: Actor) -> str:
    return f"{business_id}:book:{by.kind.value}:{by.account_id or by.label}"


def _fingerprint(asked: AskedStart, form: Form) -> dict[str, object]:
    """Return what makes two wishes the same: what, when, where, with whom, for whom."""
    return {
        "service": asked.service.pk,
        "starts_at": asked.starts_at.isoformat(),
        "location": asked.location.pk,
        "professional": asked.professional.pk if asked.professional else None,
        "client": form.client_identity(),
        "note": form.client_note,
    }
