"""Pay for one of my appointments."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse

from clientela.policy.door_request import DoorRequest
from clientela.web.visit.own_visit import own_visit
from clientela.web.visit.pay import pay_visit


def pay_appointment(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """GET says how it can be paid, POST leads to the page where it is paid."""
    return pay_visit(request, partial(own_visit, request, appointment_id))
