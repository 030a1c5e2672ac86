"""Cards as the rule of likeness reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from clientela.people.models import Client, IdentifierKind
from clientela.platform.database import as_uuid, read_rows
from clientela.platform.tenancy import tenant_filter
from clientela.rules.client_match import ClientFacts, MatchCard, read_card

# Asked for every card that is held beside others, so it goes past the ORM: one row a contact, a card's rows together.
_CARDS: Final = """
SELECT card.id, card.record_name, card.birthday, card.language, contact.kind, contact.value
  FROM people_client AS card
  LEFT JOIN people_identifier AS contact ON contact.client_id = card.id
 WHERE (%s OR card.business_id = %s)
   AND card.merged_into_id IS NULL AND card.erased_at IS NULL AND card.id IN ({marks})
 ORDER BY card.id, contact.created_at, contact.id
"""
_AT_ONCE: Final = 500


def match_cards(*, ids: Iterable[UUID]) -> dict[UUID, MatchCard]:
    """Return those of the cards that stand for somebody today, each read once. One statement for each 500."""
    return {pk: read_card(facts, country="") for pk, facts in match_facts(ids=ids)}


def match_facts(*, ids: Iterable[UUID]) -> Iterator[tuple[UUID, ClientFacts]]:
    """Yield what each living card of the ids says of its person, in the order of ids."""
    asked = sorted(set(ids), key=_number)
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        marks = ", ".join(["%s"] * len(some))
        rows = read_rows(_CARDS.format(marks=marks), [*tenant_filter(), *some])
        for _, lines in groupby(rows, key=itemgetter(0)):
            yield _facts(list(lines))


def _number(pk: UUID) -> int:
    """Return what an id is ordered by; two UUIDs compare at ten times the price."""
    return pk.int


def _facts(lines: Sequence[tuple[Any, ...]]) -> tuple[UUID, ClientFacts]:
    pk, name, birthday, language, *_ = lines[0]
    contacts = [(kind, value) for *_, kind, value in lines]
    return as_uuid(pk), _with(contacts, name=name, birthday=birthday, language=language)


def facts_with(*, client: Client, contacts: Iterable[tuple[str, str]]) -> ClientFacts:
    """Return what a card in hand says, with these kinds and values of contacts."""
    return _with(
        contacts, name=client.record_name, birthday=client.birthday, language=client.language
    )


def _with(
    contacts: Iterable[tuple[str, str]], *, name: str, birthday: date | str | None, language: str
) -> ClientFacts:
    values = list(contacts)
    return facts_of(
        name=name,
        emails=[value for kind, value in values if kind == IdentifierKind.EMAIL],
        phones=[value for kind, value in values if kind == IdentifierKind.PHONE],
        birthday=birthday,
        language=language,
    )


def facts_of(
    *,
    name: str,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    birthday: date | str | None = None,
    language: str = "",
) -> ClientFacts:
    """Return what a card of ours says in the rule's form. Numbers are in their international form already."""
    return ClientFacts(
        first_name=name,
        emails=tuple(emails),
        phones=tuple(phones),
        birthday=birthday.isoformat() if isinstance(birthday, date) else birthday or "",
        language=language[:2],
    )
