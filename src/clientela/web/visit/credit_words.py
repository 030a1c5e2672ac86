"""Credits and money as a client reads them: how many sessions, until when, and how they were paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from clientela.catalogue.models import Package, Service, ValidUnit
from clientela.ledger.models import Method
from clientela.web.design import figures, times

METHODS = {
    Method.CASH: gettext_lazy("In cash"),
    Method.TERMINAL: gettext_lazy("By card, at the place"),
    Method.TRANSFER: gettext_lazy("By bank transfer"),
    Method.ONLINE: gettext_lazy("Online"),
}


def sessions(count: int) -> str:
    """`1 session`, `5 sessions`."""
    return ngettext("%(count)s session", "%(count)s sessions", count) % {"count": count}


def sessions_left(count: int) -> str:
    """`1 session left`, `3 sessions left`."""
    return ngettext("%(count)s session left", "%(count)s sessions left", count) % {"count": count}


def until(valid_until: date | None) -> str:
    """Until when something counts; its last day is included."""
    if valid_until is None:
        return _("they do not expire")
    return _("until %(day)s") % {"day": times.short_day_and_year(valid_until)}


def left_until(count: int, valid_until: date | None) -> str:
    """`3 sessions left, until Wed 12 May 2027`; of nothing there is no end."""
    if not count:
        return _("None left over")
    return f"{sessions_left(count)}, {until(valid_until)}"


def validity_words(package: Package) -> str:
    """How long a package counts from the day it is bought."""
    count = package.valid_count
    if count is None:
        return _("they do not expire")
    if package.valid_unit == ValidUnit.DAY:
        return ngettext("valid %(count)s day", "valid %(count)s days", count) % {"count": count}
    return ngettext("valid %(count)s month", "valid %(count)s months", count) % {"count": count}


def services_words(services: Iterable[Service]) -> str:
    """What the sessions are of."""
    return ", ".join(service.name for service in services)


def each(price_minor: int, count: int, currency: str) -> str:
    """What one of several costs, rounded to the smallest coin; nothing for one alone."""
    if count < 2:  # noqa: PLR2004 -- one of one
        return ""
    return _("%(price)s each") % {"price": figures.price(round(price_minor / count), currency)}


def short_moment(at: datetime, zone: str) -> str:
    """`Thu 26 Nov, 18:00 (Milan)`."""
    return _("%(day)s, %(time)s (%(city)s)") % {
        "day": times.short_day(at, zone),
        "time": times.clock(at, zone),
        "city": times.zone_city(zone),
    }


def pays_for(at: datetime, zone: str) -> str:
    """What a credit would be used for: `Pays for Thu 26 Nov, 18:00 (Milan)`."""
    return _("Pays for %(when)s") % {"when": short_moment(at, zone)}


def paid_how(method: str) -> str:
    """By which means money passed."""
    return str(METHODS[Method(method)])
