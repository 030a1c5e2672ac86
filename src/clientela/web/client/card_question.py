"""The answer to "is this yours?"."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.people.actions.answer_card_question import answer_card_question
from clientela.people.errors import NotAsked
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.client.frame import WRONG
from clientela.web.client.home import home_page
from clientela.web.client.questions import Answered
from clientela.web.client.reasons import sentence_of
from clientela.web.visit.visit import private

LONGEST_NAME = 200


def card_question(request: DoorRequest, card_id: UUID) -> HttpResponse:
    """Take the answer: mine joins the card to the account, not mine is not asked again.

    A card the person is not asked about looks like none at all.
    """
    is_mine = request.POST.get("answer") == "mine"
    name = request.POST.get("name", "")[:LONGEST_NAME]
    try:
        answer_card_question(
            account=request.user,
            card_id=card_id,
            is_mine=is_mine,
            name=name,
            by=request.actor,
            now=clock.now(),
        )
    except NotAsked as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        answered = Answered(card_id=card_id, name=name, error=sentence_of(refusal))
        return home_page(request, answered=answered, status=WRONG)
    said = _("They are in your list now.") if is_mine else _("Thank you. We do not ask again.")
    messages.success(request, said)
    return private(redirect("client:home"))
