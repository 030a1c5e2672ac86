"""What those of somebody's household owe, who let them pay it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from clientela.ledger.models import Sale
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.people.queries.hidden_rows import shown_only
from clientela.people.queries.households import lent_cards
from clientela.platform.tenancy import system_scope
from clientela.rules.sale_state import OUTSTANDING


@dataclass(frozen=True, slots=True)
class FamilyDue:
    """A sale of somebody else, with its client; ``minor`` is what is due of it, in minor units of its currency."""

    sale: Sale
    minor: int


def family_dues(*, account_id: UUID, business_id: UUID) -> list[FamilyDue]:
    """Return the unpaid sales at a business of those who let this person pay, oldest first; at most three queries.

    What the reader is shown of each is whose it is, its name, what is due and its state, nothing of what it was for.
    """
    sales = list(
        _open_to(account_id).filter(business_id=business_id).order_by("sold_on", "sold_at", "pk")
    )
    if not sales:
        return []
    with system_scope("what is due of sales that this person may pay"):
        sums = sale_sums(sale_ids=[one.pk for one in sales])
    return [FamilyDue(one, sums[one.pk].due) for one in sales]


def family_waits(*, account_id: UUID) -> frozenset[UUID]:
    """Return the businesses where something waits that ``family_dues`` would name; one query."""
    return frozenset(_open_to(account_id).values_list("business_id", flat=True).distinct())


def family_sale(*, account_id: UUID, sale_id: UUID) -> Sale | None:
    """Return an unpaid sale of somebody who lets this person pay at this moment, or ``None``; one query."""
    return _open_to(account_id).filter(pk=sale_id).first()


def _open_to(account_id: UUID) -> QuerySet[Sale]:
    with system_scope("sales of others who let this person pay"):
        sales = Sale.objects.filter(
            client__in=lent_cards(account_id=account_id, what="pay"),
            state__in=[state.value for state in OUTSTANDING],
        )
        return shown_only(sales).select_related("business", "client")
