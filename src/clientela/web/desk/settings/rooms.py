"""Rooms and equipment."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.actions.add_resource import add_resource
from clientela.business.actions.update_resource import update_resource
from clientela.business.models import Business, Location, Resource, ResourceKind
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.shell import form_page, saved, settings_page
from clientela.web.desk.staff import Desk, desk_of

TRAIL = "settings-rooms"


class RoomForm(SettingsForm):
    """A room or a machine, and where it stands."""

    plan = (("", "", ("name", "kind", "location", "is_active")),)
    wide = frozenset({"name", "kind", "location"})

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (ResourceKind.ROOM, gettext_lazy("A room")),
            (ResourceKind.EQUIPMENT, gettext_lazy("A piece of equipment")),
        ],
        widget=forms.RadioSelect,
    )
    location: forms.ModelChoiceField[Location] = forms.ModelChoiceField(
        label=gettext_lazy("Where it is"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("It is carried to every location"),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("In use"),
        help_text=gettext_lazy(
            "Switched off, no new appointment takes it; what is booked stays booked."
        ),
        required=False,
    )

    def __init__(self, data: Any, *, business: Business, initial: dict[str, Any]) -> None:  # noqa: ANN401 -- a request's data or none
        """Only the business's own places can be chosen."""
        super().__init__(data, initial=initial)
        self.offer("location", Location.objects.filter(business=business))


def rooms(request: DoorRequest, business: str) -> HttpResponse:
    """List rooms and equipment, those in use first."""
    rows = (
        Resource.objects.filter(business=request.business)
        .exclude(kind=ResourceKind.PROFESSIONAL)
        .select_related("location")
        .order_by("-is_active", "position", "id")
    )
    return settings_page(
        request, "rooms", desk_of(request), title=_("Rooms and equipment"), rows=rows
    )


def new_room(request: DoorRequest, business: str) -> HttpResponse:
    """Add a room or a machine."""
    desk = desk_of(request)
    first = desk.locations[0].pk if desk.locations else None
    form = RoomForm(
        request.POST or None,
        business=desk.business,
        initial={"kind": ResourceKind.ROOM, "location": first},
    )
    del form.fields["is_active"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = partial(add_resource, business=desk.business, by=desk.actor, now=desk.now, **given)
        answer = saved(request, desk, form, act, then=TRAIL)
        if answer is not None:
            return answer
    return _page(request, desk, form, title=_("New room or equipment"))


def room(request: DoorRequest, business: str, resource_id: UUID) -> HttpResponse:
    """Change a room or a machine; what it is stays."""
    desk = desk_of(request)
    thing = _thing(desk, resource_id)
    form = RoomForm(
        request.POST or None,
        business=desk.business,
        initial={"name": thing.name, "location": thing.location_id, "is_active": thing.is_active},
    )
    del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = partial(update_resource, resource=thing, by=desk.actor, now=desk.now, **given)
        answer = saved(request, desk, form, act, then=TRAIL)
        if answer is not None:
            return answer
    return _page(request, desk, form, title=thing.name)


def _page(request: DoorRequest, desk: Desk, form: RoomForm, *, title: str) -> HttpResponse:
    trail = [(_("Rooms and equipment"), TRAIL)]
    return form_page(request, desk, form, title=title, back=TRAIL, trail=trail)


def _thing(desk: Desk, resource_id: UUID) -> Resource:
    rows = Resource.objects.filter(business=desk.business, pk=resource_id)
    found = rows.exclude(kind=ResourceKind.PROFESSIONAL).first()
    if found is None:
        raise Http404
    return found
