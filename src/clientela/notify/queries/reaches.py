"""How people can be reached, by every channel: of a card, of the client of an appointment, of contacts as typed.

The address the booking was made with counts while it still stands on the card and takes messages; else the card's
first that does. The same for numbers. What is known of the address itself comes along: a bounce, a STOP, a landline.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from clientela.booking.models import Appointment
from clientela.notify.models import PushDevice, Trouble
from clientela.notify.queries.address_states import troubles_of_many
from clientela.notify.queries.plan import Countries, countries_of
from clientela.notify.reach import EMAIL, PUSH, SMS, Reach
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.phones import number_country, number_kind

Reaches = Mapping[str, Reach]
"""One ``Reach`` for each channel there is, whether or not the business has it."""

_KINDS: Final = {EMAIL: IdentifierKind.EMAIL, SMS: IdentifierKind.PHONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Somebody to be reached. With a card, ``email`` and ``phone`` are what the booking was made with; else the addresses.

    ``account_id`` is whose devices take pushes. ``is_verified`` speaks of an e-mail address without a card.
    """

    business_id: UUID
    card_id: UUID | None = None
    account_id: UUID | None = None
    email: str = ""
    phone: str = ""
    is_verified: bool = False


def target_of(appointment: Appointment, *, reader: Client) -> Target:
    """Who is told as the client of an appointment: ``reader``, the client's card or that of who hears for a child."""
    return Target(
        business_id=appointment.business_id,
        card_id=reader.pk,
        account_id=reader.account_id,
        email=appointment.address_used,
        phone=appointment.phone_used,
    )


def target_of_card(card: Client) -> Target:
    """A card, whatever it was booked with."""
    return Target(business_id=card.business_id, card_id=card.pk, account_id=card.account_id)


def reaches_of(*, targets: Sequence[Target], countries: Countries | None = None) -> list[Reaches]:
    """Return how each of these can be reached, in their order; at most four queries for all of them.

    ``countries`` are those that each business texts to, where they are at hand already (``Plans.countries``).
    """
    contacts = _contacts({one.card_id for one in targets if one.card_id})
    devices = _devices({one.account_id for one in targets if one.account_id})
    chosen = [_chosen(one, contacts) for one in targets]
    troubles = troubles_of_many(
        (target.business_id, channel, address)
        for target, found in zip(targets, chosen, strict=True)
        for channel, (address, _) in found.items()
    )
    if countries is None:
        countries = countries_of(business_ids={one.business_id for one in targets})
    return [
        _reaches(target, found, troubles, devices, countries)
        for target, found in zip(targets, chosen, strict=True)
    ]


def _reaches(
    target: Target,
    chosen: Mapping[str, tuple[str, bool]],
    troubles: Mapping[tuple[UUID, str, str], Trouble],
    devices: Mapping[UUID, int],
    countries: Countries,
) -> Reaches:
    (email, has_proved_email), (number, has_proved_number) = chosen[EMAIL], chosen[SMS]
    open_to = countries.get(target.business_id)
    return {
        EMAIL: Reach(
            channel=EMAIL,
            address=email,
            is_verified=has_proved_email,
            trouble=troubles.get((target.business_id, EMAIL, email), ""),
        ),
        SMS: Reach(
            channel=SMS,
            address=number,
            is_verified=has_proved_number,
            number_kind=number_kind(number),
            trouble=troubles.get((target.business_id, SMS, number), ""),
            is_country_on=open_to is None or number_country(number) in open_to,
        ),
        # A device is its owner's proof by itself: they signed in on it.
        PUSH: Reach(
            channel=PUSH,
            is_verified=target.account_id is not None,
            device_count=devices.get(target.account_id, 0) if target.account_id else 0,
        ),
    }


def _chosen(
    target: Target, contacts: Mapping[UUID, Sequence[Identifier]]
) -> dict[str, tuple[str, bool]]:
    """Return the address and the number to use, each with whether it was proved; blank for none."""
    used = {EMAIL: target.email, SMS: target.phone}
    if target.card_id is None:
        return {EMAIL: (target.email, target.is_verified), SMS: (target.phone, False)}
    return {
        channel: _choose(contacts.get(target.card_id, ()), kind=_KINDS[channel], used=used[channel])
        for channel in used
    }


def _choose(
    contacts: Iterable[Identifier], *, kind: IdentifierKind, used: str = ""
) -> tuple[str, bool]:
    """Choose among the contacts of a card, oldest first: the one used, else the first that takes messages."""
    takers = [
        (one.value, one.verified_at is not None)
        for one in contacts
        if one.kind == kind and one.for_notifications
    ]
    return next((one for one in takers if one[0] == used), takers[0] if takers else ("", False))


def _contacts(cards: Collection[UUID]) -> dict[UUID, list[Identifier]]:
    found: dict[UUID, list[Identifier]] = defaultdict(list)
    if cards:
        rows = Identifier.objects.filter(client_id__in=cards, for_notifications=True)
        for row in rows.order_by("created_at", "id"):
            found[row.client_id].append(row)
    return found


def _devices(accounts: Collection[UUID]) -> Counter[UUID]:
    if not accounts:
        return Counter()
    living = PushDevice.objects.filter(account_id__in=accounts, ended_at__isnull=True)
    return Counter(living.values_list("account_id", flat=True))
