"""Random histories: whatever is done in any order, the invariants hold after each act, on both engines."""

from __future__ import annotations

import os
import random  # noqa: TID251 -- a seeded driver; the seed is printed
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.checkout.histories import ACTS, OFTEN, History, conserved

from clientela.business.models import Business

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
STEPS = 4_000 if PROVE else 70
SEEDS = range(1, 26) if PROVE else (1, 2)
NUMBERS = st.integers(0, 10_000)


@pytest.fixture
def history(business: Business, scope: None) -> History:
    """The business before anything happened."""
    return History.begun(business)


@pytest.mark.slow
@pytest.mark.req("PAY-09", "PAY-11", "INV-4", "INV-5", "INV-7", "INV-8")
@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_acts_the_books_are_sound(history: History, seed: int) -> None:
    print(f"seed {seed}")
    draw = random.Random(seed)  # noqa: S311 -- not a secret
    done: Counter[str] = Counter()
    for _ in range(STEPS):
        act = draw.choice([*OFTEN, *ACTS])
        done[act] += history.do(act, draw.randrange(10_000), draw.randrange(10_000))
        history.check()
    assert set(conserved().values()) <= {0}
    print(dict(done))
    assert sum(times > 0 for times in done.values()) > len(ACTS) / 2


@pytest.mark.slow
@pytest.mark.req("PAY-09", "PAY-11", "S1.20", "S1.22", "S1.24", "S1.25")
def test_any_short_history_that_hypothesis_thinks_of_is_sound(history: History) -> None:
    class Machine(RuleBasedStateMachine):
        """One example is one savepoint, which is rolled back at its end."""

        def __init__(self) -> None:
            super().__init__()
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()
            self.history = History(history.business, history.services, history.packages)

        @rule(act=st.sampled_from([*OFTEN, *ACTS]), n=NUMBERS, m=NUMBERS)
        def act(self, act: str, n: int, m: int) -> None:
            self.history.do(act, n, m)

        @invariant()
        def sound(self) -> None:
            self.history.check()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=2_000 if PROVE else 12,
            stateful_step_count=30 if PROVE else 12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_an_act_that_forgets_to_redeem_is_found(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the promise that nothing waits beside a credit."""
    assert history.do("book", 15, 15)  # Fisio, for the first card, tomorrow at ten
    monkeypatch.setattr("clientela.checkout.actions.sell.redeem_pending", lambda **_: [])
    monkeypatch.setattr("tests.checkout.histories.assert_kept", lambda *_: None)
    for offer in range(6):
        assert history.do("sell", 0, offer)
    with pytest.raises(AssertionError, match="waits beside a credit"):
        history.check()
