"""Every address × method × caller × business: the answer is what the policy table says, and no text crosses over.

SEC-01 of the catalogue. Nothing here names a page: addresses come from the URLconf, expectations from the table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from tests.kit.cluster import DATABASE
from tests.security.addresses import Address, every_address
from tests.security.callers import Caller, callers
from tests.security.expected import Outcome, Target, expected, outcome_of, targets
from tests.security.town import Side, Town
from tests.security.watching import undone, writes_seen

from clientela.policy.table import TABLE

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# What is looked up is asked by GET and POST: by everybody, on both databases. The other methods are turned away
# before the gate looks at who comes, or answered as GET is; on one database every address is tried with all of them
# by callers who take turns, and in the long run by everybody.
LOOKING_UP = ("GET", "POST")
PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
EACH_ADDRESS = 3
"""So many callers try every method at one address."""
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
CALLERS = (
    "anonymous",
    "link holder",
    "other link",
    "owner",
    "front_desk",
    "professional",
    "outsider",
    "former",
    "client",
    "operator",
    "support agent",
    "reading token",
    "writing token",
    "foreign token",
)
# The simulator shows everybody's mail: that is its use, and it exists in a demo or a test only.
SHOWS_ALL = "simulator:"
# The gate asks both databases the same; on the second one come those who reach rows by different queries.
COMING = CALLERS if DATABASE == "sqlite" else ("link holder", "owner", "client", "outsider")
# What a refused or reading request may still write: its own session, and the count of its tries.
OWN_TABLES = frozenset({"django_session", "platform_throttlecount", "platform_cache"})


MONEY: dict[str, dict[str, Any]] = {
    "api-v1:sale-payments": {"method": "cash", "amount_minor": 1},
    "api-v1:sale-refunds": {"amount_minor": 1, "because": "a test"},
    "api-v1:sale-void": {"because": "a test"},
}


def test_every_route_is_in_the_policy_table_and_every_row_of_the_table_is_a_route() -> None:
    assert {address.name for address in every_address()} == set(TABLE)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.req("SEC-01", "AUT-10")
def test_each_caller_gets_what_the_policy_table_says(town: Town) -> None:
    """All of them in one town, which costs more than a caller does; a complaint names who it was."""
    complaints = []
    for name in COMING:
        caller = callers(town)[name]()
        cells = list(_cells(town, name))
        for address, method, target in cells:
            complaints += _try(town, caller, address, method, target)
        print(f"{name}: {len(cells)} cells")
    assert not complaints, "\n".join(complaints)


def _cells(town: Town, name: str) -> Iterator[tuple[Address, str, Target]]:
    for number, address in enumerate(every_address()):
        for target in targets(address, town.ours):
            for method in _methods(address, target, its_turn=name in _turn(number)):
                yield address, method, target


def _turn(number: int) -> tuple[str, ...]:
    """Who tries every method at the address of this number."""
    if PROVE:
        return CALLERS
    places = range(number * EACH_ADDRESS, (number + 1) * EACH_ADDRESS)
    return tuple(CALLERS[place % len(CALLERS)] for place in places)


def _methods(address: Address, target: Target, *, its_turn: bool) -> tuple[str, ...]:
    """All methods where the caller belongs; elsewhere those that look a row up: the gate turns others away before."""
    everywhere = target is Target.OURS or address.name.startswith("api-v1:")
    return METHODS if everywhere and its_turn and DATABASE == "sqlite" else LOOKING_UP


def test_every_method_is_tried_at_every_address_and_by_every_caller() -> None:
    turns = [_turn(number) for number in range(len(every_address()))]
    assert {name for turn in turns for name in turn} == set(CALLERS)
    assert {len(set(turn)) for turn in turns} == {len(CALLERS) if PROVE else EACH_ADDRESS}


def _try(
    town: Town, caller: Caller, address: Address, method: str, target: Target
) -> Iterator[str]:
    """Send one request, and say what was wrong with the answer."""
    place, things = _sides(town, target)
    path = address.path(place=place, things=things, token=caller.link_for(address))
    with undone(), writes_seen() as written:
        response = caller.send(method, path, **_body(address, method, place))
        text = _text(response)
    wanted = expected(caller=caller, address=address, method=method, target=target, place=place)
    got = outcome_of(response, address)
    cell = f"{caller.name} {method} {address.name} ({target})"
    if got != wanted:
        yield f"{cell}: {got}, not {wanted}"
    harm = set(written) - OWN_TABLES
    if harm and (method in READING or wanted is not Outcome.PASSES):
        yield f"{cell}: wrote {sorted(harm)}"
    if not address.name.startswith(SHOWS_ALL) and caller.name != "operator":
        seen = caller.words_it_must_not_see(text, town)
        if seen:
            yield f"{cell}: showed {sorted(seen)}"


def _sides(town: Town, target: Target) -> tuple[Side, Side]:
    return {
        Target.OURS: (town.ours, town.ours),
        Target.COLLEAGUE: (town.ours, town.ours.of_colleague()),
        Target.THEIRS: (town.theirs, town.theirs),
        Target.THEIR_ROWS_AT_OURS: (town.ours, town.theirs),
        Target.OUR_ROWS_AT_THEIRS: (town.theirs, town.ours),
    }[target]


def _text(response: HttpResponse) -> str:
    """All that a caller can read of an answer: body and headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace") + repr(dict(response.headers))


def _body(address: Address, method: str, place: Side) -> dict[str, Any]:
    """A body that the API would take; pages get an empty form, which is enough to be let in or turned away."""
    if method in READING or not address.name.startswith("api-v1:"):
        return {"content_type": "application/x-www-form-urlencoded"}
    appointment = place.appointments["irene"]
    body: dict[str, Any] = {"start": "2026-11-24T15:00:00+01:00"}
    if address.name in {"api-v1:appointments", "api-v1:forecast"}:
        body |= {"service": str(appointment.service_id), "client": {"name": "Somebody"}}
    if address.name in {"api-v1:cancel", "api-v1:confirm"}:
        body = {}
    if address.name in {"api-v1:sales", "api-v1:preview-sale"}:
        body = {"client": str(appointment.client_id), "package": place.id_of("package_id")}
    if address.name == "api-v1:client-preferences":
        body = {"notify_by": "email"}
    body = MONEY.get(address.name, body)
    return {"data": json.dumps(body), "content_type": "application/json"}
