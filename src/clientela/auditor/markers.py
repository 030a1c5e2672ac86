"""Who was new and who returned, and what professionals were paid for it: decided again here, in another way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from clientela.auditor.breach import Question

_NEWEST = (
    "SELECT m.value, m.reason, m.policy, m.version, m.facts FROM booking_attribution m "
    "WHERE m.appointment_id = a.id ORDER BY m.number DESC LIMIT 1"
)
_COUNTS = ("requested", "confirmed", "attended")


def markers(question: Question) -> Iterator[str]:
    """Yield each appointment without a marker, and each marker that its own facts do not give.

    By the first version of the rule; a later one adds its own way here. The visits that a marker names are looked at
    as well, unless a merge or a parting of its card has not been heard yet: until then it says what was so before.
    """
    rows = question.source.rows
    for (key,) in rows(
        "SELECT a.id FROM booking_appointment a JOIN people_client c ON c.id = a.client_id "
        "WHERE a.status <> 'held' AND a.cancelled_because <> 'not-paid' AND c.erased_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM booking_attribution m WHERE m.appointment_id = a.id)"
    ):
        yield f"appointment {key} has no marker"
    for key, value, reason, policy, version, facts in rows(
        "SELECT appointment_id, value, reason, policy, version, facts FROM booking_attribution"
    ):
        if version == 1 and (value, reason) != _decided(_read(facts), policy):
            yield f"the marker of appointment {key} is {value} ({reason}), which its facts do not say"
    yield from _standing(question)
    yield from _of_families(question)


def _of_families(question: Question) -> Iterator[str]:
    """Yield each marker that names somebody else's visit, though the two have never belonged to one household."""
    rows = question.source.rows
    card = "COALESCE(c.merged_into_id, c.id)"
    whose = {
        _text(key): _text(client)
        for key, client in rows(
            f"SELECT a.id, {card} FROM booking_appointment a JOIN people_client c ON c.id = a.client_id"
        )
    }
    homes: dict[str, set[str]] = {}
    for home, client in rows(
        f"SELECT h.household_id, {card} FROM people_householdmember h JOIN people_client c ON c.id = h.client_id"
    ):
        homes.setdefault(_text(client), set()).add(_text(home))
    for key, facts in rows(
        "SELECT m.appointment_id, m.facts FROM booking_attribution m WHERE m.reason = 'household' AND m.number = "
        "(SELECT MAX(n.number) FROM booking_attribution n WHERE n.appointment_id = m.appointment_id)"
    ):
        own = homes.get(whose.get(_text(key), ""), set())
        for seen in _read(facts).get("seen", []):
            other = whose.get(_text(seen["id"]), "")
            if seen["tie"] == "household" and not own & homes.get(other, set()):
                yield f"the marker of appointment {key} names a visit of somebody who never belonged to its client"


def _standing(question: Question) -> Iterator[str]:
    """Yield each marker by the default policy that the person's appointments do not bear out today."""
    unheard = set(_unheard(question))
    starts = question.source.seconds("a.starts_at")
    visits = question.source.rows(
        f"SELECT a.client_id, a.id, a.status, m.value, m.reason, m.policy, {starts} "
        "FROM booking_appointment a JOIN people_client c ON c.id = a.client_id "
        "JOIN booking_attribution m ON m.appointment_id = a.id "
        "WHERE m.number = (SELECT MAX(n.number) FROM booking_attribution n WHERE n.appointment_id = a.id) "
        "AND a.status <> 'held' AND a.cancelled_because <> 'not-paid' AND c.erased_at IS NULL "
        "ORDER BY a.client_id, a.starts_at, a.id"
    )
    for card, of_card in groupby(visits, key=lambda row: row[0]):
        if _text(card) in unheard:
            continue
        was_here = False
        for _, key, status, value, reason, policy, _ in of_card:
            due = "returning" if was_here else "new"
            if reason == "household":
                due = "returning"  # by somebody else's visit: ``_of_families`` looks at that
            if policy == "one-person" and reason != "reclassified" and value != due:
                yield f"appointment {key} is marked {value}, but is its client's {due}"
            was_here = was_here or status in _COUNTS


def _unheard(question: Question) -> Iterator[str]:
    """Yield the cards of merges and partings whose events still wait."""
    for (payload,) in question.source.rows(
        "SELECT payload FROM platform_outboxevent WHERE done_at IS NULL "
        "AND name IN ('people.ClientsMerged', 'booking.VisitsParted', 'people.HouseholdFormed')"
    ):
        for said in _read(payload).values():
            for one in said if isinstance(said, list) else [said]:
                if isinstance(one, dict) and "uuid" in one:
                    yield _text(one["uuid"])


