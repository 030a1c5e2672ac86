"""Secrets: strong, bound to one thing, and nowhere readable in the database (AUT-04, AUT-11, INV-16; CVE rows 18, 37)."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client as Browser
from tests.factories import NOW
from tests.security.town import PASSWORD, Town

from clientela.platform import links
from clientela.platform.worker import run_once

SAMPLES = 20_000
# The simulator keeps what a mail server would have been given; it exists in a demo or a test only.
SHOWS_MAIL = "notify_simulatedmail"


@pytest.mark.req("AUT-11")
def test_links_carry_160_bits_that_nothing_of_the_appointment_tells() -> None:
    made = [
        links.derive(purpose="manage-appointment", nonce=links.new_nonce()) for _ in range(SAMPLES)
    ]
    assert len(set(made)) == SAMPLES
    assert {len(token) for token in made} == {27}
    letters = Counter("".join(token[:26] for token in made))
    total = sum(letters.values())
    entropy = -sum(n / total * math.log2(n / total) for n in letters.values())
    assert entropy > 5.99, "all 64 letters, as often as each other"
    pairs = [pair for one, two in pairwise(made) for pair in zip(one, two, strict=True)]
    neighbours = sum(a == b for a, b in pairs)
    assert neighbours / len(pairs) < 0.03, "the next link has nothing of the one before"


def test_one_purposes_token_opens_no_other_door() -> None:
    nonce = links.new_nonce()
    made = {links.derive(purpose=one, nonce=nonce) for one in ("manage-appointment", "invitation")}
    assert len(made) == 2


@pytest.mark.req("AUT-04")
def test_a_secret_opens_its_own_door_only(town: Town) -> None:
    """Every kind of secret at every kind of door: other purpose, other business, cut, changed in case."""
    one = town.ours.links["irene"]
    wrong = {
        "other purpose": town.ours.links["invitation"],
        "other business": town.theirs.links["irene"],
        "cut": one[:-1],
        "longer": one + "A",
        "case": one.swapcase(),
        "token": town.ours.tokens["write"],
        "digest": links.digest(one),
    }
    for what, secret in wrong.items():
        assert Browser().get(f"/house-ours/a/{secret}/").status_code == 404, what
        answer = Browser().get(
            f"/api/v1/businesses/house-ours/appointments/{town.ours.id_of('appointment_id')}",
            headers={"X-Manage-Token": secret},
        )
        assert answer.status_code == 404, what
    assert Browser().get(f"/desk/house-ours/invitation/{one}/").status_code == 404
    assert Browser().get(f"/house-ours/a/{one}/").status_code == 200


@pytest.mark.req("INV-16")
def test_no_secret_stands_readable_in_the_database(town: Town) -> None:
    account = town.ours.people["owner"].account
    Browser().post("/client/password/forgotten", {"email": account.email})
    Browser().post("/client/login/code", {"email": account.email})
    secrets = {
        "password": PASSWORD,
        **{f"link of {name}": token for name, token in town.ours.links.items()},
        **{f"token to {name}": token for name, token in town.ours.tokens.items()},
    }
    dump = "".join(_dumped())
    assert account.email in dump, "the dump must hold what the database holds"
    assert {name for name, secret in secrets.items() if secret in dump} == set()
    assert not re.search(r"/password/forgotten/[0-9a-z]+-[0-9a-z]+-[0-9a-f]+", dump)


def _dumped() -> list[str]:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != SHOWS_MAIL:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- the database's own names
                found += [repr(_plain(row)) for row in cursor.fetchall()]
    return found


def _plain(row: tuple[object, ...]) -> list[object]:
    return [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]


@pytest.mark.req("SEC-07")
def test_who_left_is_turned_away_at_the_next_request(town: Town) -> None:
    person = town.ours.people["front_desk"]
    browser = Browser()
    browser.force_login(person.account)
    assert browser.get("/desk/house-ours/").status_code == 200
    type(person.membership)._base_manager.filter(pk=person.membership.pk).update(ended_at=NOW)
    assert browser.get("/desk/house-ours/").status_code == 404
    person.account.is_active = False
    person.account.save()
    assert browser.get("/desk/house-ours/").status_code == 302


def test_an_invitation_works_once_and_for_a_week(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/desk/house-ours/invitation/{town.ours.links['invitation']}/"
    assert Browser().get(path).status_code == 200
    monkeypatch.setattr("clientela.platform.clock.now", lambda: NOW + timedelta(days=7, seconds=1))
    assert Browser().get(path).status_code == 404
    monkeypatch.setattr("clientela.platform.clock.now", lambda: NOW)
    taken = Browser().post(path, {"name": "New", "password": "another long enough password"})
    assert taken.status_code == 302
    assert Browser().get(path).status_code == 404


def test_signing_in_changes_the_session_key(town: Town) -> None:
    """A session that was planted before is worth nothing afterwards (AUT-05)."""
    browser = Browser()
    browser.session.save()
    planted = browser.session.session_key
    browser.cookies["session"] = planted or ""
    login = town.ours.people["owner"].account.email
    browser.post("/client/login", {"login": login, "password": PASSWORD})
    assert browser.session.session_key != planted
    assert browser.get("/desk/house-ours/").status_code == 200


def test_what_is_published_holds_no_secret_and_no_address_of_a_person(town: Town) -> None:
    """CVE rows 5 and 10: whatever is asked of the public pages and the public API."""
    run_once(NOW)
    asked = (
        "cancelledBy=1&rescheduledBy=1&client=1&expand=client&fields=*&include=client,notes&debug=1"
    )
    service = town.ours.appointments["irene"].service_id
    days = f"service={service}&from=2026-11-23&to=2026-11-30"
    base = "/api/v1/businesses/house-ours"
    for path in (
        base,
        f"{base}/services",
        f"{base}/professionals",
        f"{base}/availability",
        "/house-ours/",
    ):
        text = Browser().get(f"{path}?{days}&{asked}").text
        assert town.ours.word.lower() not in text.lower(), path
    slots = json.loads(Browser().get(f"{base}/availability?{days}").content)
    assert set(slots) == {"zone", "starts"}
