"""What the article does not know yet: notices on the client's own devices."""

from __future__ import annotations

from typing import Final

from clientela.notify.diagnosis.facts import Facts, to_resend
from clientela.notify.diagnosis.finding import (
    NOT_BY_LINK,
    Answer,
    Check,
    Fix,
    Group,
    cannot_know,
    failed,
    passed,
)
from clientela.notify.diagnosis.way_out import down
from clientela.notify.models import Reason
from clientela.notify.reach import PUSH

_REFUSED: Final = (Reason.PROVIDER_ERROR, Reason.BOUNCED_HARD, Reason.BOUNCED_SOFT)


def a_device_takes_notices(facts: Facts) -> Answer:
    """Whether any device of theirs said yes. Nobody misses what they never switched on."""
    if facts.devices:
        return passed(count=facts.devices)
    if facts.asked == PUSH:
        return failed(fixes=(Fix.DEVICES,))
    return cannot_know(fixes=(Fix.DEVICES,))


def notices_were_taken(facts: Facts) -> Answer:
    """Whether the service of the device's maker took them."""
    is_down = down(facts, channel=PUSH)
    if is_down:
        return is_down
    found = facts.with_reason(*_REFUSED, channel=PUSH)
    return failed(fixes=(Fix.SEND_AGAIN,), messages=to_resend(found)) if found else passed()


CHECKS: Final = (
    Check("push-device", Group.PUSH, (), a_device_takes_notices, NOT_BY_LINK),
    Check("push-taken", Group.PUSH, (), notices_were_taken, NOT_BY_LINK),
)
