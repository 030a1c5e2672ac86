"""Proof against deletion: two real processes that reach for the same unproved accounts at once.

    python -m tests.accounts.race COUNT

One proves every account, the other runs the deletion, each for one moment of its own clock; a barrier lets both go
together before every account. Printed: how often the proof won, how often the deletion, and every contradiction.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 -- after the set-up
from tests.accounts.people import MINUTE, NOW, WEEK, signed_up  # noqa: E402 -- likewise

from clientela.accounts.actions.end_unproved import end_unproved  # noqa: E402 -- likewise
from clientela.accounts.actions.prove_login_address import (  # noqa: E402 -- likewise
    prove_login_address,
)
from clientela.accounts.errors import AccountGone  # noqa: E402 -- likewise
from clientela.accounts.models import Account  # noqa: E402 -- likewise
from clientela.accounts.queries.addresses import verified_emails  # noqa: E402 -- likewise


def prove_all(keys: list[Any], barrier: Any, tell: Any) -> None:
    """Prove each, a minute before its end by this process's clock; tell whether it was accepted."""
    accepted = []
    for key in keys:
        account = Account.objects.get(pk=key)
        barrier.wait()
        try:
            prove_login_address(
                account=account,
                email=account.email,
                keeps_password=True,
                now=account.expires_at - MINUTE,
            )
        except AccountGone:
            accepted.append(False)
        else:
            accepted.append(True)
        barrier.wait()
    tell.send(accepted)


def end_all(keys: list[Any], barrier: Any) -> None:
    """Delete what is over, by this process's clock, once for each account."""
    for turn, _ in enumerate(keys):
        barrier.wait()
        end_unproved(now=NOW + WEEK + turn * timedelta(hours=1))
        barrier.wait()


def main(count: int) -> dict[str, Any]:
    """Run the race and compare what was answered with what stands."""
    # Each account's week ends at its own turn only: the later ones are not yet over for the deletion.
    keys = [
        signed_up(f"racer{n}@example.com", now=NOW + n * timedelta(hours=1)).pk
        for n in range(count)
    ]
    connection.close()
    forks = multiprocessing.get_context("fork")
    barrier, (hear, tell) = forks.Barrier(2), forks.Pipe(duplex=False)
    racers = [
        forks.Process(target=prove_all, args=(keys, barrier, tell)),
        forks.Process(target=end_all, args=(keys, barrier)),
    ]
    for racer in racers:
        racer.start()
    accepted = hear.recv()
    for racer in racers:
        racer.join()
    contradictions = []
    for key, was_accepted in zip(keys, accepted, strict=True):
        row = Account.objects.filter(pk=key).first()
        stands = row is not None and row.expires_at is None and bool(verified_emails(account=row))
        if stands is not was_accepted:
            contradictions.append(str(key))
    return {
        "proved": sum(accepted),
        "gone": accepted.count(False),
        "contradictions": contradictions,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
