"""One press that mends: the action, then the same checks again."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from clientela.booking.models import Appointment
from clientela.notify.diagnosis.finding import Fix
from clientela.people.models import Client, How
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.diagnosis.door import door_of
from clientela.web.desk.diagnosis.page import REFUSED, examined, page_url, why_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.states import Audience
from clientela.web.why.asked import asked_in
from clientela.web.why.mend import Press, mend
from clientela.web.why.pressed import offered, refusal_words
from clientela.web.why.shown import shown


def fix(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """Do what was pressed, if the page still offers it; say what was done, and check again."""
    desk = desk_of(request)
    card = desk.client(client_id)
    one = _appointment(desk, card, request.POST.get("appointment", ""))
    asked = asked_in(request.POST)
    try:
        said = mend(_press(request, desk, card, one, asked=asked))
    except Refusal as refusal:
        words = refusal_words(refusal, audience=Audience.STAFF)
        return why_page(request, desk, card, one, asked=asked, refused=words, status=REFUSED)
    told(request, said)
    return redirect(page_url(desk, card, one, asked=asked))


def _press(
    request: DoorRequest, desk: Desk, card: Client, one: Appointment | None, *, asked: str
) -> Press:
    diagnosis = examined(desk, card, one, asked=asked)
    page = shown(diagnosis, door=door_of(desk, card=card, one=one, asked=asked))
    way = offered(page, fix=request.POST.get("fix", ""), messages=request.POST.getlist("message"))
    return Press(
        fix=Fix(way.fix),
        client=card,
        appointment=one,
        messages=way.messages,
        facts=diagnosis.facts,
        how=How.STAFF,
        because="staff",
        by=desk.actor,
        now=desk.now,
    )


def _appointment(desk: Desk, card: Client, text: str) -> Appointment | None:
    """The appointment that was looked at, if one was; it must be this client's."""
    if not text:
        return None
    try:
        found = desk.appointment(UUID(text))
    except ValueError as error:
        raise Http404 from error
    if found.client_id != card.pk:
        raise Http404
    return found
