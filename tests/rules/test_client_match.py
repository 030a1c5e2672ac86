"""What holds of the score for any two cards."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import example, given, settings, strategies as st

from clientela.rules.client_match import (
    ClientFacts,
    Crowd,
    MatchCard,
    Reason,
    Verdict,
    crowd_of,
    explain,
    read_card,
    score,
)
from clientela.rules.match_batch import likely_pairs
from clientela.rules.match_keys import MOST, KeyKind, keys_of, sound
from clientela.rules.match_names import mend_text
from clientela.rules.name_tables import plain

FIRST = [
    "",
    "Ana",
    "Anita",
    "A.",
    "María José",
    "Mª José",
    "José María",
    "Paco",
    "Francisco",
    "Fran",
    "Luis",
    "✨",
    "Ana y Luis",
    "GARCÍA LÓPEZ, ANA",
]
LAST = ["", "García", "García López", "Garcia", "de la Fuente", "Rossi", "López G.", "Silva Santos"]
EMAILS = [
    "ana@gmail.com",
    "a.na@gmail.com",
    "ana+1@gmail.com",
    "ana@gmial.com",
    "anagarcia1@gmail.com",
    "anagarcia1@hotmail.com",
    "info@salon.example",
    "no es un correo",
]
PHONES = [
    "612345678",
    "+34612345678",
    "0034 612 345 678",
    "612345679",
    "910000123",
    "+39 333 1234567",
    "1",
]
BIRTHDAYS = [
    "",
    "1985-03-12",
    "1985-12-03",
    "1985-03-13",
    "12/03/1985",
    "1985-01-01",
    "1990-01-01",
    "1960-08-09",
    "ayer",
]

facts = st.builds(
    ClientFacts,
    first_name=st.sampled_from(FIRST) | st.text(max_size=12),
    last_name=st.sampled_from(LAST) | st.text(max_size=12),
    emails=st.lists(st.sampled_from(EMAILS), max_size=3).map(tuple),
    phones=st.lists(st.sampled_from(PHONES), max_size=3).map(tuple),
    birthday=st.sampled_from(BIRTHDAYS),
    language=st.sampled_from(["", "es", "it", "pt_BR", "en-GB", "??"]),
)
cards = facts.map(lambda one: read_card(one, country="ES"))
crowds = st.builds(
    Crowd,
    size=st.integers(1, 2_000_000),
    given=st.just({"ana": 40}),
    contacts=st.just({"+34910000123": 60}),
)
many = settings(max_examples=120, deadline=None)


@many
@given(cards, cards, crowds)
def test_the_order_of_two_cards_changes_nothing_but_who_stands_first(one, other, crowd):
    here, there = score(one, other, among=crowd), score(other, one, among=crowd)
    assert (here.millibits, here.probability, here.verdict) == (
        there.millibits,
        there.probability,
        there.verdict,
    )
    turned = {(line.field, line.reason, line.millibits, line.said[::-1]) for line in there.evidence}
    assert {
        (line.field, line.reason, line.millibits, line.said) for line in here.evidence
    } == turned


def test_of_two_numbers_that_weigh_the_same_one_is_named_whichever_card_stands_first():
    one = read_card(ClientFacts(phones=("612 34 56 78", "+34698765432")), country="ES")
    other = read_card(ClientFacts(phones=("+34612345678", "698 76 54 32")), country="ES")
    here = score(one, other, among=Crowd(size=500)).evidence
    there = score(other, one, among=Crowd(size=500)).evidence
    assert [line.said for line in here] == [line.said[::-1] for line in there]


@many
@given(cards, cards, crowds)
def test_the_explanation_adds_up_to_the_score(one, other, crowd):
    found = score(one, other, among=crowd)
    lines = explain(found)
    assert sum(line.millibits for line in lines) == found.millibits
    assert [abs(line.millibits) for line in lines] == sorted(
        (abs(line.millibits) for line in lines), reverse=True
    )
    assert 0.0 <= found.probability <= 1.0


@many
@given(facts, facts, crowds, st.data())
def test_one_thing_more_in_common_never_makes_two_cards_less_alike(one, other, crowd, data):
    kind, value = data.draw(
        st.sampled_from(
            [
                ("emails", "new.box@correo.example"),
                ("phones", "+34655443322"),
                ("birthday", "1977-05-21"),
            ]
        )
    )
    if kind == "birthday":
        one, other = replace(one, birthday=""), replace(other, birthday="")
        more = [replace(each, birthday=value) for each in (one, other)]
    else:
        more = [replace(each, **{kind: (*getattr(each, kind), value)}) for each in (one, other)]
    before, after = (
        score(*(read_card(each, country="ES") for each in pair), among=crowd)
        for pair in ((one, other), more)
    )
    assert after.millibits >= before.millibits - 2  # two thousandths of a bit of rounding


@many
@given(facts)
def test_the_order_in_which_contacts_were_typed_does_not_matter(one):
    turned = replace(one, emails=one.emails[::-1], phones=one.phones[::-1])
    here, there = read_card(one, country="ES"), read_card(turned, country="ES")
    assert (here.emails, here.phones) == (there.emails, there.phones)
    assert keys_of(here) == keys_of(there)


@many
@given(facts)
def test_what_was_normalised_once_stays_as_it_is(one):
    card = read_card(one, country="ES")
    again = read_card(
        ClientFacts(emails=card.emails, phones=card.phones, birthday=card.birthday), country="ES"
    )
    assert (again.emails, again.phones, again.birthday) == (card.emails, card.phones, card.birthday)
    text = f"{one.first_name} {one.last_name}"
    assert mend_text(mend_text(text)) == mend_text(text)
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("size", [500, 20_000])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Ana", "García López"),
        ("María José", "Ruiz"),
        ("Giulia", "De Santis"),
        ("João Pedro", "Silva Santos"),
        ("Emily", "Whitfield"),
    ],
)
def test_the_order_of_the_fields_does_not_hide_a_person(first, last, size):
    written = [(first, last), (last, first), (f"{first} {last}", ""), (f"{last}, {first}", "")]
    read = [
        read_card(ClientFacts(*names, phones=("612345678",)), country="ES") for names in written
    ]
    for one, other in combinations(read, 2):
        assert score(one, other, among=Crowd(size=size)).verdict is Verdict.SAME


@many
@given(cards)
def test_a_card_has_few_keys_and_none_twice(card):
    keys = keys_of(card)
    assert len(keys) <= MOST
    assert len(set(keys)) == len(keys)
    assert all(isinstance(kind, KeyKind) and value for kind, value in keys)


@settings(max_examples=25, deadline=None)
@given(st.lists(facts, max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_no_proposal(everyone, shuffled):
    numbered = list(enumerate(everyone))
    assert _proposed(numbered) == _proposed(shuffled.sample(numbered, len(numbered)))


def _proposed(numbered: list[tuple[int, ClientFacts]]) -> set[tuple[frozenset[int], Verdict, int]]:
    read = [read_card(one, country="ES") for _, one in numbered]
    return {
        (
            frozenset({numbered[pair.first][0], numbered[pair.second][0]}),
            pair.likeness.verdict,
            pair.likeness.millibits,
        )
        for pair in likely_pairs(read, among=crowd_of(read))
    }


@many
@given(facts, st.sampled_from(["ES", "IT", "PT", "GB", "US", ""]))
@example(ClientFacts("\ud800", "\x00", ("@", "a@b@c.de"), ("+", "00"), "0000-00-00"), "ES")
def test_anything_can_be_read(one, country):
    card = read_card(one, country=country)
    assert isinstance(card, MatchCard)
    score(card, card, among=Crowd(size=10))


def test_contacts_that_both_cards_write_differently_are_one():
    card = read_card(
        ClientFacts(
            emails=("Ana@Gmail.com ", "ana@gmail.com"), phones=("612 34 56 78", "0034612345678")
        ),
        country="ES",
    )
    assert card.emails == ("ana@gmail.com",)
    assert card.phones == ("+34612345678",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ana Ruiz <ana@correo.example>", "ana@correo.example"),
        ("mailto:ana@correo.example", "ana@correo.example"),
        ("ana@MÜNCHEN.example", "ana@xn--mnchen-3ya.example"),
        ("ana@STRAßE.example", "ana@xn--strae-oqa.example"),
        ("sinemail@correo.example", ""),
        ("noreply@correo.example", ""),
        ("ana@", ""),
        ("ana", ""),
    ],
)
def test_addresses_are_read_as_people_paste_them(typed, read):
    assert read_card(ClientFacts(emails=(typed,)), country="ES").emails == ((read,) if read else ())


@pytest.mark.parametrize(
    ("typed", "country", "read"),
    [
        ("612 34 56 78", "ES", "+34612345678"),
        ("0034-612-345-678", "IT", "+34612345678"),
        ("(+39) 333 123 4567", "ES", "+393331234567"),
        ("07812 345678", "GB", "+447812345678"),
        ("34612345678", "ES", "+34612345678"),
        ("600000000", "ES", ""),
        ("123456789", "ES", ""),
        ("ext. 12", "ES", ""),
    ],
)
def test_numbers_are_read_as_of_the_country(typed, country, read):
    assert read_card(ClientFacts(phones=(typed,)), country=country).phones == (
        (read,) if read else ()
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1985-03-12", "1985-03-12"),
        ("12/03/1985", "1985-03-12"),
        ("12.3.1985", "1985-03-12"),
        ("03/25/1985", "1985-03-25"),
        ("19850312", "1985-03-12"),
        ("12/03/85", "1985-03-12"),
        ("12/03/05", "2005-03-12"),
        ("1985-03-12T00:00:00", "1985-03-12"),
        ("31/02/1985", ""),
        ("0000-00-00", ""),
        ("marzo", ""),
    ],
)
def test_birthdays_are_read_day_first(typed, read):
    assert read_card(ClientFacts(birthday=typed), country="ES").birthday == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jimenez", "gimenez"),
        ("vazquez", "basquez"),
        ("esther", "ester"),
        ("yague", "iague"),
        ("nunez", "nunes"),
    ],
)
def test_surnames_that_sound_alike_have_one_key(one, other):
    assert sound(one) == sound(other)


def test_what_two_cards_share_is_said_as_it_was_typed():
    one = read_card(ClientFacts("ANA", "García-Márquez", phones=("612 34 56 78",)), country="ES")
    other = read_card(
        ClientFacts("Anita", "Garcia Marquez", phones=("+34612345678",)), country="ES"
    )
    said = {line.reason: line.said for line in explain(score(one, other, among=Crowd(size=900)))}
    assert said[Reason.FAMILIAR_FORM] == ("ANA", "Anita")
    assert said[Reason.SAME_PHONE] == ("612 34 56 78", "+34612345678")
