"""The places of the business."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.actions.add_location import add_location
from clientela.business.actions.update_location import update_location
from clientela.business.models import Location
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import is_known_zone, known_zones
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.shell import form_page, saved, settings_page
from clientela.web.desk.staff import desk_of

KEPT = ("name", "street", "postcode", "city", "country", "phone")
ADDRESS = ("name", "street", "postcode", "city", "country", "phone")


class LocationForm(SettingsForm):
    """A place. Its zone is chosen once: promises are made in it."""

    plan = (
        ("", "", ADDRESS),
        (
            gettext_lazy("Time zone"),
            gettext_lazy(
                "It belongs to the place and stays: appointments were promised in it. "
                "A move to another zone is a new location."
            ),
            ("zone",),
        ),
        ("", "", ("is_active",)),
    )
    wide = frozenset({"name", "street"})

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    street = forms.CharField(
        label=gettext_lazy("Street and number"), max_length=200, required=False
    )
    postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=gettext_lazy("Town"), max_length=100, required=False)
    country = forms.RegexField(
        label=gettext_lazy("Country, in two letters"),
        regex=r"^[A-Za-z]{2}$",
        required=False,
        help_text=gettext_lazy("Such as ES: phone numbers without a prefix are read as of here."),
        error_messages={"invalid": gettext_lazy("Write two letters, such as ES, IT or GB.")},
    )
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)
    zone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones"}),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Appointments happen here"),
        help_text=gettext_lazy(
            "Switched off, nothing new is offered here; what is booked stays booked."
        ),
        required=False,
    )

    def clean_country(self) -> str:
        """Two capitals."""
        return str(self.cleaned_data["country"]).upper()

    def clean_zone(self) -> str:
        """Only a zone that exists."""
        zone = str(self.cleaned_data["zone"])
        if not is_known_zone(zone):
            raise forms.ValidationError(_("Choose a zone from the list, such as Europe/Madrid."))
        return zone


def locations(request: DoorRequest, business: str) -> HttpResponse:
    """List the places."""
    rows = Location.objects.filter(business=request.business)
    return settings_page(request, "locations", desk_of(request), title=_("Locations"), rows=rows)


def new_location(request: DoorRequest, business: str) -> HttpResponse:
    """Add a place."""
    desk = desk_of(request)
    form = LocationForm(request.POST or None, initial={"zone": desk.place_zone})
    del form.fields["is_active"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            add_location(business=desk.business, by=desk.actor, now=desk.now, **given)

        answer = saved(request, desk, form, act, then="settings-locations")
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=_("New location"),
        back="settings-locations",
        trail=[(_("Locations"), "settings-locations")],
        zones=sorted(known_zones()),
    )


def location(request: DoorRequest, business: str, location_id: UUID) -> HttpResponse:
    """Change a place, or switch it off; its zone is shown, not changed."""
    desk = desk_of(request)
    place = Location.objects.filter(business=desk.business, pk=location_id).first()
    if place is None:
        raise Http404
    names = (*KEPT, "zone", "is_active")
    initial: dict[str, Any] = {name: getattr(place, name) for name in names}
    form = LocationForm(request.POST or None, initial=initial)
    form.fields["zone"].disabled = True
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in (*KEPT, "is_active")}

        def act() -> None:
            update_location(location=place, by=desk.actor, now=desk.now, **changes)

        answer = saved(request, desk, form, act, then="settings-locations")
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=place.name,
        back="settings-locations",
        trail=[(_("Locations"), "settings-locations")],
    )
