"""What each app tells a person about themselves when they take their data along.

    @tells_of_card("appointments")
    def appointments_told(*, card: Client) -> object: ...

An app registers its own in ``leaving.py``, loaded at the start, so people/ knows only this list. What is told is plain
(texts, numbers, lists, mappings by word) and is what the person may see: the staff's own notes are not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from clientela.accounts.models import Account
from clientela.people.models import Client


class Teller(Protocol):
    """Says in plain values what an app holds of a card, in the scope of the caller."""

    def __call__(self, *, card: Client) -> Any:  # noqa: ANN401 -- any JSON value
        """Return the plain values."""


class PersonTeller(Protocol):
    """Says in plain values what an app holds of a log-in beside every business."""

    def __call__(self, *, account: Account) -> Any:  # noqa: ANN401 -- any JSON value
        """Return the plain values."""


_tellers: Final[dict[str, Teller]] = {}
_person_tellers: Final[dict[str, PersonTeller]] = {}


def tells_of_card(heading: str) -> Callable[[Teller], Teller]:
    """Register a teller under the heading its part has in the file."""

    def register(teller: Teller) -> Teller:
        _tellers[heading] = teller
        return teller

    return register


def tellers() -> dict[str, Teller]:
    """Return every registered teller, by heading."""
    return dict(sorted(_tellers.items()))


def tells_of_person(heading: str) -> Callable[[PersonTeller], PersonTeller]:
    """Register a teller of what stands beside the businesses, under the heading its part has in the file."""

    def register(teller: PersonTeller) -> PersonTeller:
        _person_tellers[heading] = teller
        return teller

    return register


def person_tellers() -> dict[str, PersonTeller]:
    """Return every registered teller of a log-in, by heading."""
    return dict(sorted(_person_tellers.items()))
