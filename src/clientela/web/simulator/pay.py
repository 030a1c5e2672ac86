"""The simulated provider's own page: pay, be refused, close; and when the news of it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from clientela.checkout.actions.simulate_payment import (
    Telling,
    close_simulated,
    pay_simulated,
    refuse_simulated,
    tell_simulated_news,
)
from clientela.checkout.models import SimulatedPayment, SimulatedState
from clientela.checkout.providers.registry import simulator_is_allowed
from clientela.platform import clock
from clientela.web.design import figures
from clientela.web.visitor import speak


def pay(request: HttpRequest, page_ref: str) -> HttpResponse:
    """GET shows what is to be paid; POST does what a button says, and leads back to where the client came from."""
    page = SimulatedPayment.objects.filter(page_ref=page_ref).first()
    if page is None or not simulator_is_allowed():
        raise Http404
    speak(request, fallback=page.wanted.get("language") or translation.get_language())
    now = clock.now()
    if request.method != "POST":
        return _show(request, page, now=now)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        return _show(request, page, now=now, status=400)
    act(page_ref, now)
    # A real provider pushes within a moment; here it is done before the answer.
    tell_simulated_news(now=now)
    return redirect(_back(page))


def _show(
    request: HttpRequest, page: SimulatedPayment, *, now: datetime, status: int = 200
) -> HttpResponse:
    context = {
        "page": page,
        "title": page.wanted.get("title", ""),
        "amount": figures.money(page.amount_minor, page.currency) if page.amount_minor else "",
        "is_open": page.state == SimulatedState.OPEN and page.expires_at > now,
        "is_paid": page.state == SimulatedState.PAID,
        "back_url": _back(page),
    }
    return render(request, "simulator/pay.html", context, status=status)


def _back(page: SimulatedPayment) -> str:
    """The path we are to return to: the host is the one that is being looked at."""
    return urlsplit(page.wanted.get("back_url", "")).path or "/"


def _paying(telling: Telling) -> Callable[[str, datetime], bool]:
    return lambda page_ref, now: pay_simulated(page_ref=page_ref, telling=telling, now=now)


_ACTS: dict[str, Callable[[str, datetime], bool]] = {
    "pay": _paying(Telling.NOW),
    "pay-late": _paying(Telling.LATE),
    "pay-silent": _paying(Telling.NEVER),
    "refuse": lambda page_ref, now: refuse_simulated(page_ref=page_ref, now=now),
    "close": lambda page_ref, now: close_simulated(page_ref=page_ref, now=now),
}
