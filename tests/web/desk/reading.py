"""Reading what a page of the desk says about messages."""

from __future__ import annotations

from typing import Any


def ways_of(answer: Any) -> dict[tuple[str, str], str]:
    """What is said of each message by each way: ``(Confirmation, Email) → At once``."""
    return {(one.title, way.name): way.text for one in answer.context["told"] for way in one.ways}


def ways_back(answer: Any) -> dict[tuple[str, str], str]:
    """What can be done about each."""
    return {(one.title, way.name): way.why for one in answer.context["told"] for way in one.ways}
