"""The booking page of a business: one page, every choice a link, one form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from clientela.booking.actions.book import Booked
from clientela.platform import clock
from clientela.web.booking_page.counter import counter
from clientela.web.booking_page.details_form import DetailsForm
from clientela.web.booking_page.shown import closed_page, shown
from clientela.web.booking_page.take import take
from clientela.web.picker.asked import Asked
from clientela.web.visitor import business_of, device_zone, language_of, speak


def page(request: HttpRequest, business: str) -> HttpResponse:
    """Show what can be booked and when; a POST books it and leads to the page that says so."""
    ours = business_of(request)
    speak(request, fallback=language_of(ours))
    posted = request.POST if request.method == "POST" else None
    asked = Asked.read(request.GET if posted is None else posted)
    stand = counter(business=ours, asked=asked, device=device_zone(request), now=clock.now())
    if not stand.offer.is_open:
        return render(request, "booking_page/closed.html", closed_page(stand))
    form = DetailsForm(posted, policy=stand.offer.policy, country=stand.country)
    status = 200
    if posted is not None:
        outcome = take(request, counter=stand, form=form)
        if isinstance(outcome, Booked):
            return redirect("portal:booked", business, outcome.link_token)
        stand, status = outcome.counter, outcome.status
    context = shown(stand, form=form, open_month=request.GET.get("open") == "month")
    return render(request, "booking_page/page.html", context, status=status)
