"""What cancelling or moving does to the session that was paid for, said before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from clientela.booking.queries.credit_after_move import CreditAfterMove, credit_after_move
from clientela.checkout.queries.session_paid_online import session_paid_online
from clientela.ledger.queries.sale_sums import sums_of
from clientela.rules.redemption_state import RedemptionState
from clientela.web.design import figures
from clientela.web.design.shapes import State
from clientela.web.refusals import when_in_full
from clientela.web.visit.credit_words import until
from clientela.web.visit.dues import Dues, dues_of
from clientela.web.visit.visit import Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """One sentence with its title; the state says how loudly it is said."""

    title: str
    detail: str
    icon: str
    state: State = ""


def cost_of_cancelling(visit: Visit) -> Cost:
    """Whether the session comes back or is lost; where none was used, that it costs nothing."""
    outcome = visit.options.cancel_credit
    if outcome is None:
        return Cost(title="", detail=_("Cancelling now costs nothing."), icon="banknote")
    dues = dues_of(visit)
    if dues and dues.is_lent:
        return _cost_of_lent(visit, dues.lender, forfeits=outcome.forfeits)
    sale = dues.sale if dues else None
    name = sale.name if sale else visit.appointment.service.name
    if outcome.forfeits:
        free_until = visit.options.free_until
        assert free_until is not None  # noqa: S101 -- a session is lost only past its moment
        return Cost(
            title=_("You lose the session if you cancel now"),
            detail=_(
                "Until %(when)s cancelling was free. %(name)s: the session is used all the same."
            )
            % {"when": when_in_full(free_until, visit.reading.zone), "name": name},
            icon="circle-slash",
            state="wait",
        )
    back = session_paid_online(appointment=visit.appointment)
    if back is not None:
        amount = figures.price(sums_of(back).kept, back.currency)
        return Cost(
            title="",
            detail=_("Your %(amount)s come back the way you paid.") % {"amount": amount},
            icon="undo-2",
        )
    return Cost(
        title="",
        detail=_("Your session comes back. You can use it for another day, %(until)s.")
        % {"until": until(sale.valid_until if sale else None)},
        icon="undo-2",
    )


def _cost_of_lent(visit: Visit, lender: str, *, forfeits: bool) -> Cost:
    """Whose session goes back, or is lost: not the client's own."""
    whom = {"name": lender or _("the person who lent it")}
    if not forfeits:
        return Cost(
            title="",
            detail=_("The session goes back to %(name)s.") % whom,
            icon="undo-2",
        )
    free_until = visit.options.free_until
    assert free_until is not None  # noqa: S101 -- a session is lost only past its moment
    return Cost(
        title=_("The session that was lent to you is lost if you cancel now"),
        detail=_("Until %(when)s cancelling was free. It does not go back to %(name)s.")
        % {"when": when_in_full(free_until, visit.reading.zone), **whom},
        icon="circle-slash",
        state="wait",
    )


def free_words(visit: Visit, dues: Dues | None) -> list[str]:
    """Until when the session comes back, of an appointment that uses one; a lent one comes back to whose it is."""
    if visit.appointment.redemption != RedemptionState.REDEEMED:
        return []
    return comes_back_words(
        free_until=visit.options.free_until,
        closes_at=visit.options.cancel.closes_at,
        now=visit.now,
        zone=visit.reading.zone,
        is_lent=bool(dues and dues.is_lent),
    )


def comes_back_words(
    *,
    free_until: datetime | None,
    closes_at: datetime | None,
    now: datetime,
    zone: str,
    is_lent: bool = False,
) -> list[str]:
    """Until when a cancelled session comes back, where that ends before cancelling does; else nothing."""
    if free_until is None or closes_at is None or free_until >= closes_at:
        return []
    when = {"when": when_in_full(free_until, zone)}
    if is_lent and free_until < now:
        return [
            _(
                "Cancelled now, the session that was lent to you is lost: it went back until %(when)s."
            )
            % when
        ]
    if is_lent:
        return [
            _("Cancelled by %(when)s, the session goes back to who lent it; later it is lost.")
            % when
        ]
    if free_until < now:
        return [_("Cancelled now, the session is lost: it came back until %(when)s.") % when]
    return [_("Cancelled by %(when)s, your session comes back; later it is lost.") % when]


def cost_of_moving(visit: Visit, *, starts_at: datetime) -> Cost | None:
    """What the new time does to the session; nothing where all stays as it is."""
    one = visit.appointment
    after = credit_after_move(appointment=one, starts_at=starts_at, location=one.location)
    had_one = one.redemption == RedemptionState.REDEEMED
    dues = dues_of(visit) if had_one and after is not CreditAfterMove.KEEPS else None
    if dues and dues.is_lent:
        return _lent_after_move(after, dues.lender)
    if after is CreditAfterMove.KEEPS or (after is CreditAfterMove.NONE and not had_one):
        return None
    if after is CreditAfterMove.OTHER:
        return Cost(
            title=_("Another of your packages pays for that day"),
            detail=_("The session that this one uses now comes back.")
            if had_one
            else _("It will then read Booked."),
            icon="ticket",
            state="note",
        )
    if not had_one:
        return None
    return Cost(
        title=_("What you bought does not count on that day"),
        detail=_(
            "The session comes back, and the new time waits for payment. Your place is reserved."
        )
        if after is CreditAfterMove.PENDING
        else _("The session comes back. The new time is not paid for yet."),
        icon="wallet",
        state="wait",
    )


def _lent_after_move(after: CreditAfterMove, lender: str) -> Cost:
    whom = {"name": lender or _("the person who lent it")}
    back = _("The session that was lent to you goes back to %(name)s.") % whom
    if after is CreditAfterMove.OTHER:
        return Cost(
            title=_("One of your own packages pays for that day"),
            detail=back,
            icon="ticket",
            state="note",
        )
    waits = _("The new time waits for payment. Your place is reserved.")
    return Cost(
        title=_("The session that was lent to you does not count on that day"),
        detail=f"{back} {waits}" if after is CreditAfterMove.PENDING else back,
        icon="wallet",
        state="wait",
    )
