"""What is known of addresses themselves, whoever's card they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from clientela.notify.models import AddressState, Trouble
from clientela.rules.name_match import normalise_email

# Numbers that a business texts: one key of channel and address.
Pair = tuple[str, str]


def written_as(*, channel: str, address: str) -> str:
    """Return the one spelling under which an address is remembered: mail without capitals, numbers as E.164."""
    return normalise_email(address) if channel == "email" else address.replace(" ", "")


def troubles_of(*, business_id: UUID, pairs: Iterable[Pair]) -> dict[Pair, Trouble]:
    """Return what forbids writing to these addresses (channel, address); who has no trouble is not in it. One query."""
    asked = [(business_id, channel, address) for channel, address in pairs]
    found = troubles_of_many(asked)
    return {(channel, address): trouble for (_, channel, address), trouble in found.items()}


def troubles_of_many(
    keys: Iterable[tuple[UUID, str, str]],
) -> dict[tuple[UUID, str, str], Trouble]:
    """Return the same for addresses (business, channel, address) of several businesses, in one query."""
    wanted = {
        (business, channel, written_as(channel=channel, address=address)): (
            business,
            channel,
            address,
        )
        for business, channel, address in keys
        if address
    }
    if not wanted:
        return {}
    rows = AddressState.objects.filter(
        business_id__in={one[0] for one in wanted}, address__in={one[2] for one in wanted}
    ).exclude(trouble="")
    found = {}
    for business, channel, address, trouble in rows.values_list(
        "business_id", "channel", "address", "trouble"
    ):
        if (business, channel, address) in wanted:
            found[wanted[business, channel, address]] = Trouble(trouble)
    return found


def state_of(*, business_id: UUID, channel: str, address: str) -> AddressState | None:
    """Return what is known of one address, with its events, or None; two queries."""
    rows = AddressState.objects.filter(
        business_id=business_id,
        channel=channel,
        address=written_as(channel=channel, address=address),
    )
    return rows.prefetch_related("events").first()
