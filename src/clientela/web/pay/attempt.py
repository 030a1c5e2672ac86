"""Where a client comes back to from the provider's page: what became of their payment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from clientela.booking.links import manage_path
from clientela.business.models import BookingPolicy
from clientela.checkout.actions.give_up_payment import give_up_payment
from clientela.checkout.actions.pay_again import pay_again
from clientela.checkout.actions.reconcile import look_now
from clientela.checkout.models import AttemptState, PaymentAttempt
from clientela.checkout.queries.attempt_by_link import (
    appointment_of_attempt,
    attempt_by_link,
    sale_of_attempt,
)
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.rules.lifecycle import Status
from clientela.web import refusals
from clientela.web.brand import brand_of
from clientela.web.pay.story import amount_of, is_held, story_of
from clientela.web.visit.begin_payment import send_on
from clientela.web.visit.visit import again_url, place_of, private, reading_of, title_of
from clientela.web.visitor import device_zone, language_of, speak

REFUSED = 409


def attempt(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """GET says how it stands and changes nothing; POST does what a button says (``act``)."""
    found = attempt_by_link(token)
    if found is None:
        raise Http404
    speak(request, fallback=found.client.language or language_of(found.business))
    act = _ACTS.get(request.POST.get("act", "")) if request.method == "POST" else None
    return act(request, found) if act else _page(request, found)


def _again(request: HttpRequest, found: PaymentAttempt) -> HttpResponse:
    """Send the client to the provider's page, the same one or another."""
    try:
        wanted = pay_again(attempt=found, by=Actor.guest(), now=clock.now())
    except Refusal as refusal:
        return _page(request, found, error=refusals.of(refusal), status=REFUSED)
    return send_on(request, wanted)


def _look(request: HttpRequest, found: PaymentAttempt) -> HttpResponse:
    """Ask the provider at once. What it does not say is waited for."""
    look_now(attempt=found, now=clock.now())
    return private(redirect(request.path))


def _give_up(request: HttpRequest, found: PaymentAttempt) -> HttpResponse:
    """Give back the time, and go where the client came from."""
    ended = give_up_payment(attempt=found, by=Actor.guest(), now=clock.now())
    given_up = ended.state == AttemptState.EXPIRED
    return private(redirect((given_up and _back(found)) or request.path))


_ACTS: dict[str, Callable[[HttpRequest, PaymentAttempt], HttpResponse]] = {
    "again": _again,
    "look": _look,
    "give-up": _give_up,
}


def _page(
    request: HttpRequest, found: PaymentAttempt, *, error: str = "", status: int = 200
) -> HttpResponse:
    """Draw it. No provider is named, and none is asked."""
    now = clock.now()
    sale = sale_of_attempt(found)
    appointment = appointment_of_attempt(found)
    context: dict[str, Any] = {
        "attempt": found,
        "brand": brand_of(found.business),
        "business": found.business,
        "story": story_of(found, sale=sale, appointment=appointment, now=now),
        "amount": amount_of(found) if found.amount_minor else "",
        "error": error,
        "back_url": _back(found),
    }
    if appointment is not None:
        policy = BookingPolicy.objects.filter(business=found.business_id).first() or BookingPolicy()
        taken = Status(appointment.status) not in {Status.HELD, Status.CANCELLED, Status.DECLINED}
        context |= {
            "appointment": appointment,
            "reading": reading_of(appointment, policy=policy, device=device_zone(request)),
            "what": title_of(appointment),
            "where": place_of(appointment),
            "held_until": appointment.held_until if is_held(found, now=now) else None,
            "visit_url": (_back(found) or manage_path(appointment)) if taken else "",
            "choose_url": again_url(appointment),
        }
    return private(render(request, "pay/attempt.html", context, status=status))


def _back(found: PaymentAttempt) -> str:
    """The page of ours that the attempt leads back to, or nothing."""
    path = found.back_to
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else ""
