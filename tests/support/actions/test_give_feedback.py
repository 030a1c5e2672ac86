"""What people say of the help is kept, and a no has a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories import NOW

from clientela.support.actions.give_feedback import give_feedback
from clientela.support.errors import CaptchaMissing, ReasonMissing
from clientela.support.models import HelpFeedback
from clientela.support.queries.feedback import Helped, comments, helped

pytestmark = pytest.mark.django_db


def said(**changed: Any) -> HelpFeedback:
    given: dict[str, Any] = {
        "article": "messages-missing",
        "language": "es",
        "of_version": date(2026, 11, 23),
        "was_answered": False,
        "reasons": ["unclear", "none of ours"],
        "comment": "¿Y el fax?",
        "is_human": True,
        "now": NOW,
    }
    return give_feedback(**{**given, **changed})


@pytest.mark.req("S2.23")
def test_a_no_keeps_its_reasons_and_the_comment() -> None:
    kept = said()
    assert (kept.was_answered, kept.reasons, kept.comment) == (False, ["unclear"], "¿Y el fax?")


@pytest.mark.req("S2.23")
@pytest.mark.parametrize("reasons", [(), ("none of ours",)])
def test_a_no_without_a_reason_is_refused(reasons: tuple[str, ...]) -> None:
    with pytest.raises(ReasonMissing):
        said(reasons=reasons)
    assert not HelpFeedback.objects.exists()


@pytest.mark.req("S2.23")
def test_without_the_riddle_nothing_is_kept() -> None:
    with pytest.raises(CaptchaMissing):
        said(is_human=False)
    assert not HelpFeedback.objects.exists()


def test_a_yes_needs_no_reason_and_the_count_tells_what_helps_least() -> None:
    said(was_answered=True, comment="")
    said()
    said(article="your-account", was_answered=True, comment="Gracias")
    assert helped() == [Helped("messages-missing", 1, 1), Helped("your-account", 1, 0)]
    assert [one.comment for one in comments(most=10)] == ["Gracias", "¿Y el fax?"]
