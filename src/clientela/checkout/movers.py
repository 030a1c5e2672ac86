"""What of checkout follows a card that is taken up by another, and goes back when they are parted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from clientela.checkout.models import PaymentAttempt
from clientela.people.movers import repoints, stays
from clientela.people.partings import Side, Sides, attributes, remains

_ONE_PERSONS: str = "a card was kept with one person's consent, for one card"


def who_paid(rows: Collection[PaymentAttempt], sides: Sides) -> Iterable[tuple[UUID, Side]]:
    """Say whose each payment is: that of the sale it became or the appointment it was for; else it stays.

    One that came to nothing and names neither tells nothing of anybody.
    """
    ids = [one.pk for one in rows]
    owners = PaymentAttempt.objects.filter(pk__in=ids).values_list(
        "pk", "sale__client", "appointment__client"
    )
    for key, sale_of, visit_of in owners:
        mine = (sale_of or visit_of) == sides.card_id
        yield key, Side.PARTED if mine else Side.STAYED


repoints("checkout.PaymentAttempt", "client")
stays("checkout.KeptCard", "client", why=_ONE_PERSONS)
attributes("checkout.PaymentAttempt", "client", by=who_paid, step=4)
remains("checkout.KeptCard", "client", why=_ONE_PERSONS)
