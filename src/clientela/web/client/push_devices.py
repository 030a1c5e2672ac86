"""Notices on my devices: this browser says yes, and any of them can be taken off the list."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages as toasts
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.notify.actions.end_push_device import (
    SESSION_KEY,
    device_of_session,
    end_push_device,
)
from clientela.notify.actions.keep_push_device import keep_push_device
from clientela.notify.push_address import simulated_address
from clientela.notify.queries.push_devices import living_devices, push_is_simulated
from clientela.notify.queries.push_keys import public_push_key
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.browser_words import icon_of, key_of, words_of
from clientela.web.client.reasons import nothing_changed
from clientela.web.visit.visit import private

_PARTS: Final = ("endpoint", "p256dh", "auth")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    """One device of the list."""

    id: UUID
    words: str
    icon: str
    since: datetime
    is_this: bool


def push_devices(request: DoorRequest) -> HttpResponse:
    """POST only: with a device, take it off; else keep this browser, as its script told us how it is reached."""
    named = request.POST.get("remove", "")
    if named:
        return _remove(request, named)
    try:
        device = keep_push_device(
            account=request.user,
            **_address(request),
            name=key_of(request.headers.get("User-Agent", "")),
            by=request.actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        toasts.error(request, nothing_changed(refusal))
    else:
        request.session[SESSION_KEY] = str(device.pk)
        toasts.success(request, _("This device shows notices from now on."))
    return private(redirect("client:messages"))


def device_lines(request: DoorRequest) -> list[DeviceLine]:
    """The person's devices, newest first; the one they look at is marked."""
    here = device_of_session(dict(request.session.items()))
    return [
        DeviceLine(
            id=one.pk,
            words=words_of(one.name),
            icon=icon_of(one.name),
            since=one.created_at,
            is_this=one.pk == here,
        )
        for one in living_devices(account_id=request.user.pk)
    ]


def push_context(request: DoorRequest) -> dict[str, object]:
    """What the page needs to offer notices: the key a browser is given, and whether they are only simulated here."""
    return {
        "push_key": public_push_key(),
        "push_is_simulated": push_is_simulated(),
        "devices": device_lines(request),
    }


def _address(request: DoorRequest) -> dict[str, str]:
    """What the browser said; a demo's browser says nothing and gets an address that leads nowhere."""
    said = {name: request.POST.get(name, "") for name in _PARTS}
    return asdict(simulated_address()) if push_is_simulated() and not any(said.values()) else said


def _remove(request: DoorRequest, named: str) -> HttpResponse:
    try:
        wanted = UUID(named)
    except ValueError as error:
        raise Http404 from error
    end_push_device(account=request.user, device_id=wanted, by=request.actor, now=clock.now())
    toasts.success(request, _("This device shows no notices any more."))
    return private(redirect("client:messages"))
