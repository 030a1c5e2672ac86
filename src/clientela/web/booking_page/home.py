"""The first page of an installation: its businesses, or the only one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clientela.business.models import Business, ClientLogin, Location
from clientela.web.account_door import account_door
from clientela.web.brand import brand_of
from clientela.web.design.shapes import Brand
from clientela.web.visitor import speak


def home(request: HttpRequest) -> HttpResponse:
    """Lead to the only business; list several; welcome the person who has just installed Clientela."""
    speak(request, fallback=settings.LANGUAGE_CODE)
    businesses = list(Business.objects.filter(is_open=True).order_by("name", "pk"))
    if len(businesses) == 1:
        return redirect("booking_page:business", businesses[0].slug)
    context: dict[str, Any] = {"brand": Brand(name="Clientela", url=reverse("booking_page:home"))}
    if not businesses:
        context["setup_url"] = reverse("setup:start")
        return render(request, "booking_page/empty.html", context)
    places: dict[object, Location] = {}
    for location in Location.objects.filter(is_active=True).order_by("-position", "-pk"):
        places[location.business_id] = location
    cards = [
        {"brand": brand_of(business, location=places.get(business.pk)), "business": business}
        for business in businesses
    ]
    door = account_door(login=ClientLogin.OPTIONAL, back=reverse("client:home"))
    return render(request, "booking_page/home.html", {**context, **door, "cards": cards})
