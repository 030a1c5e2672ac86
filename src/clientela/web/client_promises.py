"""What a client is promised before something is saved: which messages, by what, and when on their own clock.

All that will be sent is said. Of what will not be sent, only what the reader may miss or can mend: a reminder that the
booking comes too late for, a number that gets no texts, or the cause why nothing comes at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from clientela.notify.models import Reason
from clientela.notify.queries.forecast import ForecastLine, for_client
from clientela.web.design.shapes import Bead
from clientela.web.message_beads import promise
from clientela.web.states import Audience

_MENDABLE: Final = frozenset(
    {
        Reason.LANDLINE,
        Reason.INVALID_NUMBER,
        Reason.OPTED_OUT,
        Reason.BOUNCED_HARD,
        Reason.TOO_CLOSE,
    }
)
_NOT_THEIRS: Final = frozenset({Reason.RULE_DISABLED, Reason.DUPLICATE_SUPPRESSED})
"""What the business has decided for itself, and what another message says already."""


def client_promises(lines: Iterable[ForecastLine]) -> list[Bead]:
    """Return a bead for each message the client will get, or is told why not; in the order of the plan."""
    return [promise(one, audience=Audience.CLIENT) for one in worth_saying(for_client(lines))]


def worth_saying(lines: Sequence[ForecastLine]) -> list[ForecastLine]:
    """Return the lines to show: of each message the ways it takes, or else the one cause why it takes none."""
    messages: dict[tuple[str, str], list[ForecastLine]] = defaultdict(list)
    for line in lines:
        if line.reason not in _NOT_THEIRS:
            messages[line.rule, line.timing].append(line)
    shown = [_ways(found) for found in messages.values()]
    return _causes_once([line for found in shown for line in found])


def _ways(lines: Sequence[ForecastLine]) -> list[ForecastLine]:
    sent = [one for one in lines if one.will_be_sent]
    if not sent:
        return list(lines[:1])
    return [one for one in lines if one.will_be_sent or one.reason in _MENDABLE]


def _causes_once(lines: Sequence[ForecastLine]) -> list[ForecastLine]:
    """Say a cause that holds for every message once, beside the first of them; a lateness is each message's own."""
    kept, said = [], set()
    for one in lines:
        key = (one.channel, one.reason, one.because)
        if one.will_be_sent or one.reason is Reason.TOO_CLOSE or key not in said:
            kept.append(one)
        if not one.will_be_sent:
            said.add(key)
    return kept
