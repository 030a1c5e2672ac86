"""The way in: the only business of the person who signed in, or a choice among them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.business.models import Membership, Role
from clientela.policy.door_request import DoorRequest


def home(request: DoorRequest) -> HttpResponse:
    """Lead on to the only business; list several; explain that there is none."""
    memberships = list(
        Membership.objects.filter(account=request.user, ended_at__isnull=True)
        .select_related("business")
        .order_by("business__name", "id")
    )
    if len(memberships) == 1:
        return redirect("desk:calendar", memberships[0].business.slug)
    words = {
        Role.OWNER: _("Owner"),
        Role.FRONT_DESK: _("Front desk"),
        Role.PROFESSIONAL: _("Professional"),
    }
    desks = [
        (
            one.business.name,
            reverse("desk:calendar", args=[one.business.slug]),
            words[Role(one.role)],
        )
        for one in memberships
    ]
    return render(request, "desk/home.html", {"desks": desks})
