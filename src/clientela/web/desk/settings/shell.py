"""What all pages of the settings share: the way back, the form with its bar, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Link
from clientela.web.desk.frame import desk_page
from clientela.web.desk.settings.parts import SettingsForm, Words
from clientela.web.desk.staff import Desk
from clientela.web.desk.undo import toasts, told

Trail = Sequence[tuple[Words, str]]
"""Pages between the settings' front page and this one: label and route name, perhaps `#` a part of that page."""
CALENDAR = "calendar"
"""The part of the front page where bookings are set."""
SELLING = "selling"
"""The part where sales and payments are set."""
MESSAGES = "messages"
"""The part where messages are set."""


def settings_page(
    request: DoorRequest,
    template: str,
    desk: Desk,
    *,
    title: str,
    trail: Trail = (),
    status: int = 200,
    **context: Any,  # noqa: ANN401 -- what the template asks for
) -> HttpResponse:
    """Draw a page of the settings, with the crumbs that lead back."""
    return desk_page(
        request,
        f"settings/{template}.html",
        desk,
        place="settings",
        status=status,
        title=title,
        crumbs=_crumbs(desk, trail, title),
        toasts=list(toasts(request)),
        **context,
    )


def form_page(
    request: DoorRequest,
    desk: Desk,
    form: SettingsForm,
    *,
    title: str,
    words: str = "",
    back: str,
    trail: Trail = (),
    template: str = "form",
    **context: Any,  # noqa: ANN401 -- what the template asks for
) -> HttpResponse:
    """Draw one form with its bar; a form with errors answers 422, which htmx shows as well."""
    return settings_page(
        request,
        template,
        desk,
        title=title,
        trail=trail,
        status=422 if form.errors else 200,
        form=form,
        words=words,
        back=here(desk, back),
        **context,
    )


def saved(
    request: DoorRequest,
    desk: Desk,
    form: SettingsForm,
    act: Callable[[], object],
    *,
    then: str,
    text: str = "",
) -> HttpResponse | None:
    """Run an action for a form that is valid: go on with a word of it, or put the refusal on the form."""
    try:
        act()
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    told(request, text or _("Saved."))
    return redirect(here(desk, then))


def here(desk: Desk, route: str, *args: object) -> str:
    """The address of a settings page of this business; `route#part` leads to a part of it."""
    name, hash_sign, part = route.partition("#")
    return reverse(f"desk:{name}", args=[desk.business.slug, *args]) + hash_sign + part


def _crumbs(desk: Desk, trail: Trail, title: str) -> list[Link]:
    links = [Link(label=_("Settings"), url=here(desk, "settings"))]
    links += [Link(label=str(label), url=here(desk, route)) for label, route in trail]
    return [*links, Link(label=title, url="", current=True)]
