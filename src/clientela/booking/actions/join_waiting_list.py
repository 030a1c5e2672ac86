"""Put somebody on the waiting list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from clientela.accounts.models import Account
from clientela.booking.actions.booker import admit_booker
from clientela.booking.actions.write_appointment import Form as CardForm, card_of, held_card
from clientela.booking.errors import WaitRefused
from clientela.booking.guest import Guest
from clientela.booking.models import Channel, JoinedBy, WaitingEntry, WaitState
from clientela.booking.queries.client_door import client_door
from clientela.booking.waiting_links import new_wait_link
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.actions.card_for_account import card_for_account
from clientela.people.models import Client
from clientela.platform.actor import Actor, ActorKind
from clientela.platform.audit import note
from clientela.platform.ids import uuid7
from clientela.platform.locking import lock
from clientela.rules.clock_time import MINUTES_PER_DAY, is_known_zone, local_date
from clientela.rules.waiting import LONGEST_DAYS

MOST_AT_ONCE: Final = 5
"""For more things at once nobody waits at one business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody waits for: the days are local dates of the place, the minutes those of its clock."""

    business: Business
    service: Service
    location: Location
    professional: Professional | None = None
    first_day: date
    last_day: date
    from_minute: int = 0
    until_minute: int = MINUTES_PER_DAY
    language: str = ""
    zone: str = ""


def join_waiting_list(
    *,
    wish: Wish,
    client: Client | Guest | None,
    account: Account | None = None,
    by: Actor,
    now: datetime,
) -> WaitingEntry | None:
    """Let a client wait, and return the entry; the one that stands, where they wait for exactly this already.

    For whom it is, is decided as with a booking (``admit_booker``): a card, a guest as typed, or the own card of who
    is signed in. Refuses ``WaitRefused``, and ``LoginRequired`` like a booking. ``None``: a guest for whom as much
    is kept as may be; who typed an address learns nothing of it, so they are told the same as everybody.
    """
    _check(wish, now)
    booker = admit_booker(business=wish.business, client=client, account=account, by=by)
    form = CardForm(client=booker.client, channel=Channel.WEB, door="", language=wish.language)
    with transaction.atomic():
        lock(keys=form.lock_keys(business_id=wish.business.pk))
        if booker.client is None:
            assert booker.account is not None  # noqa: S101 -- only an account has an own card
            own = card_for_account(
                business=wish.business,
                account=booker.account,
                language=wish.language,
                by=booker.by,
                now=now,
            )
            form = CardForm(client=own, channel=Channel.WEB, door="", language=wish.language)
        card = held_card(card_of(form, business=wish.business, by=booker.by, now=now))
        address = form.client.email if isinstance(form.client, Guest) else ""
        return _joined(wish, card, address=address, by=booker.by, now=now)


def _check(wish: Wish, now: datetime) -> None:
    today = local_date(now, wish.location.zone)
    if wish.last_day < max(wish.first_day, today) or wish.last_day > today + timedelta(
        LONGEST_DAYS
    ):
        raise WaitRefused("wait-days-refused", field="last_day", most=LONGEST_DAYS)
    if not 0 <= wish.from_minute < wish.until_minute <= MINUTES_PER_DAY:
        raise WaitRefused("wait-hours-refused", field="until")
    service = wish.service
    if not (service.is_active and service.is_online and client_door(wish.business).is_online):
        raise WaitRefused("wait-not-offered")


def _joined(
    wish: Wish, card: Client, *, address: str, by: Actor, now: datetime
) -> WaitingEntry | None:
    standing = list(WaitingEntry.objects.filter(client=card, state=WaitState.WAITING))
    values = _values(wish, card, now)
    for entry in standing:
        if all(getattr(entry, name) == value for name, value in values.items()):
            return entry
    if len(standing) >= MOST_AT_ONCE:
        if by.kind is ActorKind.GUEST:
            return None
        raise WaitRefused("too-many-waits", most=MOST_AT_ONCE)
    nonce, digest = new_wait_link()
    entry = WaitingEntry.objects.create(
        id=uuid7(),
        business=wish.business,
        client=card,
        **values,
        language=wish.language or card.language or wish.business.language,
        zone=wish.zone if is_known_zone(wish.zone) else "",
        address_used=address,
        joined_by=_joined_by(by),
        link_nonce=nonce,
        link_digest=digest,
        created_at=now,
    )
    note(action="waiting-list-joined", subject=entry, by=by, now=now)
    return entry


def _values(wish: Wish, card: Client, now: datetime) -> dict[str, object]:
    """What makes two wishes the same. A client who is bound to one professional waits for that one."""
    asked = wish.professional.pk if wish.professional else None
    return {
        "service_id": wish.service.pk,
        "location_id": wish.location.pk,
        "professional_id": card.bound_to_id or asked,
        "first_day": max(wish.first_day, local_date(now, wish.location.zone)),
        "last_day": wish.last_day,
        "from_minute": wish.from_minute,
        "until_minute": wish.until_minute,
    }


def _joined_by(by: Actor) -> JoinedBy:
    known = {ActorKind.GUEST: JoinedBy.GUEST, ActorKind.CLIENT: JoinedBy.CLIENT}
    return known.get(by.kind, JoinedBy.STAFF)
