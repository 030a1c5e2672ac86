"""What is wrong with a field, in our own words: the validator's may change with its version."""

from __future__ import annotations

from typing import Any, Final

_WORDS: Final = {
    "missing": "missing",
    "extra_forbidden": "unknown-field",
    "string_too_short": "too-short",
    "string_too_long": "too-long",
    "string_type": "not-text",
    "string_unicode": "not-text",
    "not_a_date": "not-a-date",
    "not_a_time": "not-a-time",
    "out_of_calendar": "out-of-calendar",
    "model_attributes_type": "not-an-object",
    "model_type": "not-an-object",
    "dict_type": "not-an-object",
}
_BEGINNINGS: Final = {"uuid_": "not-an-id", "date_": "not-a-date", "datetime_": "not-a-time"}
# Where a value stood, and what our operations call their body: neither is part of the field's name.
_PLACES: Final = frozenset({"body", "query", "path", "header"})
_BODIES: Final = frozenset({"appointment", "change", "wish", "money", "end"})


def field_words(errors: list[dict[str, Any]]) -> dict[str, str]:
    """Every field that is wrong, by its path in the body or its name in the address, with its word."""
    return {field_of(error): word_of(str(error.get("type", ""))) for error in errors}


def field_of(error: dict[str, Any]) -> str:
    """The field's path as a program wrote it, such as ``client.name``; ``body`` for the whole of it."""
    parts = [str(part) for part in error.get("loc", ())]
    parts = parts[1:] if parts[:1] and parts[0] in _PLACES else parts
    parts = parts[1:] if parts[:1] and parts[0] in _BODIES else parts
    return ".".join(parts) or "body"


def word_of(kind: str) -> str:
    """Our word for the validator's kind of error."""
    for beginning, word in _BEGINNINGS.items():
        if kind.startswith(beginning):
            return word
    return _WORDS.get(kind, "invalid")
