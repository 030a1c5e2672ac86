"""What the mails about money say. In the language that is active; amounts and days as it writes them.

One place for all of them, so that the tone is one person's. Whether and to whom they go is decided by the
actions ``mail_…``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.numbers import format_currency
from django.utils.translation import gettext as _, ngettext

from clientela.notify.account_letter import AccountLetter
from clientela.notify.reader import Reader
from clientela.notify.safe_text import inert, one_line
from clientela.platform import time_words
from clientela.platform.language import active_locale
from clientela.rules.money import Money

_LISTED = 5
"""More appointments than that are counted, not listed."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one payment did: how it came, what it was for, what is still due, what is left of the credits."""

    amount: Money
    method: str
    paid_on: date
    sale: str
    due: Money
    appointments: Sequence[str] = ()
    left: int = 0
    valid_until: date | None = None


def money_text(money: Money) -> str:
    """The amount as the reader's language writes it: `50,00 €`, `£50.00`."""
    return str(format_currency(money.major, money.currency, locale=active_locale()))


def receipt(reader: Reader, told: Receipt) -> AccountLetter:
    """Money came: how much, for what, what is still due."""
    facts = {
        "business": one_line(reader.business),
        "amount": money_text(told.amount),
        "sale": inert(told.sale),
        "how": _method(told.method),
        "day": time_words.day_and_year(told.paid_on),
    }
    return _letter(
        reader,
        subject=_("%(business)s: we have received %(amount)s") % facts,
        headline=_("We have received %(amount)s") % facts,
        sentences=(
            _("It was paid for “%(sale)s” on %(day)s, %(how)s. Thank you.") % facts,
            _due(told.due),
            *_covers(told.appointments),
            *_left(told),
        ),
        button=_("See it"),
        why=_("You get this mail because you paid %(business)s.") % facts,
    )


def sale_link(reader: Reader, *, sale: str, due: Money) -> AccountLetter:
    """Staff sent the way to pay."""
    facts = {
        "business": one_line(reader.business),
        "sale": inert(sale),
        "due": money_text(due),
    }
    return _letter(
        reader,
        subject=_("%(business)s: pay %(due)s online") % facts,
        headline=_("%(due)s for “%(sale)s”") % facts,
        sentences=(
            _("You can pay it online, without signing in. What you bought counts already.") % facts,
            _("If you have paid it meanwhile, the page says so and takes nothing."),
        ),
        button=_("Pay online"),
        why=_("You get this mail because %(business)s sent you the link to pay.") % facts,
    )


def money_back(
    reader: Reader, *, sale: str, amount: Money, method: str, day: date
) -> AccountLetter:
    """Money went back for a sale."""
    facts = {
        "business": one_line(reader.business),
        "sale": inert(sale),
        "amount": money_text(amount),
        "how": _method(method),
        "day": time_words.day_and_year(day),
    }
    sentences = [_("It was for “%(sale)s”, and went back on %(day)s, %(how)s.") % facts]
    if method == "online":
        sentences.append(_("Until it stands on your account it can take some days."))
    return _letter(
        reader,
        subject=_("%(business)s: %(amount)s back to you") % facts,
        headline=_("%(amount)s went back to you") % facts,
        sentences=tuple(sentences),
        button=_("See it"),
        why=_("You get this mail because you had paid %(business)s.") % facts,
    )


def money_returned(reader: Reader, *, amount: Money, reason: str) -> AccountLetter:
    """Money came for what could not be given any more: it goes back by itself."""
    facts = {"business": one_line(reader.business), "amount": money_text(amount)}
    why_back = {
        "hold-ended": _("Your payment arrived after the time that was kept for you had gone to somebody else."),
        "already-paid": _("It had been paid already."),
        "paid-too-much": _("It had been paid already."),
        "slot-taken": _("Your payment arrived after the time that was kept for you had gone to somebody else."),
        "sale-ended": _("What it was for had been cancelled meanwhile."),
    }  # fmt: skip
    return _letter(
        reader,
        subject=_("%(business)s: %(amount)s is on its way back to you") % facts,
        headline=_("%(amount)s is on its way back to you") % facts,
        sentences=(
            why_back.get(reason, _("Your payment came for something that could not be given any more.")),
            _("All of it goes back the way it came, by itself. Until it stands on your account it can take some days."),
        ),
        button=_("See what happened"),
        why=_("You get this mail because you paid %(business)s online.") % facts,
    )  # fmt: skip


def fee_charged(reader: Reader, *, amount: Money, service: str, when: str) -> AccountLetter:
    """The kept card paid for an appointment that was missed."""
    facts = {
        "business": one_line(reader.business),
        "amount": money_text(amount),
        "service": inert(service),
        "when": when,
    }
    return _letter(
        reader,
        subject=_("%(business)s: %(amount)s for a missed appointment") % facts,
        headline=_("%(amount)s for a missed appointment") % facts,
        sentences=(
            _("You did not come to %(service)s on %(when)s. When you booked, you agreed that your card may be charged for that.") % facts,
            _("If you think that this is a mistake, please tell %(business)s.") % facts,
        ),
        button=_("See it"),
        why=_("You get this mail because your card was charged by %(business)s.") % facts,
    )  # fmt: skip


def money_alarm(reader: Reader, *, what: str) -> AccountLetter:
    """To the owners: something about money wants a person."""
    return _letter(
        reader,
        subject=_("A payment needs you"),
        headline=_("A payment needs you"),
        sentences=(what,),
        button=_("Look at it"),
        why=_("You get this mail because you own %(business)s.") % {"business": one_line(reader.business)},
    )  # fmt: skip


def _letter(
    reader: Reader,
    *,
    subject: str,
    headline: str,
    sentences: tuple[str, ...],
    button: str,
    why: str,
) -> AccountLetter:
    return AccountLetter(
        language=reader.language,
        subject=subject,
        headline=headline,
        sentences=sentences,
        button=button if reader.link else "",
        link=reader.link,
        why=why,
        sender_name=one_line(reader.business),
    )


def _method(word: str) -> str:
    return {
        "cash": _("in cash"),
        "terminal": _("by card"),
        "transfer": _("by bank transfer"),
        "online": _("online"),
    }[word]


def _due(due: Money) -> str:
    if due.minor <= 0:
        return _("It is paid in full.")
    return _("Still to pay: %(due)s.") % {"due": money_text(due)}


def _covers(appointments: Sequence[str]) -> list[str]:
    if not appointments:
        return []
    named = " · ".join(appointments[:_LISTED])
    if len(appointments) > _LISTED:
        more = len(appointments) - _LISTED
        named += " · " + ngettext("%(more)d more", "%(more)d more", more) % {"more": more}
    return [_("It covers: %(appointments)s.") % {"appointments": named}]


def _left(told: Receipt) -> list[str]:
    if not told.left:
        return []
    facts = {"left": told.left}
    if told.valid_until is None:
        return [
            ngettext("%(left)d session is left.", "%(left)d sessions are left.", told.left) % facts
        ]
    return [
        ngettext(
            "%(left)d session is left, to be used until %(day)s.",
            "%(left)d sessions are left, to be used until %(day)s.",
            told.left,
        )
        % {**facts, "day": time_words.day_and_year(told.valid_until)}
    ]  # fmt: skip
