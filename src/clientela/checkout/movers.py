"""What of checkout follows a card that is taken up by another, and goes back when they are parted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from django.db.models.functions import Coalesce

from clientela.checkout.models import PaymentAttempt
from clientela.people.movers import repoints, stays
from clientela.people.partings import Side, Sides, attributes, remains

_ONE_PERSONS: Final = "a card was kept with one person's consent, for one card"


def who_paid(rows: Collection[PaymentAttempt], sides: Sides) -> Iterable[tuple[UUID, Side]]:
    """Say whose each payment is: that of the sale it became or the appointment it was for; else it stays.

    One that came to nothing and names neither tells nothing of anybody.
    """
    ids = [one.pk for one in rows]
    owner = Coalesce("sale__client", "appointment__client")
    owners = PaymentAttempt.objects.filter(pk__in=ids).annotate(owner=owner)
    for key, of in owners.values_list("pk", "owner"):
        yield key, Side.PARTED if of == sides.card_id else Side.STAYED


repoints("checkout.PaymentAttempt", "client")
stays("checkout.KeptCard", "client", why=_ONE_PERSONS)
attributes("checkout.PaymentAttempt", "client", by=who_paid, step=4)
remains("checkout.KeptCard", "client", why=_ONE_PERSONS)
