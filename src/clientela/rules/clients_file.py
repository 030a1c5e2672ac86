"""Reading clients from a file of any source: ``id,first_name,last_name,emails,phones,birthday,locale``.

Several addresses or numbers stand in one field, parted by ``;``. Blanks are allowed everywhere but in ``id``. Commas,
semicolons and tabs between the fields are understood, and capitals or spaces around the names of the columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from clientela.rules.client_match import ClientFacts
from clientela.rules.match_contacts import read_birthday

COLUMNS: Final = ("id", "first_name", "last_name", "emails", "phones", "birthday", "locale")
_SPEAKING: Final = frozenset(COLUMNS[1:6])
_BETWEEN_EMAILS: Final = re.compile(r"[;,|/\s]+")
_BETWEEN_PHONES: Final = re.compile(r"[;|,/\n]+|\s+(?:y|e|o|and|or)\s+", re.IGNORECASE)
# What spreadsheets put on a line of its own above the names of the columns.
_SEPARATOR: Final = re.compile(r"sep=.?\s*$", re.IGNORECASE)
_NO_TEXT: Final = re.compile(r"[\x01-\x08\x0e-\x1f\ufffd]")
_LONGEST_FIELD: Final = 5_000
_MANY_LINES: Final = 3
_MOST_TOLD: Final = 200
# What other programs call the same.
_CALLED: Final = {
    "email": "emails", "e_mail": "emails", "mail": "emails", "phone": "phones", "telephone": "phones",
    "mobile": "phones", "birth_date": "birthday", "date_of_birth": "birthday", "language": "locale",
}  # fmt: skip


class ClientsFileUnusable(ValueError):
    """The file has no row of column names, or one without what is needed. The text says what, for people."""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client of the file, and the line on which the record ends."""

    line: int
    id: str
    facts: ClientFacts


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong on a line. ``left_out``: the whole record could not be read, not only one value of it."""

    line: int
    text: str
    left_out: bool = True


def read_clients(lines: Iterable[str]) -> Iterator[ClientRow | Complaint]:
    """Yield each client of a file, or why a line is none, in order; raise ``ClientsFileUnusable`` if nothing can be read.

    Ids must be unique: a second record with the same one is left out.
    """
    source = iter(_clean(lines))
    header = next((line for line in source if line.strip() and not _SEPARATOR.match(line)), "")
    _require_text(header)
    delimiter = max(",;\t", key=header.count)
    names = [_name(field) for field in next(csv.reader([header], delimiter=delimiter), [])]
    yield from _about_columns(names)
    reader = csv.reader(source, delimiter=delimiter)
    seen: set[str] = set()
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Complaint(reader.line_num + 1, _unreadable(error))
            continue
        if any(field.strip() for field in fields):
            yield from _record(fields, names, line=reader.line_num + 1, seen=seen)


def _clean(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield (line.removeprefix("\ufeff") if number == 0 else line).replace("\0", "")


def _require_text(header: str) -> None:
    if not header:
        raise ClientsFileUnusable("The file is empty.")
    if _NO_TEXT.search(header):
        raise ClientsFileUnusable("This is no list in plain text: save it as CSV first.")


def _unreadable(error: csv.Error) -> str:
    if "field limit" in str(error):
        return (
            f"a value has more than {csv.field_size_limit():,} characters: is a quote not closed?"
        )
    return f"not readable as CSV: {error}"


def _name(field: str) -> str:
    name = "_".join(field.strip().strip('"').casefold().replace("-", " ").split())
    return _CALLED.get(name, name)


def _about_columns(names: list[str]) -> Iterator[Complaint]:
    """Refuse a file without ids, or with ids alone; of other columns say what is missing and what is not read."""
    found = ", ".join(name or "(no name)" for name in names)[:_MOST_TOLD]
    wanted = ",".join(COLUMNS)
    if "id" not in names:
        raise ClientsFileUnusable(
            f"The first line has no column “id” (found: {found}). Wanted: {wanted}"
        )
    if not _SPEAKING & set(names):
        raise ClientsFileUnusable(
            f"Beside “id” there is no column to compare (found: {found}). Wanted: {wanted}"
        )
    twice = sorted({name for name in names if name in COLUMNS and names.count(name) > 1})
    if twice:
        raise ClientsFileUnusable(f"Two columns are called {', '.join(twice)}.")
    for name in COLUMNS:
        if name not in names:
            yield Complaint(1, f"no column “{name}”: read as blank", left_out=False)
    for name in names:
        if name not in COLUMNS:
            yield Complaint(1, f"column “{name}” is not read", left_out=False)


def _record(
    fields: list[str], names: list[str], *, line: int, seen: set[str]
) -> Iterator[ClientRow | Complaint]:
    if len(fields) > len(names) and any(field.strip() for field in fields[len(names) :]):
        text = (
            f"{len(fields)} fields, but {len(names)} columns: is a value with a comma not quoted?"
        )
        yield Complaint(line, text)
        return
    values = dict.fromkeys(COLUMNS, "") | {
        name: field.strip()[:_LONGEST_FIELD] for name, field in zip(names, fields, strict=False)
    }
    if not values["id"] or values["id"] in seen:
        yield Complaint(
            line, f"the id “{values['id']}” was given before" if values["id"] else "no id"
        )
        return
    seen.add(values["id"])
    if any(field.count("\n") >= _MANY_LINES for field in values.values()):
        yield Complaint(
            line, "a value runs over many lines: is a quote not closed?", left_out=False
        )
    if values["birthday"] and not read_birthday(values["birthday"]):
        text = f"“{values['birthday'][:40]}” is no birthday that can be read: left blank"
        yield Complaint(line, text, left_out=False)
    yield ClientRow(line, values["id"], _facts(values))


def _facts(values: dict[str, str]) -> ClientFacts:
    return ClientFacts(
        first_name=values["first_name"],
        last_name=values["last_name"],
        emails=tuple(part for part in _BETWEEN_EMAILS.split(values["emails"]) if "@" in part),
        phones=tuple(part for part in _BETWEEN_PHONES.split(values["phones"]) if part.strip()),
        birthday=values["birthday"],
        language=values["locale"],
    )
