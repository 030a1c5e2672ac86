"""The front page of the reports: one figure of each, and the way to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from clientela.booking.queries.explain_marker import waiting_requests
from clientela.checkout.queries.reports.credits_left import credits_left
from clientela.checkout.queries.reports.outstanding import outstanding
from clientela.checkout.queries.reports.takings import takings
from clientela.checkout.queries.reports.unredeemed import unredeemed
from clientela.payouts.queries.drafts import drafts
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.web.design.figures import money
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report, as the front page shows it."""

    label: str
    words: str
    icon: str
    url: str
    figure: str
    below: str
    warns: bool = False


def reports(request: DoorRequest, business: str) -> HttpResponse:
    """Show an owner all reports, the front desk those of what is to be settled."""
    desk = desk_of(request)
    today = local_date(desk.now, desk.place_zone)
    sheets = [_outstanding(desk, today), _unredeemed(desk)]
    if desk.is_owner:
        sheets = [_takings(desk, today), *sheets, _credits(desk, today), _payouts(desk, today)]
    return desk_page(
        request,
        "reports/index.html",
        desk,
        place="reports",
        title=_("Reports"),
        toasts=list(toasts(request)),
        sheets=sheets,
    )


def _takings(desk: Desk, today: date) -> Sheet:
    found = takings(business=desk.business, start=today.replace(day=1), end=today)
    sold = money(found.total.sold, desk.business.currency)
    return Sheet(
        _("Takings"),
        _("What came in, by day, way of paying, service and professional"),
        "chart-column",
        _url(desk, "takings"),
        money(found.total.net, desk.business.currency),
        _("this month, and %(amount)s sold") % {"amount": sold},
    )


def _outstanding(desk: Desk, today: date) -> Sheet:
    found = outstanding(business=desk.business, on=today)
    number = len(found.debts)
    return Sheet(
        _("Outstanding sales"),
        _("What clients still owe, and since when"),
        "wallet",
        _url(desk, "outstanding"),
        money(found.total, desk.business.currency),
        ngettext("of %(number)s sale", "of %(number)s sales", number) % {"number": number},
        warns=bool(number),
    )


def _unredeemed(desk: Desk) -> Sheet:
    found = unredeemed(business=desk.business, now=desk.now)
    return Sheet(
        _("Pending redemption"),
        _("Appointments that no package or session pays for yet"),
        "coins",
        _url(desk, "unredeemed"),
        str(len(found.appointments)),
        ngettext("%(number)s has passed", "%(number)s have passed", found.past)
        % {"number": found.past},
        warns=bool(found.past),
    )


def _credits(desk: Desk, today: date) -> Sheet:
    found = credits_left(business=desk.business, on=today)
    soon = found.buckets[0].credits
    return Sheet(
        _("Sessions left"),
        _("What clients have bought and not used, its worth, and what ends soon"),
        "ticket",
        _url(desk, "credits"),
        str(found.total.credits),
        ngettext("%(number)s ends within 30 days", "%(number)s end within 30 days", soon)
        % {"number": soon},
    )


def _payouts(desk: Desk, today: date) -> Sheet:
    found = drafts(business_id=desk.business.pk, last_on=today)
    currency = desk.business.currency
    open_minor = sum(one.total_minor for one in found.values() if one.currency == currency)
    asked = len(waiting_requests(business_id=desk.business.pk))
    below = ngettext(
        "%(number)s correction waits for you", "%(number)s corrections wait for you", asked
    )
    return Sheet(
        _("Payouts"),
        _("What professionals have earned, what is settled, and what corrects it"),
        "hand-coins",
        reverse("desk:payouts", args=[desk.business.slug]),
        money(open_minor, currency),
        below % {"number": asked} if asked else _("not settled yet"),
        warns=bool(asked),
    )


def _url(desk: Desk, name: str) -> str:
    return reverse(f"desk:report-{name}", args=[desk.business.slug])