def _decided(facts: dict[str, Any], policy: str) -> tuple[str, str]:
    """Decide as the first version does: a sentence of the documentation at a time."""
    seen = facts.get("seen", [])
    if "set_to" in facts:
        return facts["set_to"], "reclassified"
    if not seen:
        return "new", "first-visit"
    if policy == "one-person":
        return "returning", _plainest(seen)
    return _by_account_and_channel(facts, seen)


def _by_account_and_channel(facts: dict[str, Any], seen: list[dict[str, Any]]) -> tuple[str, str]:
    linked = [s for s in seen if s["account"] or facts.get("joined") or s["tie"] != "own"]
    if not linked:
        return "new", "other-account"
    same = [s for s in linked if s["channel"]]
    if not same:
        return "new", "other-channel"
    if any(s["tie"] == "own" and s["account"] for s in same):
        return "returning", "earlier-visit"
    ties = {s["tie"] for s in same}
    if ties == {"own"}:
        return "returning", "merged"  # another account of a card that was joined
    return "returning", _plainest(same)


def _plainest(seen: list[dict[str, Any]]) -> str:
    ties = {s["tie"] for s in seen}
    if "own" in ties:
        return "earlier-visit"
    return "merged" if "merged" in ties else "household"


def payouts(question: Question) -> Iterator[str]:
    """Yield each statement that is not the sum of its lines, and each visit whose settled sums are not what it is worth.

    A visit is worth nothing to somebody who did not give it, or when it was not attended; else half up the share that
    its last line or adjustment names, of its price, as long as no event about it waits to be heard.
    """
    rows = question.source.rows
    for key, total, visits, adjusted, lines in rows(
        "SELECT s.id, s.total_minor, s.visits_minor, s.adjustments_minor, "
        "(SELECT COALESCE(SUM(l.amount_minor), 0) FROM payouts_statementline l WHERE l.statement_id = s.id) "
        "FROM payouts_statement s"
    ):
        if not total == visits + adjusted == lines:
            yield f"statement {key} says {total}, its lines {lines}"
    for key, basis, share, amount in rows(
        "SELECT id, basis_minor, share, amount_minor FROM payouts_statementline WHERE adjustment_id IS NULL"
    ):
        if amount != _half_up(basis, share):
            yield f"line {key} says {amount}, which is not {share} of {basis}"
    for key, basis, share, worth in rows(
        "SELECT id, basis_minor, share, is_minor FROM payouts_adjustment"
    ):
        if worth != _half_up(basis, share):
            yield f"adjustment {key} says {worth}, which is not {share} of {basis}"
    yield from _settled(question)


def _settled(question: Question) -> Iterator[str]:
    """Compare what was counted with what is so today; what changed a moment ago is the worker's to hear."""
    unheard = set(_unheard_visits(question))
    for visit, person, counted, last, price, status, gave in question.source.rows(
        "SELECT v.appointment_id, v.professional_id, SUM(v.minor), "
        "(SELECT d.is_minor FROM payouts_adjustment d WHERE d.appointment_id = v.appointment_id "
        " AND d.professional_id = v.professional_id ORDER BY d.made_at DESC, d.id DESC LIMIT 1), "
        "MAX(a.price_minor), MAX(a.status), "
        "CASE WHEN a.professional_id = v.professional_id THEN 1 ELSE 0 END "
        "FROM (SELECT appointment_id, professional_id, amount_minor AS minor FROM payouts_statementline "
        "WHERE adjustment_id IS NULL UNION ALL "
        "SELECT appointment_id, professional_id, amount_minor FROM payouts_adjustment) v "
        "JOIN booking_appointment a ON a.id = v.appointment_id "
        "GROUP BY v.appointment_id, v.professional_id, a.professional_id"
    ):
        if last is not None and counted != last:
            yield f"appointment {visit} was corrected to {last} for {person}, but {counted} is counted"
        takes = status == "attended" and gave
        if not takes and counted and _text(visit) not in unheard:
            yield f"appointment {visit} did not take place with {person}, but {counted} is counted"
        if takes and counted > price:
            yield f"appointment {visit} cost {price}, but {counted} is counted for {person}"


def _unheard_visits(question: Question) -> Iterator[str]:
    for (payload,) in question.source.rows(
        "SELECT payload FROM platform_outboxevent WHERE done_at IS NULL AND name LIKE 'booking.Appointment%'"
    ):
        yield _text(_read(payload).get("appointment_id", {}).get("uuid", ""))


def _half_up(basis: int, share: int) -> int:
    whole, rest = divmod(basis * share, 10_000)
    return whole + (rest >= 5_000)  # noqa: PLR2004 -- half of the divisor


def _read(kept: Any) -> dict[str, Any]:  # noqa: ANN401 -- SQLite gives text, PostgreSQL the value
    found: dict[str, Any] = json.loads(kept) if isinstance(kept, str) else kept
    return found


def _text(key: object) -> str:
    return str(key).replace("-", "")
