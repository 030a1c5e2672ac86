"""What booking tests ask of the database, in a second way than the program does; and people with a log-in."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from tests import factories

from clientela.accounts.models import Account
from clientela.booking.models import BusyBlock, Occupancy
from clientela.booking.queries.busy_masks import recounted_blocks
from clientela.business.models import Resource
from clientela.people.models import Client
from clientela.platform.models import OutboxEvent
from clientela.rules.mask_blocks import EMPTY_BLOCK


def overlaps() -> list[tuple[str, datetime]]:
    """Return occupancies that meet another of their resource, compared pair by pair."""
    rows = list(Occupancy.objects.order_by("resource_id", "starts_at"))
    return [
        (str(one.resource_id), other.starts_at)
        for one in rows
        for other in rows
        if one.pk != other.pk
        and one.resource_id == other.resource_id
        and one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
    ]


def masks_equal_recount() -> bool:
    """Say whether every kept busy mask is what its occupancies say, and none is missing."""
    for resource in Resource.objects.all():
        kept = {
            row.block: bytes(row.cells)
            for row in BusyBlock.objects.filter(resource=resource)
            if bytes(row.cells) != EMPTY_BLOCK
        }
        if kept != recounted_blocks(resource_id=resource.pk):
            return False
    return True


def event_names() -> list[str]:
    """Return the short names of the events of booking so far, in order."""
    names = OutboxEvent.objects.order_by("id").values_list("name", flat=True)
    return [name.split(".")[1] for name in names if name.startswith("booking.")]


def proved_account(email: str, name: str) -> Account:
    """Make a log-in whose mailbox is proved."""
    account = factories.make_account(email, name)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def own_card(card: Client, account: Account) -> Client:
    """Make a card somebody's own, past the actions of ``people``."""
    Client.objects.filter(pk=card.pk).update(account=account, activated_at=factories.NOW)
    card.refresh_from_db()
    return card
