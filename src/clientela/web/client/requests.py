"""What I asked: of my accounts, of my household, and as a specialist; who is awaited, and taking it back."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope
from clientela.policy.door_request import DoorRequest
from clientela.support.actions.withdraw_request import withdraw_request
from clientela.support.errors import RequestEnded
from clientela.support.models import Request
from clientela.support.queries.requests import own_requests
from clientela.web.client.frame import LATE, own_page
from clientela.web.client.reasons import sentence_of
from clientela.web.client.request_words import asked_line
from clientela.web.reading_zone import zone_of
from clientela.web.visit.visit import private

PAGE: Final = 20


def requests(request: DoorRequest) -> HttpResponse:
    """Show what I asked, what waits first; nothing of what others asked of me."""
    return _page(request, now=clock.now())


def withdraw(request: DoorRequest) -> HttpResponse:
    """Take back one of mine that waits; what is somebody else's, or ended, is refused alike."""
    now = clock.now()
    try:
        asked = _waiting(request)
        business = asked.business_id
        with business_scope(business) if business else nullcontext():
            withdraw_request(request=asked, by=request.actor, now=now)
    except Refusal as refusal:
        return _page(request, now=now, error=sentence_of(refusal), status=LATE)
    messages.success(request, _("It is taken back. Nothing was changed."))
    return private(redirect("client:requests"))


def _waiting(request: DoorRequest) -> Request:
    mine = own_requests(account_id=request.user.pk).filter(ended_at__isnull=True)
    named = request.POST.get("request", "")
    found = next((one for one in mine if str(one.pk) == named), None)
    if found is None:
        raise RequestEnded
    return found


def _page(
    request: DoorRequest, *, now: datetime, error: str = "", status: int = 200
) -> HttpResponse:
    asked = own_requests(account_id=request.user.pk)
    page = Paginator(asked, PAGE).get_page(request.GET.get("page"))
    return own_page(
        request,
        "client/requests.html",
        current="profile",
        status=status,
        page=page,
        rows=[asked_line(one, account_id=request.user.pk, now=now) for one in page.object_list],
        zone=zone_of(request),
        error=error,
    )
