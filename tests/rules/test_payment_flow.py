"""Whatever a provider says of one payment, in whatever order and however often: it is accepted or kept waiting."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations, product
from typing import Final

import pytest

from clientela.rules.payment_flow import MONEY_CAME, News, Stand, Step, what_to_do

PRICE: Final = 100


@dataclass(frozen=True)
class Said:
    """One piece of news: of which payment, under which name, about how much."""

    news: News
    payment: str = "A"
    ref: str = ""
    amount: int = 0


EVENTS: Final = (
    Said(News.OPENED),
    Said(News.PAID),
    Said(News.PAID, ref="told again"),
    Said(News.PAID, payment="B"),
    Said(News.FAILED),
    Said(News.EXPIRED),
    Said(News.REFUNDED, ref="r1", amount=30),
    Said(News.REFUNDED, ref="r2", amount=70),
    Said(News.DISPUTED),
    Said(News.DISPUTE_WON),
    Said(News.DISPUTE_LOST, ref="d1", amount=100),
)


@dataclass
class Books:
    """What the inbox keeps of one attempt, in the plainest form."""

    stand: Stand = Stand.NEW
    paid: dict[str, int] = field(default_factory=dict)
    back: dict[str, int] = field(default_factory=dict)
    for_a_person: list[Said] = field(default_factory=list)
    waiting: list[Said] = field(default_factory=list)

    def hear(self, said: Said) -> None:
        """Do what the rule says."""
        verdict = what_to_do(
            stand=self.stand, news=said.news, knows_payment=said.payment in self.paid
        )
        match verdict.step:
            case Step.OPEN:
                self.stand = Stand.OPEN
            case Step.FAIL:
                self.stand = Stand.FAILED
            case Step.EXPIRE:
                self.stand = Stand.EXPIRED
            case Step.TAKE_MONEY:
                self.stand = Stand.PAID
                self.paid[said.payment] = PRICE
                self.hear_again()
            case Step.SEND_BACK:
                self.paid[said.payment] = PRICE
                self.back[f"second {said.payment}"] = PRICE
                self.hear_again()
            case Step.RECORD_REFUND:
                self.give_back(said)
            case Step.WAIT:
                self.waiting.append(said)
            case Step.ASK_A_PERSON:
                self.for_a_person.append(said)
            case Step.NOTHING:
                pass

    def give_back(self, said: Said) -> None:
        """Write a refund down once, and never more of it than was paid."""
        if said.ref in self.back:
            return
        if sum(self.back.values()) + said.amount > sum(self.paid.values()):
            self.for_a_person.append(said)
            return
        self.back[said.ref] = said.amount

    def hear_again(self) -> None:
        """Go through what waited for the payment."""
        waiting, self.waiting = self.waiting, []
        for said in waiting:
            self.hear(said)


@pytest.mark.parametrize(
    ("stand", "news", "knows"), list(product(Stand, News, (False, True))), ids=str
)
def test_every_pair_of_stand_and_news_has_one_answer(stand: Stand, news: News, knows: bool) -> None:
    assert isinstance(what_to_do(stand=stand, news=news, knows_payment=knows).step, Step)


@pytest.mark.req("PAY-04")
@pytest.mark.parametrize("length", range(1, 7))
def test_every_order_of_up_to_six_events_is_accepted_or_kept_waiting(length: int) -> None:
    # Of six, the repetition is left out: it is in every shorter order, and this folder is quick.
    events = EVENTS if length < len("ABCDEF") else [e for e in EVENTS if e.ref != "told again"]
    for order in permutations(events, length):
        books = Books()
        for said in order:
            books.hear(said)
        payments = {said.payment for said in order if said.news is News.PAID}
        # All the money that came is written down once, and a second payment is on its way back.
        assert books.paid == dict.fromkeys(payments, PRICE), order
        assert sum(name.startswith("second") for name in books.back) == max(len(payments) - 1, 0)
        assert (books.stand in MONEY_CAME) == bool(payments), order
        # Never more goes back than came, and nothing that was said is forgotten.
        assert 0 <= sum(books.back.values()) <= sum(books.paid.values()), order
        about = [said for said in order if said.ref.startswith(("r", "d"))]
        heard = [s for s in about if s.ref in books.back or s in books.for_a_person]
        assert len(heard) + len([s for s in about if s in books.waiting]) == len(about), order
        if "A" in payments:
            assert not books.waiting, order


def test_a_second_payment_of_one_attempt_goes_back_whatever_became_of_the_first() -> None:
    for stand in MONEY_CAME:
        verdict = what_to_do(stand=stand, news=News.PAID, knows_payment=False)
        assert (verdict.step, verdict.reason) == (Step.SEND_BACK, "paid-twice")


def test_money_that_comes_after_a_refusal_or_the_end_still_counts_as_money() -> None:
    for stand in (Stand.FAILED, Stand.EXPIRED):
        assert what_to_do(stand=stand, news=News.PAID, knows_payment=False).step is Step.TAKE_MONEY
