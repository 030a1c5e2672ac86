"""Step 2: the business and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy as _

from clientela.business.actions.found_business import FirstLocation, found_business
from clientela.business.actions.update_business import update_business
from clientela.business.models import Business, Membership, Role
from clientela.business.slugs import suggest_slug
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import account_scope, business_scope
from clientela.rules.clock_time import is_known_zone, known_zones
from clientela.web.colour import ColourField, Kept, kept, look_at, sample
from clientela.web.form_refusals import put_refusal
from clientela.web.setup.steps import steps
from clientela.web.visitor import device_zone

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clientela.policy.door_request import DoorRequest

CURRENCIES = ("EUR", "GBP", "USD", "CHF", "MXN", "ARS", "CLP", "COP", "BRL", "JPY")
FIRST = Kept(190, "soft")
COUNTRIES = {
    "Europe/Madrid": "ES",
    "Atlantic/Canary": "ES",
    "Europe/Rome": "IT",
    "Europe/London": "GB",
    "Europe/Dublin": "IE",
}


class FoundForm(forms.Form):
    """What a business is called, how it looks, and where it is."""

    name = forms.CharField(label=_("Name of the business"), max_length=120)
    slug = forms.CharField(label=_("Address of its page"), max_length=60, required=False)
    language = forms.ChoiceField(
        label=_("Language you write to clients in"), choices=settings.LANGUAGES
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(c, c) for c in CURRENCIES])
    colour = ColourField(label=_("Colour"))
    zone = forms.CharField(
        label=_("Time zone"), max_length=64, widget=forms.TextInput(attrs={"list": "zones"})
    )
    street = forms.CharField(label=_("Street and number"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("Town"), max_length=100, required=False)
    phone = forms.CharField(label=_("Phone for clients"), max_length=40, required=False)

    def clean_zone(self) -> str:
        """Only a zone that exists, spelt as the list spells it."""
        zone = str(self.cleaned_data["zone"])
        if not is_known_zone(zone):
            raise forms.ValidationError(_("Choose a zone from the list, such as Europe/Madrid."))
        return zone


def found(request: DoorRequest) -> HttpResponse:
    """Found a business owned by the operator, who is signed in."""
    only_look = "preview" in request.POST
    initial = _first_guess(request) | (request.POST.dict() if only_look else {})
    form = FoundForm(None if only_look else request.POST or None, initial=initial)
    form.fields["colour"].widget.attrs |= look_at(request.path)
    if request.method == "POST" and form.is_valid():
        try:
            business = _found(request, form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("setup:hours", business=business.slug)
    context = {
        "form": form,
        "zones": sorted(known_zones()),
        "public_url": settings.PUBLIC_URL.split("://", 1)[-1],
        "preview": kept(_colour(request), otherwise=FIRST),
        "preview_at": clock.now(),
        "preview_zone": device_zone(request) or "UTC",
        "unfinished": _own_businesses(request) if request.method == "GET" else [],
        **steps(2),
    }
    return render(request, "setup/business.html", context)


def _first_guess(request: HttpRequest) -> dict[str, Any]:
    """The device's zone and the page's language: right for most people, so they need not choose."""
    zone = device_zone(request)
    currency = "GBP" if zone == "Europe/London" else "EUR"
    return {
        "zone": zone,
        "language": (get_language() or "en")[:2],
        "currency": currency,
        "colour": _colour(request),
    }


def _colour(request: HttpRequest) -> str:
    """The colour that was just picked, or the one to begin with."""
    return request.POST.get("colour") or request.GET.get("colour") or sample(FIRST)


def _own_businesses(request: DoorRequest) -> list[Business]:
    """Businesses the operator founded before, so that an interrupted set-up can be taken up again."""
    with account_scope(request.user.pk):
        memberships = Membership.objects.filter(
            role=Role.OWNER, ended_at__isnull=True
        ).select_related("business")
        return [membership.business for membership in memberships]


def _found(request: DoorRequest, given: dict[str, Any]) -> Business:
    now = clock.now()
    colour = kept(given["colour"], otherwise=FIRST)
    business = found_business(
        name=given["name"],
        slug=given["slug"].strip().lower() or suggest_slug(given["name"]),
        language=given["language"],
        currency=given["currency"],
        zone=given["zone"],
        owner=request.user,
        location=FirstLocation(
            name=given["city"] or given["name"],
            street=given["street"],
            postcode=given["postcode"],
            city=given["city"],
            country=COUNTRIES.get(given["zone"], ""),
            phone=given["phone"],
        ),
        email=request.user.email,
        phone=given["phone"],
        by=request.actor,
        now=now,
    )
    with business_scope(business.pk):
        update_business(
            business=business,
            hue=colour.hue,
            vivid=colour.vivid,
            by=request.actor,
            now=now,
        )
    return business
