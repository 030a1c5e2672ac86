"""Every answer that a check can give is said, to staff and to clients, in three languages."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from tests.notify.diagnosis.test_checks import FAULTS

from clientela.notify.diagnosis.diagnose import CHECKS, examine
from clientela.notify.diagnosis.finding import Answer, Finding, Fix, Group, Reader, Verdict
from clientela.people.models import How
from clientela.web.why.shown import GROUPS, said
from clientela.web.why.ways import LABELS
from clientela.web.why.words import SAYINGS

pytestmark = pytest.mark.sqlite  # words and facts: no database answers differently

SAYS = {"passed": Verdict.PASS, "failed": Verdict.FAIL, "cannot_know": Verdict.UNKNOWN}
LANGUAGES = ("en", "es", "it")
# What is shown as words beside a check, not as a button.
WORDS_ONLY = {Fix.SAFE_LIST, Fix.ASK_CARRIER, Fix.ASK_OPERATOR}


def answers() -> Iterator[tuple[str, Verdict, str]]:
    """Every answer written in a check, read from its source."""
    for check in CHECKS:
        tree = ast.parse(inspect.getsource(check.ask))
        for call in ast.walk(tree):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            if call.func.id == "_by_lines":
                yield from ((check.name, one, "") for one in (Verdict.PASS, Verdict.FAIL))
            if call.func.id in SAYS:
                for word in words_of(call):
                    yield check.name, SAYS[call.func.id], word


def words_of(call: ast.Call) -> list[str]:
    """The words that the first argument can be; a name stands for words that are tried below."""
    if not call.args:
        return [""]
    (first,) = call.args
    found = [one.value for one in ast.walk(first) if isinstance(one, ast.Constant)]
    return [word for word in found if isinstance(word, str)]


def test_every_answer_written_in_a_check_has_its_words() -> None:
    asked = set(answers())
    assert len(asked) > 100
    assert {key for key in asked if key not in SAYINGS} == set()


def test_no_words_are_kept_that_no_check_says() -> None:
    written = set(answers())
    by_name = {
        ("activated", Verdict.FAIL, ""),
        ("activated", Verdict.FAIL, "has-account"),
        ("email-folders", Verdict.UNKNOWN, "delivered"),
        ("email-folders", Verdict.UNKNOWN, "handed-over"),
        # What a way out of no use comes to is one answer for all of them (``way_out.py``).
        *(
            (check, Verdict.FAIL, word)
            for check in ("mail-server", "text-gateway", "push-taken")
            for word in ("line-down", "line-was-down")
        ),
    }
    assert set(SAYINGS) - written - by_name == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", Reader)
def test_what_is_said_names_its_facts_and_prints_nothing_raw(language: str, reader: Reader) -> None:
    with override(language):
        for facts, _check in FAULTS.values():
            for finding in examine(facts, reader=reader).findings:
                for words in said(finding, reader=reader, zone="Europe/Madrid"):
                    assert "%(" not in words
                    assert "Europe/" not in words
                    assert "Verdict" not in words


def test_a_moment_is_told_with_its_place_and_an_occasion_in_words() -> None:
    at = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    answer = Answer(Verdict.PASS, "", {"at": at, "how": How.STAFF})
    finding = Finding("consent-kept", Group.CHOICE, answer)
    title, detail = said(finding, reader=Reader.CLIENT, zone="Europe/Madrid")
    assert title == "You agreed to messages"
    assert detail == "Mon 23 Nov, 08:00 (Madrid), noted by the staff"


def test_every_way_out_and_every_part_has_a_name() -> None:
    assert set(LABELS) | WORDS_ONLY == set(Fix)
    assert set(GROUPS) == set(Group)
