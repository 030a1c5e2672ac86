"""The racers: real processes of one installation that start together, attempt, and tell what came of it.

    python -m tests.races.racer prepare      makes a business to race in, prints its ids
    python -m tests.races.racer race         reads a job from stdin, prints every outcome and what plain SQL finds

The program is loaded once and forked into one process for each lane, before any of them speaks to the database;
a barrier lets them go at once. A job is ``{"business": …, "mode": …, "lanes": [[{"act": "book", …}, …], …]}``.
Modes: ``shipped``; ``forgetful``, where nobody waits for a client's card or credits, and ``spendthrift``, where the database
lets a credit be used twice as well; ``blind``, where neither lock nor check works, so that only the database's guard is left;
``bare``, where the guard is taken down as well (the negative control).
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 -- after the set-up
from tests import factories  # noqa: E402 -- likewise
from tests.factories import NOW, STAFF  # noqa: E402 -- likewise
from tests.races import credit_acts, own_acts, waiting_acts  # noqa: E402 -- likewise

from clientela.booking.actions import win_seat, win_time  # noqa: E402 -- likewise
from clientela.booking.actions.book import book_appointment  # noqa: E402 -- likewise
from clientela.booking.actions.book_series import book_series  # noqa: E402 -- likewise
from clientela.booking.actions.cancel import cancel_appointment  # noqa: E402 -- likewise
from clientela.booking.actions.confirm_request import confirm_request  # noqa: E402 -- likewise
from clientela.booking.actions.decline_request import decline_request  # noqa: E402 -- likewise
from clientela.booking.actions.reschedule import reschedule_appointment  # noqa: E402 -- likewise
from clientela.booking.guest import Guest  # noqa: E402 -- likewise
from clientela.booking.models import Appointment, Channel  # noqa: E402 -- likewise
from clientela.booking.queries import engine_needs  # noqa: E402 -- likewise
from clientela.business.models import Business, Professional  # noqa: E402 -- likewise
from clientela.catalogue.models import Service  # noqa: E402 -- likewise
from clientela.platform import guards  # noqa: E402 -- likewise
from clientela.platform.actor import Actor  # noqa: E402 -- likewise
from clientela.platform.refusal import Refusal  # noqa: E402 -- likewise
from clientela.platform.tenancy import business_scope, system_scope  # noqa: E402 -- likewise
from clientela.schedule.actions.add_time_off import add_time_off  # noqa: E402 -- likewise

Attempt = dict[str, Any]


def prepare() -> dict[str, Any]:
    """Make a business with ten people, a service of each kind, and no appointment."""
    business = factories.make_business("race-track")
    with business_scope(business.pk):
        people = [factories.make_professional(business, f"P{n}", hours=False) for n in range(10)]
        for person in people:
            factories.set_hours(person, (0, 1440), days=range(7))
        common = {"lead_minutes": 0, "horizon_days": 700, "grid_minutes": 5}
        one = factories.make_service(business, "One", professionals=(people[0],), **common)
        long = factories.make_service(
            business, "Long", professionals=(people[0],), duration_minutes=90, **common
        )
        short = factories.make_service(
            business, "Short", professionals=(people[0],), duration_minutes=15, **common
        )
        pool = factories.make_service(business, "Any", professionals=tuple(people), **common)
        talk = factories.make_service(
            business, "Talk", professionals=(people[1],), needs_approval=True, **common
        )
        walk = factories.make_service(
            business,
            "Walk",
            professionals=(people[2],),
            capacity=10,
            opens_sessions=True,
            **common,
        )
        for_credits = credit_acts.prepare(business, people)
        for_people = own_acts.prepare(business)
    services = {"one": one, "long": long, "short": short, "any": pool, "talk": talk, "walk": walk}
    return {
        "business": str(business.pk),
        "people": [str(person.pk) for person in people],
        **for_credits,
        **for_people,
        **{name: str(service.pk) for name, service in services.items()},
    }


def race(job: dict[str, Any]) -> dict[str, Any]:
    """Fork a racer for each lane, let all go at once, and look at the database when the last is in."""
    if job["mode"] == "bare":
        guards.remove("booking.no-overlap", "booking.seat-limit")
    if job["mode"] in {"blind", "bare"}:
        go_blind()
    if job["mode"] in {"forgetful", "spendthrift"}:
        credit_acts.forget_the_lock()
    if job["mode"] == "spendthrift":
        credit_acts.take_down_unique()
    credit_acts.watch()
    connection.close()
    forks = multiprocessing.get_context("fork")
    barrier = forks.Barrier(len(job["lanes"]))
    racers = []
    for lane in job["lanes"]:
        hear, tell = forks.Pipe(duplex=False)
        racer = forks.Process(target=run, args=(job["business"], lane, barrier, tell))
        racer.start()
        tell.close()  # ours; so that a killed racer's end is heard
        racers.append((racer, hear))
    outcomes = []
    for racer, hear in racers:
        try:
            while True:
                outcomes.append(hear.recv())
        except EOFError:
            racer.join()
        if racer.exitcode:
            outcomes.append({"outcome": "killed" if racer.exitcode < 0 else "error", "seconds": 0})
    return {"outcomes": outcomes, "found": check()}


def run(business_id: str, lane: list[Attempt], barrier: Any, tell: Any) -> None:
    """Be one racer: make ready, wait for the others, and make the attempts one after the other."""
    business = Business.objects.get(pk=business_id)
    with business_scope(business.pk):
        services = {str(one.pk): one for one in Service.objects.all()}
        people = {str(one.pk): one for one in Professional.objects.all()}
        barrier.wait()
        for one in lane:
            tell.send(attempt(one, business, services, people))


def go_blind() -> None:
    """Switch off the lock, and let every check see an empty calendar: what a careless program would do."""
    for module in (win_time, win_seat):
        module.lock_keys = lambda **_: None
    win_time.lock = lambda **_: None
    engine_needs.busy_masks = lambda *, resource_ids, **_: dict.fromkeys(resource_ids, 0)


def attempt(
    wish: Attempt,
    business: Business,
    services: dict[str, Service],
    people: dict[str, Professional],
) -> dict[str, Any]:
    """Try once; an answer is an outcome word, and anything but a refusal is told as an error."""
    began = time.monotonic()
    try:
        made = ACTS[wish["act"]](wish, business, services, people)
        outcome = {"outcome": "done", **made}
    except Refusal as refusal:
        outcome = {
            "outcome": refusal.reason,
            "alternatives": len(getattr(refusal, "alternatives", ())),
        }
    except Exception as error:  # noqa: BLE001 -- the race tells it
        outcome = {"outcome": "error", "error": f"{type(error).__name__}: {error}"}
    return {**outcome, "who": wish.get("who"), "seconds": time.monotonic() - began}


def book(
    wish: Attempt,
    business: Business,
    services: dict[str, Service],
    people: dict[str, Professional],
) -> dict[str, Any]:
    """Book as the guest that the wish names."""
    booked = book_appointment(
        business=business,
        service=services[wish["service"]],
        starts_at=datetime.fromisoformat(wish["starts_at"]),
        client=Guest(wish["who"], f"{wish['who'].replace(' ', '')}@example.com"),
        professional=people.get(wish.get("professional", "")),
        by=Actor.guest(),
        channel=Channel.API,
        door="race",
        idempotency_key=wish.get("key"),
        now=NOW,
    )
    return {
        "appointment": str(booked.appointment.pk),
        "token": booked.link_token,
        "replayed": booked.replayed,
    }


def series(
    wish: Attempt,
    business: Business,
    services: dict[str, Service],
    people: dict[str, Professional],
) -> dict[str, Any]:
    """Book a weekly series and report what could not be had."""
    outcome = book_series(
        business=business,
        service=services[wish["service"]],
        starts_at=datetime.fromisoformat(wish["starts_at"]),
        every_weeks=1,
        count=wish["count"],
        on_conflict="report",
        client=Guest(wish["who"], f"{wish['who'].replace(' ', '')}@example.com"),
        by=STAFF,
        channel=Channel.STAFF,
        door="race",
        now=NOW,
    )
    return {"booked": len(outcome.booked), "refused": len(outcome.refused)}


def move(wish: Attempt, *_: object) -> dict[str, Any]:
    """Move an appointment, as the desk."""
    moved = reschedule_appointment(
        appointment=Appointment.objects.get(pk=wish["appointment"]),
        starts_at=datetime.fromisoformat(wish["starts_at"]),
        by=STAFF,
        door="race",
        now=NOW,
    )
    return {"appointment": str(moved.pk)}


def answer(wish: Attempt, *_: object) -> dict[str, Any]:
    """Confirm, decline or cancel."""
    row = Appointment.objects.get(pk=wish["appointment"])
    if wish["act"] == "cancel":
        cancel_appointment(appointment=row, by=STAFF, door="race", now=NOW)
    elif wish["act"] == "confirm":
        confirm_request(appointment=row, by=STAFF, now=NOW)
    else:
        decline_request(appointment=row, by=STAFF, now=NOW)
    return {"appointment": wish["appointment"]}


def away(wish: Attempt, _: object, __: object, people: dict[str, Professional]) -> dict[str, Any]:
    """Take a professional away for an hour."""
    starts_at = datetime.fromisoformat(wish["starts_at"])
    absence = add_time_off(
        resource=people[wish["professional"]],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        by=STAFF,
        now=NOW,
    )
    return {"absence": str(absence.pk)}


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    "book": book,
    "series": series,
    "away": away,
    "move": move,
    "confirm": answer,
    "decline": answer,
    "cancel": answer,
    **credit_acts.ACTS,
    **own_acts.ACTS,
    **waiting_acts.ACTS,
}

OVERLAPS = """
SELECT COUNT(*) FROM booking_occupancy a JOIN booking_occupancy b
    ON a.resource_id = b.resource_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
