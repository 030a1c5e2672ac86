"""Asking twice acts once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from clientela.platform.database import OutsideTransactionError
from clientela.platform.idempotency import IdempotencyKey, KeyReused, claim, forget_old_keys

pytestmark = pytest.mark.django_db
BODY = {"service": "massage", "start": "2026-03-02T10:00"}


def test_a_first_asking_acts_and_a_second_replays_its_result(now) -> None:
    with transaction.atomic():
        first = claim(owner="api:1", key="k", fingerprint=BODY, now=now)
        first.keep({"appointment": "a"})
    with transaction.atomic():
        second = claim(owner="api:1", key="k", fingerprint=dict(reversed(BODY.items())), now=now)

    assert (first.replayed, second.replayed, second.result) == (False, True, {"appointment": "a"})


def test_the_same_key_with_another_request_is_refused(now) -> None:
    with transaction.atomic():
        claim(owner="api:1", key="k", fingerprint=BODY, now=now)

    with pytest.raises(KeyReused) as refused, transaction.atomic():
        claim(owner="api:1", key="k", fingerprint={**BODY, "start": "later"}, now=now)
    assert refused.value.reason == "idempotency-key-reused"


def test_the_same_key_of_another_owner_is_another_key(now) -> None:
    with transaction.atomic():
        claim(owner="api:1", key="k", fingerprint=BODY, now=now)
        other = claim(owner="api:2", key="k", fingerprint={}, now=now)

    assert not other.replayed


def test_a_key_whose_act_failed_is_free_again(now) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 -- the transaction is the subject
        claim(owner="api:1", key="k", fingerprint=BODY, now=now)
        1 / 0  # noqa: B018 -- the act fails
    with transaction.atomic():
        assert not claim(owner="api:1", key="k", fingerprint=BODY, now=now).replayed


def test_a_key_cannot_be_claimed_outside_the_transaction_of_its_act(now) -> None:
    with pytest.raises(OutsideTransactionError):
        claim(owner="api:1", key="k", fingerprint=BODY, now=now)


def test_the_key_itself_is_not_stored(now) -> None:
    with transaction.atomic():
        claim(
            owner="api:1",
            key="anna@example.org",
            fingerprint={"email": "anna@example.org"},
            now=now,
        )

    assert "anna" not in str(IdempotencyKey.objects.values().get())


def test_keys_are_forgotten_after_seven_days(now) -> None:
    with transaction.atomic():
        claim(owner="api:1", key="k", fingerprint=BODY, now=now)

    assert forget_old_keys(now + timedelta(days=7)) == 0
    assert forget_old_keys(now + timedelta(days=7, seconds=1)) == 1


@pytest.mark.race
def test_parallel_askers_with_one_key_act_once_and_all_get_the_same_answer(install) -> None:
    here = install()
    askers = [
        here.start("-m", "tests.platform.probe", "act-once", "one-key", "10") for _ in range(4)
    ]
    ends = [(asker.communicate(timeout=120), asker.returncode) for asker in askers]

    assert [code for _, code in ends] == [0, 0, 0, 0], ends
    answers = [line for (out, _), _ in ends for line in out.split()]
    assert (len(answers), len(set(answers))) == (40, 1)
    assert here.probe("content").count('"acted"') == 1
