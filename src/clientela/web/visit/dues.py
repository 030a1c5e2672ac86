"""What is still to be paid for an appointment, and which sale pays for it."""

from __future__ import annotations

from dataclasses import dataclass

from clientela.booking.causes import cause_of
from clientela.catalogue.models import PaysOnline
from clientela.checkout.models import Purpose
from clientela.checkout.queries.online import online_account
from clientela.ledger.models import Redemption, Sale
from clientela.ledger.queries.sale_sums import sums_of
from clientela.people.queries.own_name import own_name
from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import USES_CREDIT, RedemptionState
from clientela.rules.sale_state import OUTSTANDING
from clientela.web.design import figures
from clientela.web.design.shapes import Badge
from clientela.web.states import Audience, sale_badge
from clientela.web.visit.visit import Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class Dues:
    """Of one appointment: the sale whose credit pays for it, and what is still to be paid, in minor units.

    ``minor`` is 0 where nothing is due, or where only a package can pay for it. ``is_waiting`` says that nothing was
    sold for it yet, and that it reads *Pending payment*. Where somebody of the household lent the session, ``is_lent``
    and their name is ``lender``, told to who is signed in; what they bought, and owe for it, is nobody else's to read.
    """

    sale: Sale | None
    minor: int
    currency: str
    is_waiting: bool
    can_pay_online: bool
    is_lent: bool = False
    lender: str = ""
    may_return: bool = False

    @property
    def purpose(self) -> Purpose:
        """What a payment would be for."""
        return Purpose.SALE if self.sale else Purpose.SINGLE

    @property
    def amount(self) -> str:
        """The amount in words, or nothing."""
        return figures.price(self.minor, self.currency) if self.minor else ""

    @property
    def badge(self) -> Badge | None:
        """The state of the sale, while it is not paid."""
        if self.sale is None or self.sale.state not in OUTSTANDING:
            return None
        return sale_badge(self.sale.state, audience=Audience.CLIENT)


def dues_of(visit: Visit) -> Dues | None:
    """Return it, or nothing where there is nothing to say of money. At most three queries, mostly none."""
    one = visit.appointment
    state = RedemptionState(one.redemption)
    if visit.waits_for_payment:
        return _of_nothing_sold(visit, is_waiting=True)
    if state in USES_CREDIT:
        return _of_sale(visit)
    if state is RedemptionState.NONE and _may_be_paid(visit):
        dues = _of_nothing_sold(visit, is_waiting=False)
        return dues if dues.can_pay_online else None
    return None


def _of_sale(visit: Visit) -> Dues | None:
    cause = cause_of(visit.appointment.pk)
    standing = (
        Redemption.objects.filter(cause=cause, released_at__isnull=True)
        .select_related("grant__sale", "grant__client__account")
        .first()
    )
    if standing is None:
        return None
    if standing.grant.client_id != visit.appointment.client_id:
        return _of_lender(visit, standing)
    sale = standing.grant.sale
    due = sums_of(sale).due if sale.state in OUTSTANDING else 0
    return Dues(
        sale=sale,
        minor=due,
        currency=sale.currency,
        is_waiting=False,
        can_pay_online=due > 0 and online_account(visit.appointment.business) is not None,
    )


def _of_lender(visit: Visit, standing: Redemption) -> Dues:
    is_own_door = bool(visit.door.list)
    return Dues(
        sale=None,
        minor=0,
        currency=visit.appointment.currency,
        is_waiting=False,
        can_pay_online=False,
        is_lent=True,
        lender=own_name(standing.grant.client) if is_own_door else "",
        may_return=is_own_door
        and not (visit.is_past or visit.is_gone)
        and visit.appointment.redemption == RedemptionState.REDEEMED,
    )


def _of_nothing_sold(visit: Visit, *, is_waiting: bool) -> Dues:
    one = visit.appointment
    return Dues(
        sale=None,
        minor=one.price_minor,
        currency=one.currency,
        is_waiting=is_waiting,
        can_pay_online=online_account(one.business) is not None,
    )


def _may_be_paid(visit: Visit) -> bool:
    """Whether it may be paid online though nothing waits for it: its service lets clients, and it takes place."""
    one = visit.appointment
    takes_place = visit.status in {Status.CONFIRMED, Status.ATTENDED}
    return takes_place and one.price_minor > 0 and one.service.pays_online != PaysOnline.OFF