"""
OPEN = "SELECT COUNT(*) FROM booking_appointment WHERE status IN ('requested', 'confirmed')"
OVERFULL = """
SELECT COUNT(*) FROM booking_session s WHERE (SELECT COUNT(*) FROM booking_seat t WHERE t.session_id = s.id) > s.seats
"""
UNHELD = """
SELECT COUNT(*) FROM booking_appointment a
 WHERE a.status IN ('requested', 'confirmed')
   AND (SELECT COUNT(*) FROM booking_occupancy o WHERE o.appointment_id = a.id)
     + (SELECT COUNT(*) FROM booking_seat t WHERE t.appointment_id = a.id) <> 1
"""
BY_PERSON = """
SELECT professional_id, COUNT(*) FROM booking_appointment WHERE status = 'confirmed' GROUP BY professional_id
"""


def check() -> dict[str, Any]:
    """Look at the database in plain SQL: no rule of the program is asked, but for the recount of the masks."""
    from tests.booking.facts import masks_equal_recount  # noqa: PLC0415 -- loads models

    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for name, query in (
            ("overlaps", OVERLAPS),
            ("open", OPEN),
            ("overfull", OVERFULL),
            ("unheld", UNHELD),
        ):
            cursor.execute(query)
            found[name] = cursor.fetchone()[0]
        cursor.execute(BY_PERSON)
        found["by_person"] = sorted(count for _, count in cursor.fetchall())
        cursor.execute("SELECT COUNT(*) FROM people_client WHERE record_name NOT LIKE 'Cleo %'")
        found["clients"] = cursor.fetchone()[0]
    with system_scope("the checker looks at everything"):
        found["masks"] = masks_equal_recount()
        found["credits"] = credit_acts.check()
    return found


def main(word: str) -> None:
    """Do what the first word says and print it as one line of JSON."""
    if word == "prepare":
        print(json.dumps(prepare()))
    else:
        print(json.dumps(race(json.load(sys.stdin))))


if __name__ == "__main__":
    main(sys.argv[1])
