"""Pairs as a person at the desk meets them, and what may be proposed of each."""

from __future__ import annotations

from itertools import product

import pytest

from clientela.rules.client_match import (
    ClientFacts,
    Crowd,
    Likeness,
    Reason,
    Verdict,
    explain,
    read_card,
    score,
)
from tests.rules.client_pairs import HOUSEHOLD, OPEN, SAME, cases

SIZES = (500, 20_000)


def like(one: ClientFacts, other: ClientFacts, *, size: int = 20_000) -> Likeness:
    cards = (read_card(facts, country="ES") for facts in (one, other))
    return score(*cards, among=Crowd(size=size))


def named(pair: tuple[ClientFacts, ClientFacts]) -> str:
    return " | ".join(f"{facts.first_name} {facts.last_name}" for facts in pair)


@pytest.mark.parametrize("pair", cases(SAME), ids=named)
def test_one_person_written_in_two_ways_is_proposed_as_one(pair):
    for size in SIZES:
        found = like(*pair, size=size)
        assert found.verdict is Verdict.SAME, explain(found)
        assert found.probability >= 0.9


@pytest.mark.parametrize("pair", cases(HOUSEHOLD), ids=named)
def test_two_people_of_one_household_are_proposed_as_a_household(pair):
    for size in SIZES:
        found = like(*pair, size=size)
        assert found.verdict is Verdict.HOUSEHOLD, explain(found)
        assert found.probability <= 0.5


@pytest.mark.parametrize("pair", cases(OPEN), ids=named)
def test_what_nobody_can_tell_is_left_to_a_person(pair):
    for size in SIZES:
        found = like(*pair, size=size)
        assert found.verdict in {Verdict.UNDECIDED, Verdict.NONE}, explain(found)


NAMES = (
    "Ana Luis Carmen Marcos Lucía Pablo Elena Jorge Marta Andrés Rosa Tomás Julia Hugo Nuria Óscar "
    "Giulia Marco Chiara Paolo Sofia Tiago Inês Rui Emily George Harriet Oliver Begoña Iker Nerea Xoán"
)


@pytest.mark.req("MRG-09", "S0.3", "C6")
def test_no_couple_and_no_parent_with_a_child_is_ever_taken_for_one_person():
    """Some 500 pairs that share everything a household shares, and differ in the given name."""
    given = NAMES.split()
    pairs = [(one, other) for one, other in product(given, given) if one < other]
    verdicts = set()
    for number, (one, other) in enumerate(pairs):
        shared = {
            "emails": ("casa@correo.example",) if number % 3 else (),
            "phones": ("612345678",) if number % 3 != 1 else (),
        }
        surnames = "García López" if number % 2 else "Rossi"
        found = like(
            ClientFacts(one, surnames, birthday="2010-04-03" if number % 5 == 0 else "", **shared),
            ClientFacts(
                other, surnames, birthday="2010-04-03" if number % 5 == 0 else "", **shared
            ),
        )
        verdicts.add(found.verdict)
    assert len(pairs) > 490
    assert verdicts == {Verdict.HOUSEHOLD}


@pytest.mark.req("S0.3")
def test_an_equal_name_alone_is_never_one_person_however_rare():
    rare = ClientFacts("Ximena", "Goikoetxea Urrutia")
    assert like(rare, rare).verdict is not Verdict.SAME


def test_one_contact_alone_never_exceeds_a_suggestion():
    for contact in ({"emails": ("a.b@correo.example",)}, {"phones": ("612345678",)}):
        found = like(
            ClientFacts(**contact), ClientFacts(first_name="Ana", last_name="Gil", **contact)
        )
        assert found.verdict is Verdict.UNDECIDED
        assert found.probability < 0.9


def test_two_different_birthdays_forbid_one_person_whatever_else_agrees():
    everything = {"emails": ("a.b@correo.example",), "phones": ("612345678",)}
    found = like(
        ClientFacts("Antonio", "Rossi", birthday="1951-02-03", **everything),
        ClientFacts("Antonio", "Rossi", birthday="1980-10-21", **everything),
    )
    assert found.verdict is Verdict.HOUSEHOLD
    assert any(one.reason is Reason.BIRTHDAYS_DIFFER for one in explain(found))


def test_the_shops_own_telephone_identifies_nobody():
    cards = [
        read_card(ClientFacts(name, "García", phones=("910000123",)), country="ES")
        for name in ("Ana", "Ana María")
    ]
    own = Crowd(size=5_000, own=frozenset({"+34910000123"}))
    many = Crowd(size=5_000, contacts={"+34910000123": 50})
    assert score(*cards, among=own).verdict is Verdict.NONE
    assert score(*cards, among=many).probability < 0.4
    assert score(*cards, among=Crowd(size=5_000)).probability > 0.7


def test_a_common_name_says_less_than_a_rare_one():
    phone = {"phones": ("612345678",)}
    common = like(ClientFacts("María", "García", **phone), ClientFacts("María", "García", **phone))
    rare = like(
        ClientFacts("Ximena", "Urrutia", **phone), ClientFacts("Ximena", "Urrutia", **phone)
    )
    assert rare.bits >= common.bits


def test_names_are_weighed_by_how_common_they_are_here():
    facts = ClientFacts("Xiomara", "Urrutia", birthday="1980-05-06")
    card = read_card(facts, country="ES")
    here = Crowd(size=1_000, given={"xiomara": 200}, surnames={"urrutia": 300})
    assert score(card, card, among=here).bits <= score(card, card, among=Crowd(size=1_000)).bits


def test_the_more_clients_the_more_must_agree():
    facts = ClientFacts("Ana", "Ruiz", birthday="1980-05-06")
    other = ClientFacts("Ana", "Ruiz Soler", birthday="1980-05-06")
    few, many = (like(facts, other, size=size).probability for size in (500, 1_000_000))
    assert few > many


def test_a_skeleton_is_evidence_and_no_identity():
    """Dots at Gmail make one mailbox; two people with another given name stay two."""
    one = ClientFacts("Ana", "Ruiz", emails=("ana.ruiz@gmail.com",))
    other = ClientFacts("Berta", "Ruiz", emails=("anaruiz@gmail.com",))
    assert like(one, other).verdict is Verdict.HOUSEHOLD
    elsewhere = ClientFacts("Ana", "Ruiz", emails=("ana.ruiz@correo.example",))
    dotless = ClientFacts("Ana", "Ruiz", emails=("anaruiz@correo.example",))
    reasons = {line.reason for line in explain(like(elsewhere, dotless))}
    assert Reason.SAME_MAILBOX not in reasons
