"""What an appointment's credit is doing, why, and what settles it: a part of its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.booking.causes import cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.lendable import lendable_credits
from clientela.checkout.queries.fee import fee_due
from clientela.ledger.models import Redemption, Sale
from clientela.ledger.queries.sale_sums import sale_sums
from clientela.people.models import Client
from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import USES_CREDIT, RedemptionState
from clientela.rules.sale_state import OUTSTANDING
from clientela.web.design.figures import money
from clientela.web.design.shapes import Badge
from clientela.web.desk.staff import Desk
from clientela.web.states import REDEMPTION, Audience, credit_badge, sale_badge

PAYABLE = frozenset({Status.REQUESTED, Status.CONFIRMED, Status.ATTENDED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing that settles it: a link to a page that says first what it means."""

    label: str
    icon: str
    url: str
    look: str = "btn-line"


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyPart:
    """Its credit in words, the sale behind it, and the next steps. A blank title: there is nothing to say.

    ``lender`` is whose credit it is, where somebody of the household lent it; ``lenders``, whose could be used.
    """

    title: str
    words: str
    badge: Badge | None
    sale: Sale | None
    sale_state: Badge | None
    due: str
    steps: list[Step]
    lender: Client | None
    lenders: list[Client]
    may_return: bool


def money_part(one: Appointment, desk: Desk) -> MoneyPart:
    """Return what stands on the page about money. Two queries, four where a sale is behind it or it waits for one."""
    redemption = RedemptionState(one.redemption)
    used = _used(one, desk) if redemption in USES_CREDIT else None
    sale = used.grant.sale if used else _sold_for(one, desk)
    lender = used.grant.client if used and used.grant.client_id != one.client_id else None
    title, words = _said(one, used)
    sums = sale_sums(sale_ids=[sale.pk])[sale.pk] if sale and sale.state in OUTSTANDING else None
    return MoneyPart(
        title=title,
        words=words,
        badge=credit_badge(redemption, audience=Audience.STAFF),
        sale=sale,
        sale_state=sale_badge(sale.state, audience=Audience.STAFF) if sale else None,
        due=money(sums.due, sale.currency) if sums and sale else "",
        steps=_steps(one, desk, sale, is_lent=lender is not None),
        lender=lender if desk.sees_all else None,
        lenders=_lenders(one) if desk.sees_all and redemption is RedemptionState.PENDING else [],
        may_return=desk.sees_all and lender is not None and redemption is RedemptionState.REDEEMED,
    )


def _lenders(one: Appointment) -> list[Client]:
    """Whose credit of the household could be used; none for who is to read of no household."""
    return [found.card for found in lendable_credits(appointment=one)]


def _used(one: Appointment, desk: Desk) -> Redemption | None:
    """The credit that stands for it."""
    rows = Redemption.objects.filter(
        business=desk.business, cause=cause_of(one.pk), released_at__isnull=True
    )
    return rows.select_related("grant__sale", "grant__client").first()


def _sold_for(one: Appointment, desk: Desk) -> Sale | None:
    """A sale that was made for it alone, such as the fee for not coming."""
    rows = desk.sales().filter(client=one.client_id, cause=cause_of(one.pk))
    return rows.order_by("-sold_at").first()


def _said(one: Appointment, used: Redemption | None) -> tuple[str, str]:
    redemption = RedemptionState(one.redemption)
    row = REDEMPTION[redemption]
    if redemption is RedemptionState.PENDING and row:
        staff, reads = row[Audience.STAFF], row[Audience.CLIENT].text
        reading = _("To the client it reads “%(state)s”.") % {"state": reads}
        return str(staff.text), f"{staff.meaning} {reading}"
    if used is not None:
        words = _("Credit %(number)s of %(credits)s: %(name)s") % {
            "number": used.number,
            "credits": used.grant.credits,
            "name": used.grant.sale.name,
        }
        if redemption is RedemptionState.FORFEITED:
            return _("The credit is used up"), words
        return _("Redeemed"), words
    if redemption is RedemptionState.RETURNED:
        return _("The credit went back"), _("It can be used for another appointment.")
    return "", ""


def _steps(one: Appointment, desk: Desk, sale: Sale | None, *, is_lent: bool) -> list[Step]:
    slug, status = desk.business.slug, Status(one.status)
    redemption = RedemptionState(one.redemption)
    found = []
    sell = f"{reverse('desk:sell', args=[slug, one.client_id])}?appointment={one.pk}"
    if redemption is RedemptionState.PENDING:
        found.append(Step(label=_("Sell"), icon="receipt", url=sell, look="btn-solid"))
        found.append(
            Step(
                label=_("Let it go without a credit"),
                icon="hand-coins",
                url=reverse("desk:waive", args=[slug, one.pk]),
                look="btn-plain",
            )
        )
    elif sale is None and status in PAYABLE and one.price_minor:
        found.append(Step(label=_("Sell this session"), icon="receipt", url=sell))
    if sale is not None and sale.state in OUTSTANDING and not is_lent and _reaches(sale, desk):
        pay = reverse("desk:sale-pay", args=[slug, sale.pk])
        found.append(Step(label=_("Take payment"), icon="wallet", url=pay))
    if desk.sees_all and fee_due(one):
        fee = reverse("desk:charge-fee", args=[slug, one.pk])
        found.append(Step(label=_("Charge the no-show fee"), icon="credit-card", url=fee))
    return found


def _reaches(sale: Sale, desk: Desk) -> bool:
    return desk.sees_all or (desk.own is not None and sale.professional_id == desk.own.pk)


def context_of(one: Appointment, desk: Desk) -> dict[str, Any]:
    """Return it for the template, with whether the sale may be opened, and until when a time is held."""
    part = money_part(one, desk)
    return {
        "money_part": part,
        "may_open_sale": bool(part.sale and _reaches(part.sale, desk)),
        "held": one.held_until if one.status == Status.HELD else None,
    }
