"""Presses that part two cards again, or say whose something is."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, ngettext

from clientela.people.actions.answer_parting_question import answer_parting_question
from clientela.people.actions.unmerge_clients import Parted, unmerge_clients
from clientela.people.queries.merges_of import merges_of, open_questions
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.absorbing.merges import merges_page
from clientela.web.desk.absorbing.words import refused_words
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import told

REFUSED: Final = 409


def part(request: DoorRequest, business: str, client_id: UUID, merge_id: UUID) -> HttpResponse:
    """Part the cards of one merge; say what went back and what is asked."""
    desk = desk_of(request)
    card = desk.client(client_id)
    merge = merges_of(card).filter(pk=merge_id).first()
    if merge is None:
        raise Http404
    try:
        done = unmerge_clients(merge=merge, by=desk.actor, now=desk.now)
    except Refusal as refusal:
        return merges_page(request, desk, card.pk, refused=refused_words(refusal), status=REFUSED)
    told(request, _words(done))
    return redirect("desk:merges", business, card.pk)


def answer(request: DoorRequest, business: str, client_id: UUID, question_id: UUID) -> HttpResponse:
    """Keep whose it is."""
    desk = desk_of(request)
    card = desk.client(client_id)
    question = open_questions(card).filter(pk=question_id).first()
    if question is None:
        raise Http404
    try:
        answer_parting_question(
            question=question,
            is_absorbed=request.POST.get("whose") == "parted",
            by=desk.actor,
            now=desk.now,
        )
    except Refusal as refusal:
        return merges_page(request, desk, card.pk, refused=refused_words(refusal), status=REFUSED)
    told(request, _("Kept."))
    return redirect("desk:merges", business, card.pk)


def _words(done: Parted) -> str:
    went = done.returned + done.attributed
    words = ngettext(
        "Two cards again: %(count)s entry went back.",
        "Two cards again: %(count)s entries went back.",
        went,
    ) % {"count": went}
    if not done.questions:
        return words
    asked = ngettext(
        "Of %(count)s you have to say whose it is.",
        "Of %(count)s you have to say whose they are.",
        done.questions,
    ) % {"count": done.questions}
    return f"{words} {asked}"
