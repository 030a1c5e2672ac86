"""Why did I not get it? The client's own answer, for one appointment or for one business."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages as toasts
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.notify.diagnosis.diagnose import Diagnosis, diagnose
from clientela.notify.diagnosis.facts import has_stopped
from clientela.notify.diagnosis.finding import Fix, Reader
from clientela.people.models import Client, How
from clientela.people.queries.own_cards import own_cards
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.frame import LATE, own_page
from clientela.web.reading_zone import zone_of
from clientela.web.states import Audience
from clientela.web.visit.own_visit import own_visit
from clientela.web.visit.visit import Visit, private
from clientela.web.visitor import device_zone, speak
from clientela.web.why.asked import asked_in, choices
from clientela.web.why.mend import Press, mend
from clientela.web.why.pressed import offered, refusal_words
from clientela.web.why.shown import shown
from clientela.web.why.ways import Door

_ACTS: Final = frozenset(
    {
        Fix.SEND_AGAIN,
        Fix.TEST_MAIL,
        Fix.OPEN_EMAIL,
        Fix.OPEN_NUMBER,
        Fix.CHOOSE_EMAIL,
        Fix.CHOOSE_BOTH,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What is asked: about whose card, which appointment (None: all of that business), which channel, in which zone."""

    card: Client
    visit: Visit | None
    page: str
    asked: str
    zone: str

    @property
    def appointment(self) -> Appointment | None:
        """The appointment, if it is about one."""
        return self.visit.appointment if self.visit else None


def appointment_why(request: DoorRequest, appointment_id: UUID) -> HttpResponse:
    """GET answers for one of the person's appointments, POST takes a press."""
    visit = own_visit(request, appointment_id)
    return _answer(
        request,
        Question(
            card=visit.appointment.client,
            visit=visit,
            page=reverse("client:appointment-why", args=[appointment_id]),
            asked=asked_in(request.POST or request.GET),
            zone=visit.reading.zone,
        ),
    )


def why(request: DoorRequest) -> HttpResponse:
    """GET answers for one of the person's businesses, or asks which; POST takes a press."""
    speak(request, fallback=request.user.language or settings.LANGUAGE_CODE)
    cards = own_cards(account_id=request.user.pk)
    named = (request.POST or request.GET).get("card", "")
    card = next((one for one in cards if str(one.pk) == named), None)
    if card is None and named:
        raise Http404
    if card is None and len(cards) == 1:
        card = cards[0]
    if card is None:
        rows = [(one, brand_of(one.business)) for one in cards]
        return own_page(request, "why/which.html", current="messages", rows=rows)
    request.scopes.enter_context(business_scope(card.business_id))
    page = reverse("client:why")
    asked = asked_in(request.POST or request.GET)
    zone = zone_of(request)
    return _answer(request, Question(card=card, visit=None, page=page, asked=asked, zone=zone))


def _answer(request: DoorRequest, question: Question) -> HttpResponse:
    if request.method != "POST":
        return _page(request, question)
    try:
        said = mend(_press(request, question))
    except Refusal as refusal:
        words = refusal_words(refusal, audience=Audience.CLIENT)
        return _page(request, question, refused=words, status=LATE)
    toasts.success(request, said)
    return private(redirect(_address(question, channel=question.asked)))


def _press(request: DoorRequest, question: Question) -> Press:
    found = _examined(request, question)
    page = shown(found, door=_door(question, found))
    way = offered(page, fix=request.POST.get("fix", ""), messages=request.POST.getlist("message"))
    return Press(
        fix=Fix(way.fix),
        client=question.card,
        appointment=question.appointment,
        messages=way.messages,
        facts=found.facts,
        how=How.PREFERENCES,
        because="client",
        by=request.actor,
        now=clock.now(),
    )


def _examined(request: DoorRequest, question: Question) -> Diagnosis:
    return diagnose(
        appointment=question.appointment,
        client=question.card,
        reader=Reader.CLIENT,
        asked=question.asked,
        device_zone=device_zone(request),
        now=clock.now(),
    )


def _door(question: Question, found: Diagnosis) -> Door:
    """What is one press for the person. What somebody stopped on purpose is opened only by who proved it theirs."""
    acts = set(_ACTS)
    if not found.facts.mailbox.is_proved:
        acts.discard(Fix.OPEN_EMAIL)
    if has_stopped(found.facts.phone):
        acts.discard(Fix.OPEN_NUMBER)
    return Door(
        reader=Reader.CLIENT,
        zone=question.zone,
        fix_url=question.page,
        acts=frozenset(acts),
        links=_links(question),
        fields={"card": str(question.card.pk), "channel": question.asked},
    )


def _links(question: Question) -> Mapping[Fix, str]:
    links = {
        Fix.CORRECT_EMAIL: reverse("client:addresses"),
        Fix.PROVE: reverse("client:addresses"),
        Fix.CORRECT_NUMBER: reverse("client:profile"),
        Fix.CORRECT_ZONE: reverse("client:profile"),
        Fix.DEVICES: reverse("client:messages"),
    }
    if question.card.activated_at is None:
        links[Fix.WELCOME] = reverse("client:activate")
    if question.visit is not None and question.visit.options.reschedule.allowed:
        links[Fix.CORRECT_APPOINTMENT] = question.visit.door.move
    return links


def _address(question: Question, **given: str) -> str:
    """The page's own address, for one business where it is not about an appointment."""
    named = {} if question.visit else {"card": str(question.card.pk)}
    query = urlencode({name: value for name, value in {**named, **given}.items() if value})
    return f"{question.page}?{query}" if query else question.page


def _page(
    request: DoorRequest, question: Question, *, refused: str = "", status: int = 200
) -> HttpResponse:
    found = _examined(request, question)
    return own_page(
        request,
        "why/client.html",
        current="home" if question.visit else "messages",
        frame="design/client.html",
        status=status,
        visit=question.visit,
        brand=brand_of(question.card.business),
        shown=shown(found, door=_door(question, found)),
        channels=choices(_address(question), asked=question.asked),
        here=_address(question, channel=question.asked),
        zone=question.zone,
        refused=refused,
    )
