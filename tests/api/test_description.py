"""The description is true: the snapshot is the program's, its words are closed lists, its page can be read."""

from __future__ import annotations

import ast
import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client as Browser

import clientela
from clientela.api.description import as_text, document, operations
from clientela.api.field_words import _BEGINNINGS, _WORDS
from clientela.api.messages import FIELD_WORDS, MESSAGES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(clientela.__file__).parent


def test_the_committed_snapshot_is_the_programs_own() -> None:
    assert (ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8") == as_text()


def test_every_action_that_the_api_calls_is_an_operation_of_the_snapshot() -> None:
    called = set()
    for path in (SOURCE / "api/routes").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and ".actions." in (node.module or ""):
                called |= {name.name for name in node.names}
    named = {operation["operationId"] for _, _, operation in operations(document())}
    assert called
    # One verb serves the desk, the person and a program; here it names whose preferences they are.
    assert called - {"set_preferences"} <= named
    assert "set_client_preferences" in named


def test_every_operation_says_who_may_call_it_and_how_it_refuses() -> None:
    for path, method, operation in operations(document()):
        assert operation["summary"], path
        assert operation["description"], path
        assert "security" in operation, path
        assert {400, 404, 422} <= {int(code) for code in operation["responses"]}, (method, path)


def test_every_word_that_the_api_speaks_is_in_its_list() -> None:
    spoken = set()
    for path in (SOURCE / "api").rglob("*.py"):
        spoken |= set(re.findall(r"Refusal\(\s*\"([a-z-]+)\"", path.read_text(encoding="utf-8")))
    assert spoken
    assert spoken <= set(MESSAGES)
    assert {*_WORDS.values(), *_BEGINNINGS.values(), "invalid"} == set(FIELD_WORDS)


@pytest.mark.django_db
def test_the_document_is_served_with_the_installations_address(client: Browser) -> None:
    served = json.loads(client.get("/api/v1/openapi.json").content)
    assert served["openapi"].startswith("3.1")
    assert served.pop("servers") == [{"url": "http://127.0.0.1:8000"}]
    assert served == document()


@pytest.mark.django_db
def test_the_page_for_people_shows_every_operation_and_word(client: Browser) -> None:
    text = unescape(client.get("/api/docs").text)
    for path, method, operation in operations(document()):
        assert f"{method} {path}" in text
        assert operation["summary"] in text
    assert all(f"<code>{word}</code>" in text for word in (*MESSAGES, *FIELD_WORDS))
