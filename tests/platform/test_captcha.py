"""The riddle: solved by work, once, in time; and what a stranger sends instead of an answer never breaks it."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from tests.factories import NOW

from clientela.platform.captcha import (
    LASTS,
    PLAIN_ANSWERS_AN_HOUR,
    Riddle,
    is_chosen,
    is_solved,
    new_riddle,
)

pytestmark = pytest.mark.django_db


def proof(riddle: Riddle, **changed: object) -> str:
    """Do the work that the page's script does."""
    number = next(
        number
        for number in range(riddle.hardest + 1)
        if hashlib.sha256(f"{riddle.salt}{number}".encode()).hexdigest() == riddle.challenge
    )
    return packed(
        {
            "algorithm": "SHA-256",
            "challenge": riddle.challenge,
            "number": number,
            "salt": riddle.salt,
            "signature": riddle.signature,
            **changed,
        }
    )


def packed(value: object) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


@pytest.mark.req("S2.23")
def test_the_work_is_taken_once() -> None:
    answer = proof(new_riddle(now=NOW))
    assert is_solved(proof=answer, now=NOW)
    assert not is_solved(proof=answer, now=NOW)


def test_an_hour_later_it_is_too_late() -> None:
    answer = proof(new_riddle(now=NOW))
    assert not is_solved(proof=answer, now=NOW + LASTS)
    assert is_solved(proof=answer, now=NOW + LASTS - timedelta(minutes=1))


def test_neither_the_number_nor_the_riddle_nor_the_time_can_be_made_up() -> None:
    riddle, other = new_riddle(now=NOW), new_riddle(now=NOW)
    later = riddle.salt.replace("until=", "until=9")
    for changed in ({"number": -1}, {"signature": other.signature}, {"salt": later}):
        assert not is_solved(proof=proof(riddle, **changed), now=NOW)
    number = 5
    made_up = hashlib.sha256(f"{later}{number}".encode()).hexdigest()
    forged = {"challenge": made_up, "salt": later, "number": number}
    assert not is_solved(proof=proof(riddle, **forged), now=NOW)


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "x",
        "é\x00",
        packed([]),
        packed("text"),
        packed({}),
        packed({"number": {}}),
        "A" * 100_000,
    ],
)
def test_nonsense_is_no_answer(nonsense: str) -> None:
    assert not is_solved(proof=nonsense, now=NOW)
    assert not is_chosen(choice=nonsense, place="0", now=NOW)


def test_whose_browser_runs_no_script_picks_the_day_once() -> None:
    riddle = new_riddle(now=NOW)
    right, wrong = str(riddle.days_place), str((riddle.days_place + 1) % 3)
    assert not is_chosen(choice=riddle.choice, place=wrong, now=NOW)
    assert not is_chosen(choice=riddle.choice, place=right, now=NOW)  # a wrong pick used it up
    again = new_riddle(now=NOW)
    assert is_chosen(choice=again.choice, place=str(again.days_place), now=NOW)
    assert not is_chosen(choice=again.choice, place=str(again.days_place), now=NOW)


def test_picks_are_counted_for_the_whole_installation() -> None:
    for _ in range(PLAIN_ANSWERS_AN_HOUR):
        is_chosen(choice=new_riddle(now=NOW).choice, place="3", now=NOW)
    last = new_riddle(now=NOW)
    assert not is_chosen(choice=last.choice, place=str(last.days_place), now=NOW)
