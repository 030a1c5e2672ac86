"""One press about two cards: different people, together but two, or not now; and its undo."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientela.people.actions.answer_suggestion import answer_suggestion
from clientela.people.models import PairVerdict
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.staff import desk_of
from clientela.web.desk.undo import told, told_undoable
from clientela.web.refusals import of as words_of

_SAID: Final[dict[str, Promise]] = {
    PairVerdict.DIFFERENT: _("They are different people: the pair is not proposed again."),
    PairVerdict.HOUSEHOLD: _("They belong together and are two people: a merge is never proposed."),
    PairVerdict.LATER: _("The pair is put aside for thirty days."),
}


def decide(request: DoorRequest, business: str, first_id: UUID, second_id: UUID) -> HttpResponse:
    """Keep the word that was pressed, and go on to the list; a word taken back, or none that we know, leads to the pair."""
    desk = desk_of(request)
    first, second = desk.client(first_id), desk.client(second_id)
    word = request.POST.get("word", "")
    if first.pk == second.pk or word not in {*_SAID, PairVerdict.OPEN}:
        return redirect("desk:duplicate", business, first.pk, second.pk)
    try:
        answer_suggestion(
            first=first, second=second, word=PairVerdict(word), by=desk.actor, now=desk.now
        )
    except Refusal as refusal:
        told(request, str(words_of(refusal)))
        return redirect("desk:duplicates", business)
    if word == PairVerdict.OPEN:
        return redirect("desk:duplicate", business, first.pk, second.pk)
    url = reverse("desk:duplicate-decide", args=[business, first.pk, second.pk])
    told_undoable(request, str(_SAID[word]), url=url, word=PairVerdict.OPEN.value)
    return redirect("desk:duplicates", business)
