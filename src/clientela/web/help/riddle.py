"""The riddle against machines on a form of ours: what the page needs, and whether it came back solved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientela.platform.captcha import is_chosen, is_solved, new_riddle
from clientela.web.help.days import three_words

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest


def riddle_context(*, language: str, now: datetime) -> dict[str, Any]:
    """What ``help/parts/riddle.html`` and the attributes of the form around it read."""
    riddle = new_riddle(now=now)
    return {
        "riddle": riddle,
        "three": three_words(days_place=riddle.days_place, language=language),
    }


def is_human(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the posted form carries a solved riddle; each answer counts once."""
    return is_solved(proof=request.POST.get("captcha", ""), now=now) or is_chosen(
        choice=request.POST.get("choice", ""), place=request.POST.get("word", ""), now=now
    )
