"""Duplicates: keys follow what cards say, pairs are proposed with why, and a word said about them holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.factories import NOW, STAFF, SYSTEM

from clientela.business.models import Business
from clientela.people.actions.add_identifier import add_identifier
from clientela.people.actions.answer_suggestion import answer_suggestion
from clientela.people.actions.compare_business import compare_business
from clientela.people.actions.compare_cards import compare_cards
from clientela.people.actions.compare_due import compare_due, due_of, recount_grown
from clientela.people.actions.count_crowd import count_crowd
from clientela.people.actions.decide_pair import decide_pair
from clientela.people.actions.erase_card import erase_card
from clientela.people.actions.keep_suggestions import keep_suggestions
from clientela.people.actions.refresh_keys import refresh_keys
from clientela.people.actions.register_client import register_client
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.actions.update_client import update_client
from clientela.people.errors import CannotTakeUp
from clientela.people.match_hash import key_numbers
from clientela.people.models import Client, ClientKey, Crowd, PairVerdict, Proof, Suggestion
from clientela.people.queries.crowd_now import crowd_now
from clientela.people.queries.likenesses import likeness_of, likenesses
from clientela.people.queries.match_cards import match_cards
from clientela.people.queries.suggestions import comparing, count_suggestions, suggestions
from clientela.platform.tenancy import business_scope
from clientela.rules.client_match import Verdict

pytestmark = pytest.mark.usefixtures("scope")
PHONE = "+34 612 345 678"
BORN = date(1985, 3, 12)


def card(
    business: Business,
    name: str = "Francisco Zubizarreta Llamas",
    email: str = "",
    phone: str = "",
    birthday: date | None = None,
) -> Client:
    return register_client(
        business=business,
        name=name,
        emails=[email],
        phones=[phone],
        birthday=birthday,
        by=SYSTEM,
        now=NOW,
    )


def twice(business: Business) -> tuple[Client, Client]:
    """One person by two doors: the name in its familiar form, the same phone, another address."""
    return (
        card(business, email="fzubi@example.com", phone=PHONE, birthday=BORN),
        card(business, "Paco Zubizarreta", "paco.z@work.example", PHONE, BORN),
    )


def compare_all() -> None:
    while compare_due(now=NOW):
        pass


def shown(business: Business, *, after: timedelta = timedelta()) -> list[tuple[str, ...]]:
    """The pairs that are proposed, by name, with the verdict."""
    found = suggestions(business=business, now=NOW + after)
    return sorted(
        (*sorted((one.first.record_name, one.second.record_name)), one.verdict) for one in found
    )


PAIR = ("Francisco Zubizarreta Llamas", "Paco Zubizarreta", "same")


def keys_stand(business: Business) -> bool:
    """Whether every standing card has exactly the keys of what it says, and no other card has any."""
    cards = match_cards(ids=Client.objects.values_list("pk", flat=True))
    wanted = {
        (pk, key) for pk, one in cards.items() for key in key_numbers(one, business_id=business.pk)
    }
    return wanted == set(ClientKey.objects.values_list("client_id", "key"))


def test_keys_follow_every_change_of_what_a_card_says(business: Business) -> None:
    one, other = twice(business)
    assert keys_stand(business)
    add_identifier(client=one, email="third@example.com", by=STAFF, now=NOW)
    update_client(client=one, name="Curro Zubizarreta", by=STAFF, now=NOW)
    update_client(client=other, forget_birthday=True, by=STAFF, now=NOW)
    assert keys_stand(business)
    assert set(due_of(limit=9)) == {one.pk, other.pk}


def test_keys_leave_with_the_card_and_come_back_when_cards_are_parted(business: Business) -> None:
    one, other = twice(business)
    compare_all()
    merge = take_up_card(card=other, into=one, proof=Proof.LOG_IN, by=STAFF, now=NOW)
    assert (keys_stand(business), shown(business)) == (True, [])
    unmerge_clients(merge=merge, because="test", by=STAFF, now=NOW)
    compare_all()
    assert (keys_stand(business), shown(business)) == (True, [])  # parted: different people
    erase_card(card=one, because="test", by=STAFF, now=NOW)
    assert keys_stand(business)
    assert not ClientKey.objects.filter(client=one).exists()


def test_a_key_tells_nothing_without_the_secret_and_is_another_next_door(
    business: Business, next_door: Business
) -> None:
    one = card(business, email="ana@example.com", phone=PHONE)
    read = match_cards(ids=[one.pk])[one.pk]
    here = set(key_numbers(read, business_id=business.pk))
    assert here.isdisjoint(key_numbers(read, business_id=next_door.pk))
    assert all(-(2**63) <= key < 2**63 for key in here)


def test_one_person_by_two_doors_is_proposed_with_reasons(business: Business) -> None:
    twice(business)
    card(business, "Lucía Zubizarreta", "lucia@example.com")
    compare_all()
    assert shown(business) == [PAIR]
    row = Suggestion.objects.get()
    assert {(field, reason) for field, reason, *_ in row.evidence} >= {
        ("phone", "same-phone"),
        ("name", "familiar-form"),
    }
    assert count_suggestions(business=business, now=NOW) == {"same": 1}


@pytest.mark.req("S0.3")
def test_one_name_with_two_addresses_stays_two_cards(business: Business) -> None:
    """Nothing is merged on a name; staff may be shown the pair as not certain, never as one person."""
    for number in range(3):
        card(business, email=f"francisco{number}@{number}.example")
    compare_all()
    assert Client.objects.filter(merged_into__isnull=True).count() == 3
    assert {verdict for *_, verdict in shown(business)} <= {Verdict.UNDECIDED.value}


def test_what_no_longer_holds_is_no_longer_proposed(business: Business) -> None:
    _, other = twice(business)
    compare_all()
    for contact in other.identifiers.all():
        contact.delete()
    update_client(
        client=other, name="Beatriz Oliveira", birthday=date(1999, 9, 9), by=STAFF, now=NOW
    )
    compare_all()
    assert shown(business) == []


@pytest.mark.parametrize(
    ("word", "at_once", "later"),
    [
        (PairVerdict.DIFFERENT, [], []),
        (PairVerdict.HOUSEHOLD, [], []),
        (PairVerdict.LATER, [], [PAIR]),
        (PairVerdict.OPEN, [PAIR], [PAIR]),
    ],
)
def test_a_word_said_about_a_pair_holds(
    business: Business, word: PairVerdict, at_once: list[object], later: list[object]
) -> None:
    one, other = twice(business)
    compare_all()
    answer_suggestion(first=other, second=one, word=word, by=STAFF, now=NOW)
    assert shown(business) == at_once
    refresh_all(one, other)
    assert shown(business) == at_once
    assert shown(business, after=timedelta(days=31)) == later


def refresh_all(*cards: Client) -> None:
    with transaction.atomic():
        refresh_keys(clients=cards)
    compare_all()


def test_a_word_taken_back_brings_the_pair_back(business: Business) -> None:
    one, other = twice(business)
    compare_all()
    for word in (PairVerdict.DIFFERENT, PairVerdict.OPEN):
        answer_suggestion(first=one, second=other, word=word, by=STAFF, now=NOW)
    assert shown(business) == [PAIR]


def test_different_people_are_proposed_again_when_much_more_comes_to_light(
    business: Business,
) -> None:
    one, other = twice(business)
    compare_all()
    weight = Suggestion.objects.get().millibits
    for less, after in ((5_999, []), (6_000, [PAIR])):
        decide_pair(
            first=one,
            second=other,
            verdict=PairVerdict.DIFFERENT,
            millibits=weight - less,
            because="test",
            by=STAFF,
            now=NOW + timedelta(seconds=less),
        )
        refresh_all(one, other)
        assert shown(business) == after


def test_different_is_remembered_of_the_cards_that_a_person_took_up(business: Business) -> None:
    """A is not C; B becomes part of A, so B's likeness to C proposes nothing either, and the other way round."""
    one, other = twice(business)
    third = card(business, email="paco.z@work.example", phone=PHONE, birthday=BORN)
    compare_all()
    answer_suggestion(first=one, second=third, word=PairVerdict.DIFFERENT, by=STAFF, now=NOW)
    assert len(shown(business)) == 2
    take_up_card(card=one, into=other, proof=Proof.LOG_IN, by=STAFF, now=NOW)
    compare_all()
    assert shown(business) == []


