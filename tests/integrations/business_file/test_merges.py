"""Merges of a file lead where their cards lead, and a copy's rows were born in the order of the original's."""

from __future__ import annotations

from typing import Any

import pytest
from tests.integrations.business_file.test_checking import problems
from tests.integrations.money_paper import row_id
from tests.integrations.papers import full, text

from clientela.integrations.business_file.copying import copied
from clientela.integrations.business_file.problems import BadFile
from clientela.integrations.business_file.reading import read_text
from clientela.integrations.business_file.rows import rows_with_ids

Paper = dict[str, Any]


def refused(change: Paper) -> list[str]:
    """What is said of the paper whose first merge says this as well."""
    paper = full()
    paper["merges"][0] |= change
    with pytest.raises(BadFile) as refusal:
        read_text(text(paper))
    return str(refusal.value).splitlines()


def test_rows_and_cards_that_are_not_there_are_named_each_at_its_place() -> None:
    def change(paper: Paper) -> None:
        first, second = paper["merges"]
        first["brought"]["sales"] = [row_id(99), row_id(30), row_id(30)]
        first["changed"][0]["before"] = "room"
        second["questions"][0] |= {"of": "sales", "decided_for": "eva"}
        paper["said_of_pairs"][0]["first"] = "eva"

    assert problems(change, full()) == [
        '/merges/1/questions/0/decided_for: "eva" is not in this file',
        '/said_of_pairs/0/first: "eva" is not in this file',
        "/merges/0/brought/sales/0: is not in this file",
        "/merges/0/brought/sales/2: stands here already",
        "/merges/1/questions/0/id: is not in this file",
        '/merges/0/changed/0/before: "room" is not in this file',
    ]


def test_a_card_leads_to_where_its_merges_end() -> None:
    def ring(paper: Paper) -> None:
        second = paper["merges"][1]
        second |= {"survivor": "ana-prueba-2", "questions": []}
        second.pop("undone_at")

    def another(paper: Paper) -> None:
        paper["merges"][0]["survivor"] = "client"

    def twice(paper: Paper) -> None:
        paper["merges"].append({**paper["merges"][0], "id": row_id(97)})

    wrong = "does not lead to where its merges end"
    assert problems(ring, full()) == [
        f'/merges/0: "ana-prueba-2" {wrong}',
        f'/merges/1: "ana-prueba" {wrong}',
    ]
    assert problems(another, full()) == [f'/merges/0: "ana-prueba-2" {wrong}']
    assert problems(twice, full()) == ['/merges/2: "ana-prueba-2" is part of another card already']


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"survivor": "ana-prueba-2"}, "/merges/0: a card is not part of itself"),
        ({"had_log_in": False}, "/merges/0: only a standing merge of a card"),
        ({"undone_at": "2026-02-02T00:00:00Z", "hides": False}, '/merges/0: "stays" is told'),
        (
            {"questions": [{"of": "sales", "id": row_id(30)}]},
            '/merges/0: "questions" are asked where',
        ),
        (
            {"changed": [{"of": "contacts", "id": row_id(63), "word": "note"}]},
            '/merges/0/changed/0: has no word "note"',
        ),
    ],
)
def test_a_merge_that_contradicts_itself_is_refused(change: Paper, sentence: str) -> None:
    assert refused(change)[0].startswith(sentence)


def test_a_file_of_the_first_version_says_that_a_card_was_taken_up_and_no_more() -> None:
    def older(paper: Paper) -> None:
        paper["clientela"] = 1
        for word in ("merges", "said_of_pairs"):
            del paper[word]
        for client in paper["clients"]:
            for inner in (*client.get("contacts", ()), *client.get("consents", ())):
                del inner["id"]

    assert problems(older, full()) == []


def test_a_copy_has_other_ids_in_the_order_of_the_first_ones() -> None:
    document = read_text(text(full()))
    copy = copied(document, slug="copy")
    first, second = ([row.id for row in rows_with_ids(one)] for one in (document, copy))
    assert not set(first) & set(second)
    assert sorted(range(len(first)), key=first.__getitem__) == sorted(
        range(len(second)), key=second.__getitem__
    )
    told = {row.id for row in rows_with_ids(copy)}
    assert set(copy.merges[0].brought.contacts) <= told
    assert copy.merges[0].brought.contacts[0] == copy.clients[0].contacts[1].id
