"""A line stands once for each form, and any number of times without a form's key."""

from __future__ import annotations

import pytest
from tests.factories import NOW

from clientela.support.actions.add_line import add_line
from clientela.support.actions.open_thread import open_thread
from clientela.support.models import Side

pytestmark = pytest.mark.django_db


def test_the_same_key_is_one_line_in_a_thread_and_another_next_door() -> None:
    here, there = (open_thread(secret=word, language="es", now=NOW) for word in ("one", "two"))

    def added(thread, key) -> bool:
        said = add_line(thread=thread, side=Side.PERSON, body="Hola", key=key, now=NOW)
        return said is not None

    assert [added(here, "k"), added(here, "k"), added(there, "k")] == [True, False, True]
    assert [added(here, ""), added(here, "")] == [True, True]
    assert added(here, "x" * 64)
    assert not added(here, "x" * 65)
