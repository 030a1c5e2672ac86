"""How much may be written: counted for each network, and for each person or browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clientela.platform.throttle import Limit, allow_each
from clientela.web.guess_limits import network_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest

    from clientela.web.chat.reader import Reader

_TEN_MINUTES: Final = 600
_HOUR: Final = 3_600
_DAY: Final = 86_400
LINES_IN_TEN_MINUTES: Final = 15
LINES_A_DAY: Final = 150
BEGUN_FROM_A_NETWORK: Final = 20
LINES_FROM_A_NETWORK: Final = 200


def may_write(request: HttpRequest, *, reader: Reader, now: datetime) -> bool:
    """Count one line and say whether it may be kept; call it outside a transaction.

    Guests who write for the first time share a lower limit of their network: a browser's secret is free to have.
    """
    own = f"account:{reader.account.pk}" if reader.account else f"browser:{reader.secret}"
    return _counted(request, own=own, begins=reader.is_new, now=now)


def may_write_by_mail(request: HttpRequest, *, thread_key: str, now: datetime) -> bool:
    """As ``may_write``, for whoever answers by a mailed link."""
    return _counted(request, own=f"thread:{thread_key}", begins=False, now=now)


def _counted(request: HttpRequest, *, own: str, begins: bool, now: datetime) -> bool:
    limits = [
        Limit(f"chat:{own}:now", LINES_IN_TEN_MINUTES, _TEN_MINUTES),
        Limit(f"chat:{own}:day", LINES_A_DAY, _DAY),
    ]
    network = network_of(request)
    if network:
        limits.append(Limit(f"chat:from:{network}", LINES_FROM_A_NETWORK, _HOUR))
        if begins:
            limits.append(Limit(f"chat:begun:{network}", BEGUN_FROM_A_NETWORK, _HOUR))
    uses: Sequence[Sequence[Limit]] = [limits]
    (may,) = allow_each(uses=uses, now=now)
    return may
