"""Decide a request, where the support is awaited."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.booking.actions.reclassify_appointment import answer_reclassification
from clientela.booking.models import ReclassifyRequest, ReclassifyState
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope
from clientela.rules.reclassification import Asker
from clientela.support.actions.end_request import end_request
from clientela.support.errors import ClientMustConfirm, RequestEnded, SupportOnly
from clientela.support.models import Request, RequestState
from clientela.support.queries.requests import rests_on

GRANTED, REFUSED = "granted", "refused"


def decide_request(*, request: Request, grants: bool, by: Actor, now: datetime) -> Request:
    """Grant what a specialist asked, which corrects the marker and what is paid for it, or leave it as it is.

    Only a correction that is the business's own affair is the support's to decide. Whatever waits for the client is
    refused, ``ClientMustConfirm``, whoever decides: nobody can do it for them. An owner may have answered meanwhile:
    then their answer stands. Refuses ``SupportOnly``, ``RequestEnded`` and ``ReclassifyRefused``.
    """
    if not (by.is_staff and by.role == Asker.SUPPORT):
        raise SupportOnly
    with transaction.atomic():
        row = Request.objects.select_for_update().get(pk=request.pk)
        if row.ended_at is not None:
            raise RequestEnded
        if row.state != RequestState.OPEN or row.business_id is None:
            raise ClientMustConfirm
        with business_scope(row.business_id):
            asked = rests_on(request=row)
            if asked is None:
                raise RequestEnded
            answered = answer_reclassification(request=asked, grants=grants, by=by, now=now)
        state, outcome = answered_as(answered)
        end_request(request=row, state=state, outcome=outcome, by=by, now=now)
    return row


def answered_as(answered: ReclassifyRequest) -> tuple[RequestState, str]:
    """Return how a request ends by the answer to what it rests on."""
    if answered.state == ReclassifyState.GRANTED:
        return RequestState.DONE, GRANTED
    return RequestState.DECLINED, REFUSED
