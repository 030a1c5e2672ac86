"""From text to a document: everything that is wrong with the shape, in plain sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.problems import BadFile, Problem, pointer

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LARGEST_BYTES: Final = 512 * 1024 * 1024
"""Room for some twenty thousand invoices, which are the most of it."""
_SENTENCES: Final = {
    "missing": "is missing",
    "extra_forbidden": "is not a word of this format",
    "string_type": "must be a text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dict_type": "must be an object",
    "string_too_short": "must not be empty",
    "timezone_aware": 'must say its offset, such as "2026-11-24T16:30:00Z"',
}


class _Doubled(ValueError):
    """An object says one word twice; JSON readers would silently keep the last."""


def read_text(text: str | bytes) -> BusinessFile:
    """Return the document, or raise ``BadFile`` with every problem of its shape.

    What the parts mean together (references, overlaps, clock changes) is ``checks``.
    """
    if len(text) > LARGEST_BYTES:
        raise BadFile([Problem("", f"is larger than {LARGEST_BYTES // 1024**2} MB")])
    try:
        json.loads(text, object_pairs_hook=_refuse_doubled)
    except (ValueError, RecursionError) as error:
        raise BadFile([Problem("", _why_no_json(error))]) from error
    try:
        return BusinessFile.model_validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise BadFile([_problem(detail) for detail in found]) from error


def _refuse_doubled(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        name = next(name for name in names if names.count(name) > 1)
        msg = f'one object says "{name}" twice'
        raise _Doubled(msg)


def _why_no_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg}, line {error.lineno} column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "is not JSON: the text is not UTF-8"
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    return str(error)


def _problem(detail: ErrorDetails) -> Problem:
    sentence = _SENTENCES.get(detail["type"])
    if detail["type"] == "literal_error":
        sentence = f"must be one of {detail['ctx']['expected']}"
    if sentence is None:
        said = detail["msg"].removeprefix("Value error, ")
        sentence = said[:1].lower() + said[1:]
    return Problem(pointer(detail["loc"]), sentence)
