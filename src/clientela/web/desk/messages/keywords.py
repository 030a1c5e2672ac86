"""The words that stop and start texts, as a mark beside what was written."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from clientela.rules.stop_words import Keyword
from clientela.web.design.shapes import Badge, State

MARKS: dict[Keyword, tuple[Promise, str, State]] = {
    Keyword.STOP: (gettext_lazy("Stopped texts"), "message-square-off", "stop"),
    Keyword.START: (gettext_lazy("Wants texts again"), "message-square", "good"),
    Keyword.CANCEL: (gettext_lazy("May mean the appointment"), "calendar-x-2", "wait"),
    Keyword.HELP: (pgettext_lazy("text message", "Asks for help"), "circle-question-mark", "wait"),
}


def keyword_badge(keyword: str) -> Badge | None:
    """The mark of an entry; nothing for ordinary words."""
    if keyword not in set(Keyword):
        return None
    text, icon, state = MARKS[Keyword(keyword)]
    return Badge(text=str(text), icon=icon, state=state)
