"""Ids of a card that became part of another lead a program to the one that stands; another business's program, nowhere."""

from __future__ import annotations

import pytest
from tests.api.program import Program
from tests.factories import NOW, STAFF, make_client, make_package, sell

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.actions.unmerge_clients import unmerge_clients
from clientela.people.models import Client, Merge, Proof


@pytest.fixture
def joined(business: Business, credit_service: Service, client_card: Client) -> Merge:
    old = make_client(business, "Ana P", "ana@example.org")
    sell(old, make_package(credit_service, credits=3))
    return take_up_card(card=old, into=client_card, proof=Proof.LOG_IN, by=STAFF, now=NOW)


@pytest.mark.req("S0.23", "MRG-11")
def test_an_old_id_answers_with_the_card_that_stands(joined: Merge, program: Program) -> None:
    answers = {}
    for key in (joined.absorbed_id, joined.survivor_id):
        status, told = program.get(f"/clients/{key}/balance")
        assert status == 200
        answers[key] = {name: told[name] for name in ("balances", "steps")}
    assert answers[joined.absorbed_id] == answers[joined.survivor_id]
    assert [one["free"] for one in answers[joined.absorbed_id]["balances"]] == [3]
    _, sales = program.get(f"/clients/{joined.absorbed_id}/sales")
    assert {one["client"] for one in sales} == {str(joined.survivor_id)}


def test_after_a_parting_each_id_answers_for_itself(joined: Merge, program: Program) -> None:
    unmerge_clients(merge=joined, by=STAFF, now=NOW)
    _, old = program.get(f"/clients/{joined.absorbed_id}/balance")
    _, new = program.get(f"/clients/{joined.survivor_id}/balance")
    assert ([one["free"] for one in old["balances"]], new["balances"]) == ([3], [])
