"""Why did I not get it? Answered to whoever holds an appointment's link: about that appointment, no address whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages as toasts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clientela.booking.models import Appointment
from clientela.notify.diagnosis.diagnose import Diagnosis, diagnose
from clientela.notify.diagnosis.finding import Fix, Reader
from clientela.notify.reach import EMAIL, SMS
from clientela.people.models import How
from clientela.platform.refusal import Refusal
from clientela.platform.throttle import allow
from clientela.web.portal.links import invitation_url, visit_of
from clientela.web.states import Audience
from clientela.web.visit.visit import Visit, answer, private
from clientela.web.visitor import device_zone
from clientela.web.why.asked import asked_in, choices
from clientela.web.why.mend import Press, mend
from clientela.web.why.pressed import offered, refusal_words
from clientela.web.why.shown import Shown, shown
from clientela.web.why.ways import Door

PRESSES_PER_HOUR: Final = 5
_LATE: Final = 409
_WAYS: Final = (EMAIL, SMS)


class TooManyPresses(Refusal):
    """A link is in more hands than a log-in: it does not make us write without end."""

    reason = "too-many-requests"


def why(request: HttpRequest, business: str, token: str) -> HttpResponse:
    """GET answers, POST sends once more what the page offers to send. Nothing else can be changed by a link."""
    visit = visit_of(request, token)
    if request.method != "POST":
        return _page(request, visit, token)
    try:
        said = mend(_press(request, visit, token))
    except Refusal as refusal:
        words = refusal_words(refusal, audience=Audience.CLIENT)
        return _page(request, visit, token, refused=words, status=_LATE)
    toasts.success(request, said)
    return private(redirect(_address(visit, _asked(request))))


def _press(request: HttpRequest, visit: Visit, token: str) -> Press:
    found = _examined(request, visit)
    page = _shown(request, visit, token, found)
    way = offered(page, fix=request.POST.get("fix", ""), messages=request.POST.getlist("message"))
    _limit(visit.appointment, now=visit.now)
    return Press(
        fix=Fix(way.fix),
        client=visit.appointment.client,
        appointment=visit.appointment,
        messages=way.messages,
        facts=found.facts,
        how=How.BOOKING,
        because="guest",
        by=visit.door.by,
        now=visit.now,
    )


def _limit(appointment: Appointment, *, now: datetime) -> None:
    key = f"guest-why:{appointment.pk}"
    if not allow(key=key, limit=PRESSES_PER_HOUR, per_seconds=3600, now=now):
        raise TooManyPresses


def _examined(request: HttpRequest, visit: Visit) -> Diagnosis:
    return diagnose(
        appointment=visit.appointment,
        reader=Reader.GUEST,
        asked=_asked(request),
        device_zone=device_zone(request),
        now=visit.now,
    )


def _shown(request: HttpRequest, visit: Visit, token: str, found: Diagnosis) -> Shown:
    door = Door(
        reader=Reader.GUEST,
        zone=visit.reading.zone,
        fix_url=visit.door.why,
        acts=frozenset({Fix.SEND_AGAIN}),
        links=_links(visit, token),
        fields={"channel": _asked(request)},
    )
    return shown(found, door=door)


def _links(visit: Visit, token: str) -> Mapping[Fix, str]:
    """Where what a link may not change is changed: the time here, addresses and choices with an account."""
    links = {}
    join = invitation_url(visit, token)
    if join:
        links = dict.fromkeys((Fix.CORRECT_EMAIL, Fix.CORRECT_NUMBER, Fix.WELCOME), join)
    if visit.options.reschedule.allowed:
        links[Fix.CORRECT_APPOINTMENT] = visit.door.move
    return links


def _asked(request: HttpRequest) -> str:
    """The way that is missed. Notices go to devices of an account: no link is answered for them."""
    asked = asked_in(request.POST or request.GET)
    return asked if asked in _WAYS else ""


def _address(visit: Visit, asked: str) -> str:
    return f"{visit.door.why}?{urlencode({'channel': asked})}" if asked else visit.door.why


def _page(
    request: HttpRequest, visit: Visit, token: str, *, refused: str = "", status: int = 200
) -> HttpResponse:
    asked = _asked(request)
    return answer(
        request,
        "why/client.html",
        visit,
        status=status,
        shown=_shown(request, visit, token, _examined(request, visit)),
        channels=choices(visit.door.why, asked=asked, among=_WAYS),
        here=_address(visit, asked),
        zone=visit.reading.zone,
        refused=refused,
        is_guest=True,
    )
