"""The inbox: who got mail, their mails newest first, and one of them open."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from csp.decorators import csp_update
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode

from clientela.notify.models import SimulatedMail
from clientela.notify.safe_text import one_line
from clientela.web.simulator.mail import read
from clientela.web.simulator.only_here import simulator_only
from clientela.web.visitor import device_zone

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Box:
    """One person's inbox in the list of people."""

    address: str
    count: int
    url: str
    is_open: bool


@simulator_only
def home(request: HttpRequest) -> HttpResponse:
    """Everybody's mails, or one person's (``?to=``). Unchanged since ``?seen=``: nothing to swap in."""
    return _page(request, None)


@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # django-csp types a view as taking the request alone
@simulator_only
def mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    """One mail beside the list."""
    return _page(request, get_object_or_404(SimulatedMail, pk=mail_id))


def _page(request: HttpRequest, opened: SimulatedMail | None) -> HttpResponse:
    chosen = one_line(request.GET.get("to", ""), longest=254)
    mails = SimulatedMail.objects.defer("source")
    if chosen:
        mails = mails.filter(address=chosen)
    shown = list(mails[:MOST_SHOWN])
    newest = str(shown[0].pk) if shown else "none"
    if request.headers.get("HX-Request") and request.GET.get("seen") == newest:
        return HttpResponse(status=204)
    context = {
        "boxes": _boxes(chosen),
        "mails": shown,
        "copies": _copies(shown),
        "chosen": chosen,
        "query": f"?{urlencode({'to': chosen})}" if chosen else "",
        "newest": newest,
        "opened": opened,
        "content": read(opened) if opened else None,
        "zone": device_zone(request) or "UTC",
    }
    return render(request, "simulator/inbox.html", context)


def _boxes(chosen: str) -> list[Box]:
    """The people who got mail, the latest first."""
    rows = (
        SimulatedMail.objects.order_by()
        .values_list("address")
        .annotate(count=Count("id"), latest=Max("received_at"))
        .order_by("-latest", "address")
    )
    return [
        Box(address, count, f"?{urlencode({'to': address})}", address == chosen)
        for address, count, _latest in rows
    ]


def _copies(mails: list[SimulatedMail]) -> set[UUID]:
    """The mails that bear the Message-ID of an earlier one to the same person."""
    seen: set[tuple[str, str]] = set()
    copies: set[UUID] = set()
    for one in reversed(mails):
        mark = (one.address, one.message_id)
        if one.message_id and mark in seen:
            copies.add(one.pk)
        seen.add(mark)
    return copies