def test_a_card_that_is_gone_cannot_be_judged(business: Business) -> None:
    one, other = twice(business)
    take_up_card(card=one, into=other, proof=Proof.LOG_IN, by=STAFF, now=NOW)
    with pytest.raises(CannotTakeUp):
        answer_suggestion(first=one, second=other, word=PairVerdict.LATER, by=STAFF, now=NOW)


def test_any_order_of_arrival_gives_the_same_suggestions(business: Business) -> None:
    """Cards come in any order, and are compared at any moment in between."""
    said = [
        ("Francisco Zubizarreta Llamas", "fzubi@example.com", PHONE, BORN),
        ("Paco Zubizarreta", "paco.z@work.example", PHONE, BORN),
        ("F. Zubizarreta", "fzubi+clases@example.com", "", None),
        ("Marta Zubizarreta", "fzubi@example.com", "+34 699 000 111", None),
        ("Lucía Oyarzabal", "lucia@example.com", "", date(2001, 1, 2)),
        ("Lucia Oyarzabal", "lucia@otro.example", "", date(2001, 1, 2)),
    ]
    outcomes = set()
    for order, compared in (("012345", ""), ("543210", "420"), ("304152", "05"), ("251403", "3")):
        with transaction.atomic():
            count_crowd(business=business, now=NOW)
            for place in order:
                one = card(business, *said[int(place)])
                if place in compared:
                    compare_cards(business_id=business.pk, ids=[one.pk], now=NOW)
            compare_all()
            rows = Suggestion.objects.values_list(
                "first__record_name", "second__record_name", "millibits", "verdict"
            )
            outcomes.add(tuple(sorted((*sorted(row[:2]), *row[2:]) for row in rows)))
            transaction.set_rollback(True)
    assert len(outcomes) == 1
    assert len(outcomes.pop()) >= 3


