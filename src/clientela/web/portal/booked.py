"""Just booked: it is done, who was told what, and how to change it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clientela.people.queries.households import lent_to
from clientela.rules.lifecycle import Status
from clientela.web.portal.links import invitation_url, visit_of
from clientela.web.visit.calendar_links import calendar_links
from clientela.web.visit.cost import free_words
from clientela.web.visit.day_hours import day_hours
from clientela.web.visit.deadline import promises_of
from clientela.web.visit.dues import Dues, dues_of
from clientela.web.visit.messages_told import told_at_once
from clientela.web.visit.visit import Visit, answer, private


def booked(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """Say plainly that it is booked (or requested). Once it has moved on, lead to the appointment's own page."""
    visit = visit_of(request, token)
    if visit.is_gone or visit.is_past or visit.appointment.sequence:
        return private(redirect("portal:appointment", business, token))
    for_relative = _is_for_relative(request, visit)
    dues = dues_of(visit)
    return answer(
        request,
        "portal/booked.html",
        visit,
        hours=day_hours(visit),
        is_request=visit.status is Status.REQUESTED,
        first_name=visit.appointment.client.record_name.split()[0],
        for_relative=for_relative,
        calendars=calendar_links(visit),
        beads=told_at_once(visit),
        promises=[*promises_of(visit), *free_words(visit, dues)],
        dues=_shown(dues, for_relative=for_relative),
        **({} if for_relative else _account_of(request, visit, token)),
    )


def _shown(dues: Dues | None, *, for_relative: bool) -> Dues | None:
    """What is still to be paid; what a relative bought, owes or was lent is no business of who books for them."""
    return None if for_relative and dues and (dues.sale or dues.is_lent) else dues


def _is_for_relative(request: HttpRequest, visit: Visit) -> bool:
    """Whether the reader booked it for somebody of their household; one query, and only for another's appointment."""
    client, user = visit.appointment.client, request.user
    if not user.is_authenticated or client.account_id == user.pk:
        return False
    return client in lent_to(account_id=user.pk, what="book", business_id=client.business_id)


def _account_of(request: HttpRequest, visit: Visit, token: str) -> dict[str, Any]:
    """The invitation to create an account, for a guest; for who is signed in, where their list is.

    Nothing where clients have no log-in.
    """
    invitation = invitation_url(visit, token)
    if invitation and request.user.is_authenticated:
        return {"own_list_url": reverse("client:home")}
    return {"invitation_url": invitation} if invitation else {}
