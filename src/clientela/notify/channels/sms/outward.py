"""The one way out to gateways: one bounded post, and what silence means.

An owner types the address of a gateway of theirs, and the installation posts there: it must be a public one
(``platform/outside.py``), except in a demo or a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from clientela.notify.channels import Result
from clientela.notify.channels.sms.answers import ambiguous, later
from clientela.platform.failpoints import failpoint
from clientela.platform.outside import Answer, NotPublic, Silence, call

ANSWER_SECONDS: Final = 10.0
_LONGEST: Final = 300


def post(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    meaning: Callable[[Answer], Result],
) -> Result:
    """Post once and return what the answer means; never raises for what happens on the way."""
    try:
        answer = call(
            url=url,
            headers=headers,
            body=body,
            may_be_private=may_reach_inside(),
            answer_seconds=ANSWER_SECONDS,
        )
    except NotPublic:
        return later(detail="not a public address", is_unreachable=True)
    except Silence as silence:
        if silence.may_have_arrived:
            return ambiguous(detail=str(silence))
        return later(detail=str(silence), is_unreachable=True)
    failpoint("notify.sms.answered")
    return meaning(answer)


def may_reach_inside() -> bool:
    """Whether a gateway may stand on this machine: in a demo or a test only."""
    return bool(settings.DEMO or settings.TESTING)


def is_allowed_url(url: str) -> bool:
    """Whether a gateway's address has the right shape: https, a host, no user name. Where it leads is asked at each call."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ({"https", "http"} if may_reach_inside() else {"https"})
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and (port is None or port > 0)
        and len(url) <= _LONGEST
        and url.isascii()
        and url.isprintable()
        and " " not in url
    )
