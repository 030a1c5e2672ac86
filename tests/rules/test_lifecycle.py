"""The table of states: every pair, and the diagram that is drawn from it."""

from __future__ import annotations

import pytest

from clientela.rules.lifecycle import ALLOWED, HOLDS_TIME, OPEN, Status, diagram, is_final, may_move

EXPECTED = {
    ("held", "requested"),
    ("held", "confirmed"),
    ("held", "cancelled"),
    ("requested", "confirmed"),
    ("requested", "declined"),
    ("requested", "cancelled"),
    ("confirmed", "attended"),
    ("confirmed", "no_show"),
    ("confirmed", "cancelled"),
}


@pytest.mark.parametrize("old", Status)
@pytest.mark.parametrize("new", Status)
def test_a_state_may_follow_another_only_by_the_table(old: Status, new: Status) -> None:
    assert may_move(old=old, new=new) == ((old.value, new.value) in EXPECTED)


def test_final_states_are_those_that_nothing_may_follow() -> None:
    assert {status for status in Status if is_final(status)} == (set(Status) - OPEN - {Status.HELD})
    assert set(ALLOWED) == set(Status)


def test_only_cancelled_and_declined_appointments_give_their_time_back() -> None:
    assert set(Status) - HOLDS_TIME == {Status.CANCELLED, Status.DECLINED}


def test_the_diagram_shows_every_arrow_and_no_other() -> None:
    lines = diagram().splitlines()
    assert lines[0] == "stateDiagram-v2"
    arrows = {tuple(line.split(" --> ")) for line in map(str.strip, lines[1:])}
    assert {(a, b) for a, b in arrows if "[*]" not in (a, b)} == EXPECTED
    assert {b for a, b in arrows if a == "[*]"} == {"held", "requested", "confirmed"}
    assert {a for a, b in arrows if b == "[*]"} == {"attended", "no_show", "cancelled", "declined"}
