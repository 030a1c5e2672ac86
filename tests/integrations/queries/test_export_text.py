"""Export → import into an empty installation → export is equal, to the byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.integrations.emptying import emptied
from tests.integrations.papers import NOW, example, full, text

from clientela.business.models import Business
from clientela.integrations.actions.import_business import import_business
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.fields import Entry
from clientela.integrations.business_file.reading import read_text
from clientela.integrations.errors import BusinessUnknown
from clientela.integrations.queries.export_text import export_text
from clientela.platform.actor import Actor

BY = Actor.system("test")


def brought_in(paper: str) -> str:
    return import_business(document=read_text(paper), by=BY, now=NOW).slug


@pytest.mark.django_db
@pytest.mark.parametrize("paper", [example(), full()], ids=["example", "full"])
def test_a_business_that_moves_is_the_same_business(paper: dict[str, Any]) -> None:
    first = export_text(slug=brought_in(text(paper)))
    emptied()
    assert not Business.objects.exists()
    assert export_text(slug=brought_in(first)) == first


@pytest.mark.django_db
def test_everything_that_was_said_comes_back() -> None:
    said = full()
    del said["anchor"]  # how a file was told, not what the business is
    assert json.loads(export_text(slug=brought_in(text(full())))) == said


def test_the_full_paper_says_every_word_of_the_format_away_from_its_default() -> None:
    document = read_text(text(full()))
    said = {(type(entry).__name__, word) for entry in entries(document) for word in spoken(entry)}
    all_words = {
        (kind.__name__, word) for kind in map(type, entries(document)) for word in kind.model_fields
    }
    assert all_words - said == {
        ("TimeOffEntry", "zone")
    }  # written out, it is told by the first location


def entries(entry: Entry) -> Iterator[Entry]:
    yield entry
    for word in type(entry).model_fields:
        value = getattr(entry, word)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Entry):
                yield from entries(part)


def spoken(entry: Entry) -> list[str]:
    return [
        word
        for word, field in type(entry).model_fields.items()
        if field.is_required()
        or getattr(entry, word) != field.get_default(call_default_factory=True)
    ]


@pytest.mark.django_db
def test_the_neighbour_is_not_in_the_file() -> None:
    canary = full()
    brought_in(text(canary))
    assert "All Said" not in export_text(slug=brought_in(text(example())))
    exported = export_text(slug="taller-ejemplo")
    assert [word for word in ("01a20000", "安娜", "ada@example.com") if word in exported] == []


@pytest.mark.django_db
def test_a_business_that_is_not_there_is_refused() -> None:
    with pytest.raises(BusinessUnknown) as refusal:
        export_text(slug="nobody")
    assert refusal.value.reason == "business-unknown"


@pytest.mark.django_db
def test_an_export_asks_the_same_number_of_questions_for_one_row_and_for_many() -> None:
    small = {word: full()[word] for word in ("clientela", "business", "locations")}
    brought_in(text(small))
    with CaptureQueriesContext(
        connection,
    ) as few:
        export_text(slug="all-said")
    brought_in(text(example()))
    with CaptureQueriesContext(connection) as many:
        export_text(slug="taller-ejemplo")
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_an_export_writes_nothing_and_is_one_moment() -> None:
    brought_in(text(example()))
    with CaptureQueriesContext(connection) as asked:
        export_text(slug="taller-ejemplo")
    statements = [query["sql"].split()[0] for query in asked]
    assert set(statements) <= {"BEGIN", "SET", "SELECT", "COMMIT"}
    assert BusinessFile.model_fields["clientela"].is_required()
