"""Online booking preferences: the zone clients read, and what the booking page asks (S4.16 to S4.18)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.actions.set_policy import set_policy
from clientela.business.models import BookingPolicy, PhoneField, ZoneMode
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.shell import CALENDAR, Trail, form_page, here, saved
from clientela.web.desk.staff import desk_of

PREFERENCES_TRAIL: Trail = ((gettext_lazy("Calendar & bookings"), f"settings#{CALENDAR}"),)
NAMES = ("zone_mode", "phone_field", "online_booking")


class PreferencesForm(SettingsForm):
    """The zone, the phone field, and the main switch."""

    zone_mode = forms.ChoiceField(
        label=gettext_lazy("Time zone on the booking page"),
        choices=[
            (
                ZoneMode.CLIENT_CHOOSES.value,
                gettext_lazy("Let clients choose the time zone when they book"),
            ),
            (
                ZoneMode.LOCKED.value,
                gettext_lazy("Lock the time zone of bookings to that of the location"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    phone_field = forms.ChoiceField(
        label=gettext_lazy("Phone number"),
        choices=[
            (PhoneField.OFF.value, gettext_lazy("Not asked")),
            (PhoneField.OPTIONAL.value, gettext_lazy("Asked, may stay empty")),
            (PhoneField.REQUIRED.value, gettext_lazy("Required")),
        ],
        widget=forms.RadioSelect,
    )
    online_booking = forms.BooleanField(
        label=gettext_lazy("Clients can book online"),
        help_text=gettext_lazy(
            "Switched off, the page says so and shows how to reach you. The desk goes on booking."
        ),
        required=False,
    )


def preferences(request: DoorRequest, business: str) -> HttpResponse:
    """Show and save; what is booked already keeps the zone it was promised in."""
    desk = desk_of(request)
    policy = BookingPolicy.objects.get(business=desk.business)
    form = PreferencesForm(
        request.POST or None, initial={name: getattr(policy, name) for name in NAMES}
    )
    if request.method == "POST" and form.is_valid():
        changes: dict[str, Any] = {name: form.cleaned_data[name] for name in NAMES}

        def act() -> None:
            set_policy(business=desk.business, by=desk.actor, now=desk.now, **changes)

        answer = saved(request, desk, form, act, then="settings-preferences")
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=_("Booking preferences"),
        trail=PREFERENCES_TRAIL,
        back="settings",
        template="preferences",
        zone_hints=_zone_hints(desk.place_zone),
        policies_url=here(desk, "settings-policies"),
    )


def _zone_hints(zone: str) -> dict[str, str]:
    """What each choice means, with the business's own place as the example."""
    return {
        ZoneMode.CLIENT_CHOOSES.value: _(
            "The page starts from the zone of the client’s device. The page and every message use "
            "the zone chosen while booking. Good for online sessions."
        ),
        ZoneMode.LOCKED.value: _(
            "The page and every message use the zone of the location, such as %(zone)s, wherever "
            "the client is. Good when people come to you."
        )
        % {"zone": zone},
    }
