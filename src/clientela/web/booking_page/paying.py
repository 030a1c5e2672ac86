"""How the chosen appointment is paid: the ways as tiles of the form, what each does, and what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _, ngettext

from clientela.catalogue.models import Package
from clientela.checkout.queries.booking_terms import BookingTerms
from clientela.checkout.queries.package_ways import PackageWay
from clientela.rules.ways_to_pay import ONLINE, Way
from clientela.web import refusals
from clientela.web.booking_page.counter import Counter
from clientela.web.design.figures import price
from clientela.web.visit.credit_words import (
    each,
    left_until,
    pays_for,
    services_words,
    sessions,
)

PACKAGE: Final = "package:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One way to pay, as a tile: what the form sends for it, and what it does in one line each."""

    value: str
    title: str
    detail: str = ""
    side: str = ""
    side_small: str = ""
    effects: Sequence[str] = ()
    checked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Paying:
    """What the page says of money.

    `choices` is empty where there is one way only; what is said `before` them comes with its icons; `held`
    says how long the time is kept while its client pays, and `consent` is what they are asked to agree to, or nothing.
    """

    before: Sequence[tuple[str, str]]
    choices: Sequence[Choice]
    held: str
    consent: str
    must_pay: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What the form chose."""

    way: Way
    package: Package | None = None

    @property
    def is_online(self) -> bool:
        """Whether money moves first."""
        return self.package is not None or self.way in ONLINE


def chosen(terms: BookingTerms, value: str) -> Chosen | None:
    """Read what the form sent; nothing said is the way that stands. Nothing for a way that is not offered.

    Where a credit covers it meanwhile, nobody pays, whatever they chose.
    """
    if not value or terms.credit is not None:
        return Chosen(way=terms.ways[0])
    if value.startswith(PACKAGE):
        key = value.removeprefix(PACKAGE)
        found = (one.package for one in terms.packages if str(one.package.pk) == key)
        package = next(found, None)
        return Chosen(way=Way.NOW, package=package) if package else None
    way = next((one for one in terms.ways if one.value == value), None)
    return Chosen(way=way) if way else None


def paying(counter: Counter, *, asked: str = "") -> Paying | None:
    """Return what is shown, or nothing where there is nothing to say: it is paid at the place, as always."""
    terms = counter.terms
    if terms is None:
        return None
    standing = chosen(terms, asked) or Chosen(way=terms.ways[0])
    choices = [_tile(terms, way, standing, counter) for way in terms.ways]
    choices += [_package(way, standing, counter) for way in terms.packages]
    knows = counter.person is not None and counter.relative is None
    before = _before(terms, choices=len(choices), is_known=knows)
    consent = consent_words(counter, terms) if counter.relative is None else ""
    if terms.fee_minor and counter.relative is not None:
        before.append(("lock", refusals.sentence("card-not-lent")))
    several = len(choices) > 1
    if not (several or before or consent):
        return None
    holds = bool(set(terms.ways) & ONLINE or terms.packages or consent)
    return Paying(
        before=before,
        choices=choices if several else (),
        held=held_words(terms.hold_minutes) if holds else "",
        consent=consent,
        must_pay=set(terms.ways) <= ONLINE,
    )


def _tile(terms: BookingTerms, way: Way, standing: Chosen, counter: Counter) -> Choice:
    titles = {
        Way.CREDIT: _("With a session you have"),
        Way.LATER: _("Pay at the place"),
        Way.NOW: _("Pay this one now"),
        Way.DEPOSIT: _("Pay a deposit now"),
    }
    later = (
        _("It then reads Pending payment.") if terms.waits else _("Your place is booked at once.")
    )
    rest = terms.price_minor - terms.deposit_minor
    details = {
        Way.LATER: later,
        Way.DEPOSIT: _("The rest, %(rest)s, is paid at the place.")
        % {"rest": price(rest, terms.currency)},
    }
    amounts = {Way.DEPOSIT: terms.deposit_minor}
    return Choice(
        value=way.value,
        title=titles[way],
        detail=details.get(way, ""),
        side=price(amounts.get(way, terms.price_minor), terms.currency),
        checked=standing.package is None and standing.way is way,
    )


def _package(way: PackageWay, standing: Chosen, counter: Counter) -> Choice:
    package, currency = way.package, counter.business.currency
    zone = counter.reading.zone
    # The first is the chosen time itself; after a lost race there is none yet.
    shown = way.pays_for[1:] if counter.lost else way.pays_for
    return Choice(
        value=f"{PACKAGE}{package.pk}",
        title=package.name,
        detail=f"{sessions(package.credits)}: {services_words(way.services)}",
        side=price(package.price_minor, currency),
        side_small=each(package.price_minor, package.credits, currency),
        effects=[
            *(pays_for(one.starts_at, zone) for one in shown),
            left_until(way.left, way.valid_until),
        ],
        checked=standing.package == package,
    )


def _before(terms: BookingTerms, *, choices: int, is_known: bool) -> list[tuple[str, str]]:
    """What is said above the tiles, each with its icon."""
    said = []
    if terms.credit is not None:
        words = {
            "name": terms.credit.name,
            "left": left_until(terms.credit.left, terms.credit.valid_until),
        }
        said.append(("ticket", _("Paid with your %(name)s. Then: %(left)s.") % words))
    elif choices == 1 and terms.ways[0] is Way.NOW:
        amount = price(terms.price_minor, terms.currency)
        said.append(("lock", _("You pay %(amount)s now, on a secure page.") % {"amount": amount}))
    elif choices == 1 and terms.waits:
        said.append(("wallet", _unpaid_words(is_known=is_known)))
    elif terms.waits and is_known:
        said.append(("ticket", _("You have no session left for this.")))
    return said


def _unpaid_words(*, is_known: bool) -> str:
    if is_known:
        return _(
            "You have no session left for this. Your place is booked all the same, and waits for payment."
        )
    return _(
        "It is paid at the place, or with a session you have. Your place is booked either way."
    )


def held_words(minutes: int) -> str:
    """How long the time is kept while its client pays."""
    return ngettext(
        "While you pay, the time is kept for you for %(count)s minute.",
        "While you pay, the time is kept for you for %(count)s minutes.",
        minutes,
    ) % {"count": minutes}


def consent_words(counter: Counter, terms: BookingTerms) -> str:
    """What the client agrees to by the box (``checkout.consent.VERSION``): who may take how much, and when only."""
    if not terms.fee_minor:
        return ""
    return _(
        "%(business)s may take %(fee)s from it if I do not come, and nothing else. I can remove it at any time."
    ) % {"business": counter.business.name, "fee": price(terms.fee_minor, terms.currency)}
