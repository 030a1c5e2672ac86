"""Who is new and who returns: the two policies, and that what is kept decides again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from clientela.rules.attribution import (
    RULE_VERSION,
    AccountKind,
    Facts,
    Family,
    MarkerPolicy,
    MarkerReason,
    Newness,
    Seen,
    Tie,
    Visit,
    corrected,
    decide_marker,
    facts_of,
    family_of,
    read,
    told,
)

ONE, STRICT = MarkerPolicy.ONE_PERSON, MarkerPolicy.CHANNEL_STRICT
NEW, BACK = Newness.NEW, Newness.RETURNING


def visit(key: str, **fields: object) -> Visit:
    given = {"counts": True, "origin": "card", "family": Family.SELF, "address": "ana@x.test"}
    return Visit(id=key, **(given | fields))  # type: ignore[arg-type]  # named as the fields are


def last(
    *visits: Visit, policy: MarkerPolicy, joined: bool = False
) -> tuple[Newness, MarkerReason]:
    facts = dict(facts_of(visits, joined=joined))[visits[-1].id]
    marker = decide_marker(facts, policy=policy)
    return marker.value, marker.reason


FIRST = (NEW, MarkerReason.FIRST_VISIT)
AGAIN = (BACK, MarkerReason.EARLIER_VISIT)


@pytest.mark.req("S0.2", "S0.5", "S0.21")
@pytest.mark.parametrize(
    ("earlier", "now", "one", "strict"),
    [
        # The very same account and channel.
        ({}, {}, AGAIN, AGAIN),
        # Another channel with the same address (S0.5).
        ({"family": Family.DESK}, {}, AGAIN, (NEW, MarkerReason.OTHER_CHANNEL)),
        # Another address on the same card: another account (S0.2).
        ({"address": "ana@y.test"}, {}, AGAIN, (NEW, MarkerReason.OTHER_ACCOUNT)),
        ({"account": "1", "address": "a"}, {"account": "2", "address": "b"}, AGAIN, (NEW, MarkerReason.OTHER_ACCOUNT)),
        # A guest's address is that of the account that books now.
        ({}, {"account": "1"}, AGAIN, AGAIN),
        # What the desk books for a card is the card's, whatever its accounts; the channel is another.
        ({"family": Family.DESK, "address": ""}, {}, AGAIN, (NEW, MarkerReason.OTHER_CHANNEL)),
        ({"family": Family.DESK, "address": ""}, {"family": Family.DESK}, AGAIN, AGAIN),
        # Imported history names no channel: it is taken for any.
        ({"family": Family.UNKNOWN, "address": ""}, {}, AGAIN, AGAIN),
        # Cancelled, declined and missed ones made nobody return.
        ({"counts": False}, {}, FIRST, FIRST),
        # On a card that was joined: one person, by proof.
        ({"origin": "other", "address": "ana@y.test"}, {}, (BACK, MarkerReason.MERGED), (BACK, MarkerReason.MERGED)),
        ({"origin": "other", "family": Family.DESK}, {}, (BACK, MarkerReason.MERGED), (NEW, MarkerReason.OTHER_CHANNEL)),
        # A linked household.
        ({"of_household": True, "address": "leo@x.test"}, {}, (BACK, MarkerReason.HOUSEHOLD), (BACK, MarkerReason.HOUSEHOLD)),
    ],
)  # fmt: skip
def test_what_an_earlier_visit_makes_of_a_booking(
    earlier: dict[str, object], now: dict[str, object], one: object, strict: object
) -> None:
    visits = visit("1", **earlier), visit("2", **now)
    assert last(*visits, policy=ONE) == one
    assert last(*visits, policy=STRICT) == strict


def test_a_booking_from_either_address_of_a_joined_card_returns_by_the_strict_policy_too() -> None:
    visits = visit("1"), visit("2", address="ana@y.test")
    assert last(*visits, policy=STRICT, joined=True) == (BACK, MarkerReason.MERGED)


def test_only_what_begins_before_counts_and_the_first_of_each_kind_is_the_evidence() -> None:
    visits = [
        visit("1"),
        visit("2"),
        visit("3", professional="eva"),
        visit("4", professional="eva"),
    ]
    facts = dict(facts_of(visits, joined=False))
    assert [one.id for one in facts["4"].seen] == ["1"]
    assert facts["1"].seen == ()
    assert facts["4"].same_professional == "3"


def test_what_a_person_said_holds_before_both_policies() -> None:
    facts = corrected(Facts(Family.SELF, AccountKind.CARD), to=BACK, ground="other-channel")
    for policy in MarkerPolicy:
        marker = decide_marker(facts, policy=policy)
        assert (marker.value, marker.reason) == (BACK, MarkerReason.RECLASSIFIED)


def test_a_version_that_nobody_knows_is_not_guessed() -> None:
    facts = Facts(Family.SELF, AccountKind.CARD)
    with pytest.raises(LookupError):
        decide_marker(facts, policy=ONE, version=RULE_VERSION + 1)


def test_channels_fall_into_families() -> None:
    assert [family_of(one) for one in ("web", "staff", "api", "import", "strange")] == [
        Family.SELF,
        Family.DESK,
        Family.PROGRAM,
        Family.UNKNOWN,
        Family.UNKNOWN,
    ]


kept = st.builds(
    Facts,
    channel=st.sampled_from(Family),
    account=st.sampled_from(AccountKind),
    seen=st.lists(
        st.builds(Seen, st.sampled_from("abc"), st.sampled_from(Tie), st.booleans(), st.booleans()),
        max_size=4,
    ).map(tuple),
    joined=st.booleans(),
    same_professional=st.sampled_from(["", "a"]),
)
histories = st.lists(
    st.builds(
        visit,
        st.just("?"),
        counts=st.booleans(),
        origin=st.sampled_from(["card", "other"]),
        family=st.sampled_from(Family),
        account=st.sampled_from(["", "", "1", "2"]),
        address=st.sampled_from(["", "a", "b"]),
        of_household=st.booleans(),
    ),
    max_size=8,
)


@given(kept, st.sampled_from(MarkerPolicy))
def test_facts_are_the_same_after_they_were_kept(facts: Facts, policy: MarkerPolicy) -> None:
    again = read(json.loads(json.dumps(told(facts))))
    assert again == facts
    assert decide_marker(again, policy=policy) == decide_marker(facts, policy=policy)


@given(histories)
def test_one_person_returns_exactly_when_something_before_counts(history: list[Visit]) -> None:
    """By a second way: look at every pair."""
    visits = [Visit(**{name: getattr(one, name) for name in Visit.__slots__} | {"id": str(number)}) for number, one in enumerate(history)]  # fmt: skip
    facts = dict(facts_of(visits, joined=False))
    assert facts.keys() == {one.id for one in visits if not one.of_household}
    for place, one in enumerate(visits):
        if one.of_household:
            continue
        before = [other for other in visits[:place] if other.counts]
        marker = decide_marker(facts[one.id], policy=ONE)
        assert (marker.value is BACK) == bool(before)
        strict = decide_marker(facts[one.id], policy=STRICT)
        assert (strict.value is BACK) == any(_binds(one, other) for other in before)


def _binds(one: Visit, other: Visit) -> bool:
    channel = one.family == other.family or Family.UNKNOWN in (one.family, other.family)
    linked = other.of_household or one.origin != other.origin
    bare = not (one.account or one.address) or not (other.account or other.address)
    if one.account and other.account:
        same = one.account == other.account
    else:
        same = bare or (one.address != "" and one.address == other.address)
    return channel and (linked or same)
