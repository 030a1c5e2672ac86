"""From a button of ours to the page where money is paid, by a page of ours: no form leaves this site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clientela.booking.models import Appointment
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.open_payment_page import open_payment_page
from clientela.checkout.actions.start_payment import start_payment
from clientela.checkout.links import attempt_path
from clientela.checkout.models import PaymentAttempt, Purpose
from clientela.checkout.providers.port import ProviderRefused, ProviderSilent
from clientela.ledger.models import Sale
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.web import refusals
from clientela.web.brand import brand_of
from clientela.web.visit.visit import private


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What a client wants to pay for."""

    client: Client
    purpose: Purpose
    sale: Sale | None = None
    package: Package | None = None
    service: Service | None = None
    appointment: Appointment | None = None


def begin_payment(
    request: HttpRequest,
    order: Order,
    *,
    back_to: str,
    door: str,
    by: Actor,
    refused: Callable[[str], HttpResponse],
) -> HttpResponse:
    """Write down what is paid, and send the client on; ``back_to`` is our path that the last page leads to.

    Pressed twice it is one payment. ``refused`` draws the page with why nothing was begun.
    """
    now = clock.now()
    try:
        attempt = start_payment(
            client=order.client,
            purpose=order.purpose,
            sale=order.sale,
            package=order.package,
            service=order.service,
            appointment=order.appointment,
            back_to=back_to,
            door=door,
            by=by,
            now=now,
        )
    except Refusal as refusal:
        return refused(refusals.of(refusal))
    return send_on(request, attempt)


def send_on(request: HttpRequest, attempt: PaymentAttempt) -> HttpResponse:
    """Send the client to the provider's page. Where that cannot be reached, our own says so and offers it again.

    Who is signed in and pays for somebody else is not shown the other's address there.
    """
    ours = attempt_path(attempt)
    payer = request.user.pk if request.user.is_authenticated else None
    is_client = payer is None or payer == attempt.client.account_id
    try:
        url = open_payment_page(attempt=attempt, names_client=is_client, now=clock.now())
    except (Refusal, ProviderRefused, ProviderSilent):
        return private(redirect(ours))
    context = {"url": url, "back_url": ours, "brand": brand_of(attempt.business)}
    return private(render(request, "visit/to_payment.html", context))
