"""Who may correct a marker: the whole table."""

from __future__ import annotations

import itertools

import pytest

from clientela.rules.attribution import MarkerReason, Newness
from clientela.rules.reclassification import (
    Asker,
    Ground,
    Standing,
    Verdict,
    decide_reclassification,
    grounds_for,
)

NEW, BACK = Newness.NEW, Newness.RETURNING
OWNER, SUPPORT, STAFF = Asker.OWNER, Asker.SUPPORT, Asker.STAFF


def standing(reason: MarkerReason) -> Standing:
    new = {MarkerReason.FIRST_VISIT, MarkerReason.OTHER_ACCOUNT, MarkerReason.OTHER_CHANNEL}
    return Standing(NEW if reason in new else BACK, reason)


@pytest.mark.req("S0.11", "S0.14")
@pytest.mark.parametrize(
    ("reason", "owner", "staff"),
    [
        (MarkerReason.OTHER_CHANNEL, [Ground.OTHER_CHANNEL], [Ground.OTHER_CHANNEL]),
        (MarkerReason.OTHER_ACCOUNT, [], []),
        (MarkerReason.FIRST_VISIT, [Ground.BEFORE_RECORDS], []),
        (MarkerReason.EARLIER_VISIT, [Ground.OTHER_PERSON], []),
        (MarkerReason.MERGED, [], []),
        (MarkerReason.HOUSEHOLD, [], []),
        (MarkerReason.RECLASSIFIED, [Ground.TAKEN_BACK], []),
    ],
)
def test_the_grounds_on_which_a_marker_is_corrected(
    reason: MarkerReason, owner: list[Ground], staff: list[Ground]
) -> None:
    assert grounds_for(standing=standing(reason), asker=OWNER) == owner
    assert grounds_for(standing=standing(reason), asker=SUPPORT) == owner
    assert grounds_for(standing=standing(reason), asker=STAFF) == staff


@pytest.mark.req("S0.14")
def test_nobody_at_the_desk_says_that_two_accounts_are_one_persons() -> None:
    for ground, asker in itertools.product(set(Ground) - {Ground.TAKEN_BACK}, Asker):
        verdict = decide_reclassification(
            standing=standing(MarkerReason.OTHER_ACCOUNT), to=BACK, ground=ground, asker=asker
        )
        assert verdict is Verdict.CLIENT_MUST_CONFIRM


def test_each_refusal_has_its_word() -> None:
    def asked(reason: MarkerReason, to: Newness, ground: Ground, asker: Asker) -> Verdict:
        return decide_reclassification(standing=standing(reason), to=to, ground=ground, asker=asker)

    first, earlier = MarkerReason.FIRST_VISIT, MarkerReason.EARLIER_VISIT
    assert asked(first, NEW, Ground.BEFORE_RECORDS, OWNER) is Verdict.ALREADY_SO
    assert asked(first, BACK, Ground.BEFORE_RECORDS, STAFF) is Verdict.CLIENT_MUST_CONFIRM
    assert asked(first, BACK, Ground.OTHER_CHANNEL, STAFF) is Verdict.CLIENT_MUST_CONFIRM
    assert asked(MarkerReason.MERGED, NEW, Ground.OTHER_PERSON, OWNER) is Verdict.CLIENT_SAID_SO
    assert asked(earlier, NEW, Ground.OTHER_PERSON, STAFF) is Verdict.OWNER_ONLY
    assert asked(earlier, NEW, Ground.OTHER_CHANNEL, OWNER) is Verdict.WRONG_GROUND
    assert asked(earlier, NEW, Ground.TAKEN_BACK, OWNER) is Verdict.WRONG_GROUND
    assert asked(MarkerReason.RECLASSIFIED, NEW, Ground.TAKEN_BACK, STAFF) is Verdict.OWNER_ONLY
