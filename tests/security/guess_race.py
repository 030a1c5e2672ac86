"""Two hundred guesses at once, by eight real processes against one database.

    python -m tests.security.guess_race

Printed: how many passwords and how many codes were compared with the right one, whatever the answers said.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from typing import Any

import django

django.setup()

from allauth.account import forms  # noqa: E402 -- after the set-up
from django.db import connection  # noqa: E402 -- likewise
from django.test import Client as Browser  # noqa: E402 -- likewise
from django.test.utils import setup_test_environment  # noqa: E402 -- likewise
from tests import factories  # noqa: E402 -- likewise

from clientela.accounts.actions.create_account import create_account  # noqa: E402 -- likewise
from clientela.accounts.models import Account  # noqa: E402 -- likewise

PROCESSES = 8
EACH = 25
ADDRESS = "olga@example.com"
PASSWORD = "four calm green otters"


def guess(session: str, barrier: Any, tell: Any) -> None:
    """Half of the tries at the password, half at the code of a session that all of them hold."""
    compared = {"passwords": 0, "codes": 0}

    def note_password(self: Account, raw: str) -> bool:
        compared["passwords"] += 1
        return False

    def note_code(**named: str) -> bool:
        compared["codes"] += 1
        return False

    Account.check_password = note_password  # type: ignore[method-assign]  # this process counts, and is gone
    forms.compare_user_code = note_code
    barrier.wait()
    for number in range(EACH):
        typed = {"login": ADDRESS, "password": f"guess number {number:08}"}
        Browser().post("/client/login", typed)
        thief = Browser()
        thief.cookies["session"] = session
        thief.post("/client/login/code/enter", {"code": f"AAAA-{number:04}"})
    tell.send(compared)


def main() -> dict[str, int]:
    """Let all of them go at once, and add up."""
    setup_test_environment()
    create_account(
        email=ADDRESS, name="Olga", password=PASSWORD, by=factories.SYSTEM, now=factories.NOW
    )
    browser = Browser()
    browser.post("/client/login/code", {"email": ADDRESS})
    session = browser.cookies["session"].value
    connection.close()
    forks = multiprocessing.get_context("fork")
    barrier = forks.Barrier(PROCESSES)
    pipes = [forks.Pipe(duplex=False) for _ in range(PROCESSES)]
    racers = [forks.Process(target=guess, args=(session, barrier, tell)) for _, tell in pipes]
    for racer in racers:
        racer.start()
    heard = [hear.recv() for hear, _ in pipes]
    for racer in racers:
        racer.join()
    return {name: sum(one[name] for one in heard) for name in ("passwords", "codes")}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()))
