"""What the business says of itself, and its colour."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.actions.update_business import update_business
from clientela.policy.door_request import DoorRequest
from clientela.web.colour import ColourField, Kept, kept, look_at, sample
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.shell import form_page, saved
from clientela.web.desk.staff import Desk, desk_of

SAID = ("name", "tagline", "slug", "language", "email", "phone", "is_open")


class LookForm(SettingsForm):
    """Name, page, language and colour."""

    plan = (
        (gettext_lazy("What clients read"), "", ("name", "tagline", "email", "phone")),
        (
            gettext_lazy("Booking page"),
            gettext_lazy("The old address stops working as soon as you save a new one."),
            ("slug", "language", "is_open"),
        ),
        (
            gettext_lazy("Colour"),
            gettext_lazy(
                "We keep its hue and how vivid it is; how light it is we choose, so that everything stays readable."
            ),
            ("colour",),
        ),
    )
    wide = frozenset({"name", "tagline", "colour"})

    name = forms.CharField(label=gettext_lazy("Name of the business"), max_length=120)
    tagline = forms.CharField(
        label=gettext_lazy("One line about it"), max_length=200, required=False
    )
    email = forms.EmailField(
        label=gettext_lazy("Email for clients"), max_length=254, required=False
    )
    phone = forms.CharField(label=gettext_lazy("Phone for clients"), max_length=40, required=False)
    slug = forms.SlugField(label=gettext_lazy("Address of the page"), max_length=60)
    language = forms.ChoiceField(
        label=gettext_lazy("Language you write to clients in"), choices=settings.LANGUAGES
    )
    is_open = forms.BooleanField(
        label=gettext_lazy("The booking page is open"),
        help_text=gettext_lazy("Closed, it says so and shows how to reach you."),
        required=False,
    )
    colour = ColourField(label=gettext_lazy("Colour"))

    def __init__(self, data: Any, *, initial: dict[str, Any], page: str) -> None:  # noqa: ANN401 -- a request's data or none
        """With a script, a picked colour is shown at once: the page's own preview is asked for."""
        super().__init__(data, initial=initial)
        self.fields["slug"].help_text = _("After %(address)s/") % {
            "address": settings.PUBLIC_URL.split("://", 1)[-1]
        }
        self.fields["colour"].widget.attrs |= look_at(page)


def look(request: DoorRequest, business: str) -> HttpResponse:
    """Show and save; the colour is shown as it will be drawn, light and dark, before anything is kept."""
    desk = desk_of(request)
    now = Kept(desk.business.hue, desk.business.vivid)
    asked = request.POST.get("colour") or request.GET.get("colour") or sample(now)
    only_look = "preview" in request.POST
    form = LookForm(
        None if only_look else request.POST or None,
        initial=_typed(request) if only_look else _initial(desk, asked),
        page=request.path,
    )
    if request.method == "POST" and form.is_valid():
        act = partial(_save, desk, form)
        answer = saved(request, desk, form, act, then="settings-business")
        if answer is not None:
            return answer
        desk.business.refresh_from_db()
    return _page(request, desk, form, preview=kept(asked, otherwise=now))


def _page(request: DoorRequest, desk: Desk, form: LookForm, *, preview: Kept) -> HttpResponse:
    return form_page(
        request,
        desk,
        form,
        title=_("Business and look"),
        back="settings",
        template="look",
        preview=preview,
        preview_at=desk.now,
        preview_zone=desk.place_zone,
    )


def _initial(desk: Desk, colour: str) -> dict[str, Any]:
    return {name: getattr(desk.business, name) for name in SAID} | {"colour": colour}


def _typed(request: DoorRequest) -> dict[str, Any]:
    """What stands in the fields while only the colour is looked at."""
    return {**request.POST.dict(), "is_open": "is_open" in request.POST}


def _save(desk: Desk, form: LookForm) -> None:
    given = form.cleaned_data
    colour = kept(given["colour"], otherwise=Kept(desk.business.hue, desk.business.vivid))
    update_business(
        business=desk.business,
        **{name: given[name] for name in SAID},
        hue=colour.hue,
        vivid=colour.vivid,
        by=desk.actor,
        now=desk.now,
    )
