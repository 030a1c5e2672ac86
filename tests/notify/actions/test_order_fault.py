"""Faults are ordered by their words, for somebody or for all, so many times or until they are lifted."""

from __future__ import annotations

from typing import Any

import pytest

from clientela.notify.actions.order_fault import lift_fault, order_fault
from clientela.notify.errors import FaultUnknown
from clientela.notify.simulated_faults import FAULTS, take_fault

pytestmark = pytest.mark.django_db


def test_the_one_for_the_address_comes_first_and_each_counts_down(now: Any) -> None:
    order_fault(channel="email", fault="later", now=now)
    order_fault(channel="email", fault="refuse", address=" a@example.com ", times=2, now=now)
    taken = [take_fault(channel="email", address="a@example.com") for _ in range(3)]
    assert taken == ["refuse", "refuse", "later"]
    assert take_fault(channel="email", address="b@example.com") == "later"
    assert take_fault(channel="sms", address="a@example.com") == ""


def test_what_is_lifted_is_not_taken_any_more(now: Any) -> None:
    fault = order_fault(channel="push", fault="gone", now=now)
    assert lift_fault(fault_id=fault.pk)
    assert not lift_fault(fault_id=fault.pk)
    assert take_fault(channel="push", address="x") == ""


@pytest.mark.parametrize(
    ("channel", "fault", "times"),
    [("pigeon", "gone", 1), ("push", "refuse", 1), ("push", "gone", 0), ("push", "gone", 10_001)],
)
def test_what_no_simulator_can_do_is_refused(
    now: Any, channel: str, fault: str, times: int
) -> None:
    with pytest.raises(FaultUnknown):
        order_fault(channel=channel, fault=fault, times=times, now=now)
    assert set(FAULTS) == {"email", "sms", "push"}
