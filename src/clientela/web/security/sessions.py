"""Where you are signed in: each browser in two words, and a way to end any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.shortcuts import redirect, render

from clientela.accounts.actions.end_sessions import end_sessions
from clientela.notify.actions.end_push_device import forget_device_of_session
from clientela.platform import clock
from clientela.web.browser_words import icon_of, words_of
from clientela.web.reading_zone import zone_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from clientela.policy.door_request import DoorRequest


@dataclass(frozen=True, slots=True)
class Browser:
    """One line of the list."""

    key: int
    words: str
    icon: str
    since: datetime
    is_this: bool


def sessions(request: DoorRequest) -> HttpResponse:
    """List the browsers that are in; a POST ends one of them, or all but this one."""
    here = request.session.session_key or ""
    if request.method == "POST":
        if "others" in request.POST:
            end_sessions(account=request.user, keep=here)
        else:
            _end_one(request, request.POST.get("end", ""))
        return redirect("usersessions_list")
    context = {
        "browsers": _browsers(request, here),
        "zone": zone_of(request),
        "current": "security",
    }
    return render(request, "usersessions/usersession_list.html", context)


def _browsers(request: DoorRequest, here: str) -> list[Browser]:
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    rows = UserSession.objects.filter(user=request.user, session_key__in=alive)
    found = [
        Browser(
            key=row.pk,
            words=words_of(row.user_agent),
            icon=icon_of(row.user_agent),
            since=row.created_at,
            is_this=row.session_key == here,
        )
        for row in rows.order_by("-created_at", "-pk")
    ]
    return sorted(found, key=lambda one: not one.is_this)


def _end_one(request: DoorRequest, key: str) -> None:
    if not key.isdecimal():
        return
    with transaction.atomic():
        row = UserSession.objects.filter(user=request.user, pk=int(key)).first()
        if row is not None:
            own = Session.objects.filter(session_key=row.session_key)
            for ended in own:
                forget_device_of_session(session=ended.get_decoded())
            own.delete()  # writes: Django's own rows, which no action of ours owns
            row.delete()  # writes: allauth's own rows, which no action of ours owns
