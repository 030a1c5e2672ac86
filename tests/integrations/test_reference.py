"""The reference of the file is true: its example imports, its schema is the program's, its words are all there."""

from __future__ import annotations

import json
import re

import jsonschema_rs
import pytest
from tests.integrations.papers import NOW, REFERENCE, ROOT, example, full, text
from tools.papers import business_file

from clientela.integrations.actions.import_business import import_business
from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.reading import read_text
from clientela.platform.actor import Actor


@pytest.mark.django_db
def test_the_example_of_the_reference_can_be_imported() -> None:
    done = import_business(document=read_text(text(example())), by=Actor.system("test"), now=NOW)
    assert done.counts["appointments"] == 3


def test_the_schema_is_up_to_date() -> None:
    committed = ROOT / "docs/reference/business-file.schema.json"
    assert committed.read_text(encoding="utf-8") == business_file.schema(), "run make papers"


def test_the_schema_accepts_both_papers_and_refuses_an_unknown_word() -> None:
    validator = jsonschema_rs.Draft202012Validator(json.loads(business_file.schema()))
    said = [
        error.message for paper in (example(), full()) for error in validator.iter_errors(paper)
    ]
    assert said == []
    assert not validator.is_valid(example() | {"colour": "red"})


def test_every_part_of_the_file_is_described() -> None:
    described = set(re.findall(r"\*\*([a-z_]+)\*\*", REFERENCE.read_text(encoding="utf-8")))
    assert set(BusinessFile.model_fields) - {"clientela", "anchor"} <= described
