"""The booking page of a business: one page, every choice a link, one form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clientela.checkout.actions.book_with_payment import Paying
from clientela.platform import clock
from clientela.web.booking_page.by_code import by_code
from clientela.web.booking_page.counter import Counter, counter
from clientela.web.booking_page.details_form import DetailsForm
from clientela.web.booking_page.draft import draft_of, forget_draft, way_out
from clientela.web.booking_page.offering import policy_of
from clientela.web.booking_page.person import person_of
from clientela.web.booking_page.shown import closed_page, here, shown
from clientela.web.booking_page.take import NotTaken, take
from clientela.web.mailed_code import is_over
from clientela.web.picker.asked import Asked
from clientela.web.visit.begin_payment import send_on
from clientela.web.visitor import business_of, device_zone, language_of, speak


def page(request: HttpRequest, business: str) -> HttpResponse:
    """Show what can be booked and when; a POST books it and leads to the page that says so."""
    speak(request, fallback=language_of(business_of(request)))
    stand = _stand(request)
    if not stand.offer.is_open:
        return _own(stand, render(request, "booking_page/closed.html", closed_page(stand)))
    if request.method != "POST":
        return _drawn(request, stand, _form(request, stand))
    if away := way_out(request, counter=stand, back=here(stand)):
        return away
    form = _form(request, stand)
    if form.asks_code:
        sent = by_code(request, counter=stand, form=form, back=here(stand))
        return sent if isinstance(sent, HttpResponse) else _drawn(request, stand, form, status=sent)
    return _taken(request, stand, form)


def _taken(request: HttpRequest, stand: Counter, form: DetailsForm) -> HttpResponse:
    outcome = take(request, counter=stand, form=form)
    if isinstance(outcome, NotTaken):
        return _drawn(request, outcome.counter, form, status=outcome.status)
    forget_draft(request)
    if isinstance(outcome, Paying):
        return send_on(request, outcome.attempt)
    return redirect("portal:booked", stand.business.slug, outcome.link_token)


def _stand(request: HttpRequest) -> Counter:
    """Where the visitor stands, by the choices of the address or of the form."""
    business = business_of(request)
    policy = policy_of(business)
    return counter(
        business=business,
        policy=policy,
        asked=Asked.read(request.POST if request.method == "POST" else request.GET),
        person=person_of(request, business=business, policy=policy),
        device=device_zone(request),
        now=clock.now(),
    )


def _form(request: HttpRequest, stand: Counter) -> DetailsForm:
    return DetailsForm(
        request.POST if request.method == "POST" else None,
        policy=stand.offer.policy,
        country=stand.country,
        person=stand.person,
        initial=draft_of(request, stand.business),
    )


def _drawn(
    request: HttpRequest, stand: Counter, form: DetailsForm, *, status: int = 200
) -> HttpResponse:
    context = shown(stand, form=form, open_month=request.GET.get("open") == "month")
    context["code_over"] = is_over(request)
    return _own(stand, render(request, "booking_page/page.html", context, status=status))


def _own(stand: Counter, response: HttpResponse) -> HttpResponse:
    """A page that names a signed-in person is kept by nobody on the way."""
    if stand.person:
        response["Cache-Control"] = "no-store, private"
    return response