def test_a_pair_weighs_the_same_whichever_pairs_are_asked_with_it(business: Business) -> None:
    """Four cards have one mailbox, in two spellings: how many it has is counted for each pair."""
    count_crowd(business=business, now=NOW)
    written = ("ana.ruiz@gmail.com", "anaruiz@gmail.com", "anaruiz@gmail.com", "anaruiz@gmail.com")
    one, *others = sorted(card(business, "Ana Ruiz", email).pk for email in written)
    pairs = [(one, other) for other in others] + [(others[0], others[1])]
    cards = match_cards(ids={one, *others})
    asked = {
        "business_id": business.pk,
        "cards": cards,
        "among": crowd_now(business_id=business.pk, now=NOW),
    }
    together = likenesses(pairs=pairs, **asked)
    assert len(together) == len(pairs)
    for pair in pairs:
        assert likenesses(pairs=[pair], **asked)[pair] == together[pair]
        assert likeness_of(pair=pair, **asked) == together[pair]


def test_only_the_suggestions_of_the_cards_in_question_are_replaced(business: Business) -> None:
    twice(business)
    one = card(business, "Beatriz Oyarzabal", "b@example.com", "+34 600 100 200", BORN)
    card(business, "Beatriz Oyarzabal", "b@work.example", "+34 600 100 200", BORN)
    compare_all()
    assert len(shown(business)) == 2
    keep_suggestions(business_id=business.pk, found={}, of=[one.pk], now=NOW)
    assert shown(business) == [PAIR]


def test_cards_from_a_file_get_their_keys_from_the_worker(business: Business) -> None:
    twice(business)
    ClientKey.objects.all().delete()
    Client.objects.update(compared_version=0)
    assert comparing(business=business).waiting == 2
    compare_all()
    assert keys_stand(business)
    assert (comparing(business=business).total, shown(business)) == (0, [PAIR])


