"""What the page of an attempt says: where the payment stands, what was (not) done, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _, ngettext

from clientela.booking.models import Appointment
from clientela.checkout.models import AttemptState, PaymentAttempt, Purpose
from clientela.ledger.models import Sale
from clientela.rules.lifecycle import HOLDS_TIME, Status
from clientela.web.design import figures
from clientela.web.design.shapes import State


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """The page's words. ``offers`` are the buttons it has: ``go``, ``look``, ``again``, ``give-up``."""

    badge: str
    icon: str
    tint: State
    title: str
    lines: tuple[str, ...]
    offers: frozenset[str] = frozenset()
    waits: bool = False


def story_of(
    attempt: PaymentAttempt, *, sale: Sale | None, appointment: Appointment | None, now: datetime
) -> Story:
    """Tell an attempt as it stands."""
    state = AttemptState(attempt.state)
    if state is AttemptState.PAID:
        return _paid(attempt, sale, appointment)
    if state is AttemptState.RETURNED:
        return _returned(attempt)
    if state is AttemptState.FAILED:
        return _failed(attempt, now=now)
    if state is AttemptState.EXPIRED or attempt.expires_at <= now:
        return _expired(attempt, now=now)
    return _waiting(attempt) if attempt.pay_url else _not_opened()


def amount_of(attempt: PaymentAttempt) -> str:
    """The amount in the reader's language."""
    return figures.price(attempt.amount_minor, attempt.currency)


def is_held(attempt: PaymentAttempt, *, now: datetime) -> bool:
    """Whether a time is kept meanwhile."""
    held = attempt.appointment
    if held is None or held.status != Status.HELD:
        return False
    return held.held_until is not None and held.held_until > now


def _paid(attempt: PaymentAttempt, sale: Sale | None, appointment: Appointment | None) -> Story:
    lines = []
    if sale is not None and attempt.purpose != Purpose.SALE and sale.credits > 1:
        lines.append(
            ngettext("%(count)d session is yours.", "%(count)d sessions are yours.", sale.credits)
            % {"count": sale.credits}
        )
    rest = attempt.price_minor - attempt.amount_minor
    if rest > 0:
        owed = figures.price(rest, attempt.currency)
        lines.append(
            _("You have paid the deposit. %(amount)s are still to be paid.") % {"amount": owed}
        )
    if attempt.consent_text:
        fee = figures.price(attempt.fee_minor, attempt.currency)
        lines.append(
            _("Your card is kept. It is charged %(fee)s only if you do not come.") % {"fee": fee}
        )
    is_request = appointment is not None and appointment.status == Status.REQUESTED
    title = _("Paid. Thank you.") if attempt.amount_minor else _("Your card is kept")
    if appointment is not None and attempt.purpose != Purpose.FEE and not _took_place(appointment):
        title = _("Your time is booked")
        if is_request:
            title = _("Your request is with us")
            lines.append(_("We will tell you as soon as we have answered."))
    return Story(
        badge=_("Paid") if attempt.amount_minor else _("Card kept"),
        icon="check",
        tint="good",
        title=title,
        lines=tuple(lines),
    )


def _took_place(appointment: Appointment) -> bool:
    """Whether it is over and was only still to be paid."""
    return appointment.status in {Status.ATTENDED, Status.NO_SHOW}


def _returned(attempt: PaymentAttempt) -> Story:
    why = {
        "paid-too-much": _("This was paid already."),
        "paid-twice": _("This was paid already."),
        "nothing-to-pay": _("This was paid already."),
        "sale-ended": _("What you paid for is no longer on sale."),
    }.get(attempt.reason, _("Your payment arrived too late: the time is no longer free."))
    return Story(
        badge=_("On its way back"),
        icon="undo-2",
        tint="note",
        title=_("Your money comes back"),
        lines=(
            why,
            _(
                "We are giving back %(amount)s the way it came. Banks usually take some days to show it. You need not do anything."
            )
            % {"amount": amount_of(attempt)},
        ),
    )


def _failed(attempt: PaymentAttempt, *, now: datetime) -> Story:
    held = is_held(attempt, now=now)
    return Story(
        badge=_("Not paid"),
        icon="circle-x",
        tint="stop",
        title=_("The payment did not work"),
        lines=(_("Your bank did not allow it. Nothing was taken."),),
        offers=_offers(attempt, now=now) | ({"give-up"} if held else set()),
    )


def _expired(attempt: PaymentAttempt, *, now: datetime) -> Story:
    given_up = attempt.reason == "given-up"
    settled = attempt.reason in {"already-paid", "sale-ended", "cancelled"}
    lines = [_("Nothing was taken.")]
    if attempt.appointment is not None and Status(attempt.appointment.status) not in HOLDS_TIME:
        lines.append(_("Your time was given back."))
    return Story(
        badge=_("Not paid"),
        icon="clock-alert",
        tint="wait",
        title=_("You have not paid") if given_up or settled else _("The time to pay is over"),
        lines=tuple(lines),
        offers=frozenset() if settled else _offers(attempt, now=now),
    )


def _offers(attempt: PaymentAttempt, *, now: datetime) -> frozenset[str]:
    """Trying again, while what is paid for can still be had by it."""
    if attempt.purpose == Purpose.FEE:
        return frozenset()
    wanted = attempt.appointment
    gone = wanted is not None and Status(wanted.status) not in HOLDS_TIME
    over = wanted is not None and wanted.status == Status.HELD and not is_held(attempt, now=now)
    return frozenset() if gone or over else frozenset({"again"})


def _waiting(attempt: PaymentAttempt) -> Story:
    return Story(
        badge=_("Waiting for your payment"),
        icon="hourglass",
        tint="wait",
        title=_("Have you paid?"),
        lines=(
            _("As soon as your payment has arrived, this page says so. That can take a moment."),
        ),
        offers=frozenset({"go", "look", "give-up"}),
        waits=True,
    )


def _not_opened() -> Story:
    return Story(
        badge=_("Not paid"),
        icon="circle-x",
        tint="wait",
        title=_("The payment page does not answer"),
        lines=(_("Nothing was taken. Try again in a moment."),),
        offers=frozenset({"again", "give-up"}),
    )