def test_a_crowd_that_has_grown_is_counted_again_and_compared_again(business: Business) -> None:
    twice(business)
    compare_all()
    assert recount_grown(now=NOW) == 0
    card(business, "Marta Oyarzabal")
    assert recount_grown(now=NOW) == 1
    assert Crowd.objects.get().size == 3
    assert len(due_of(limit=9)) == 3


def test_the_whole_business_in_one_go_finds_what_the_worker_finds(business: Business) -> None:
    """And it takes away what was proposed and no longer holds, and leaves nothing due."""
    one, other = twice(business)
    card(business, "Marta Zubizarreta", "fzubi@example.com", "+34 699 000 111")
    compare_all()
    by_worker = shown(business)
    stale = Suggestion.objects.order_by("id").first()
    assert stale is not None
    gone = card(business, "Lucía Oyarzabal")
    pair = sorted((one.pk, gone.pk))
    Suggestion.objects.filter(pk=stale.pk).update(first_id=pair[0], second_id=pair[1])
    ClientKey.objects.filter(client=other).delete()
    Client.objects.filter(pk=other.pk).update(compared_version=0)
    heard: list[tuple[str, int, int]] = []
    done = compare_business(business=business, now=NOW, tell=lambda *told: heard.append(told))
    assert shown(business) == by_worker
    assert (done.cards, done.suggestions) == (4, len(by_worker))
    assert heard[0] == ("keys", 1, 1)
    assert heard[-1] == ("pairs", done.pairs, done.pairs)
    assert due_of(limit=9) == []


class Killed(BaseException):
    """The process ends here: what was committed stands, and nothing tidies up."""


def test_of_a_batch_that_was_killed_no_card_counts_as_compared(
    business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it ends; begun again, or left to the worker, it finds what it would have found."""
    twice(business)
    card(business, "Paco Zubizarreta", "fzubi@example.com", PHONE, BORN)
    compare_business(business=business, now=NOW)
    whole = shown(business)
    monkeypatch.setattr("clientela.people.actions.compare_business._PAIRS_AT_ONCE", 1)
    for ends_at in (1, 2):
        Suggestion.objects.all().delete()
        Client.objects.update(compared_version=0)

        def killed(stage: str, done: int, _total: int, last: int = ends_at) -> None:
            if (stage, done) == ("pairs", last):
                raise Killed

        with pytest.raises(Killed):
            compare_business(business=business, now=NOW, tell=killed)
        assert len(due_of(limit=9)) == 3
        if ends_at == 1:
            compare_business(business=business, now=NOW)
        else:
            compare_all()
        assert (shown(business), due_of(limit=9)) == (whole, [])


def test_a_card_that_changes_while_the_business_is_compared_stays_due(business: Business) -> None:
    one, _ = twice(business)

    def changed(stage: str, _done: int, _total: int) -> None:
        if stage == "pairs":
            with transaction.atomic():
                refresh_keys(clients=[one])

    compare_business(business=business, now=NOW, tell=changed)
    assert due_of(limit=9) == [one.pk]


def test_after_a_change_of_the_secret_the_keys_are_made_anew(
    business: Business, settings: Any
) -> None:
    twice(business)
    compare_all()
    settings.SECRET_KEY = "another secret, as long as it should be, for this installation"
    assert not keys_stand(business)
    recount_grown(now=NOW)
    compare_all()
    assert (keys_stand(business), shown(business)) == (True, [PAIR])


def test_next_door_sees_nothing_of_it(business: Business, next_door: Business) -> None:
    one, _ = twice(business)
    with business_scope(next_door.pk):
        card(next_door, "Paco Zubizarreta", "paco.z@work.example", PHONE, BORN)
    compare_all()
    with business_scope(next_door.pk):
        assert not suggestions(business=next_door, now=NOW).exists()
        assert not suggestions(business=business, now=NOW).exists()
        assert match_cards(ids=[one.pk]) == {}
