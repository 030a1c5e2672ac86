"""A gateway of one's own: a small contract of ours (``docs/how-to/send-texts.md``) that any carrier can be put behind.

Out: JSON with a bearer secret. The row's id is its ``Idempotency-Key``, and a gateway that keeps the contract takes
it once. In: JSON signed with HMAC-SHA256 over the second and the bytes.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Final

from clientela.notify.channels import Result
from clientela.notify.channels.sms.answers import accepted, by_status, later, refused
from clientela.notify.channels.sms.outward import is_allowed_url, post
from clientela.notify.channels.sms.port import Arrived, NotGenuine, Push, TextParcel, Told
from clientela.notify.channels.sms.reading import json_object, text_of
from clientela.notify.channels.sms.signature import HEADER, check_timed
from clientela.notify.models import Reason, ReceiptKind
from clientela.platform.outside import Answer
from clientela.rules.stop_words import Keyword

# The words of the contract for a text that will not be taken, and for one that did not arrive.
FAULTS: Final = {
    "landline": ReceiptKind.LANDLINE,
    "invalid-number": ReceiptKind.INVALID,
    "opted-out": ReceiptKind.OPTED_OUT,
    "filtered": ReceiptKind.FILTERED,
    "not-reached": ReceiptKind.BOUNCED_SOFT,
    "failed": ReceiptKind.FAILED,
}
_REASONS: Final = {
    ReceiptKind.LANDLINE: Reason.LANDLINE,
    ReceiptKind.INVALID: Reason.INVALID_NUMBER,
    ReceiptKind.OPTED_OUT: Reason.OPTED_OUT,
    ReceiptKind.FILTERED: Reason.CARRIER_FILTERED,
}
_STATES: Final = {"sent": ReceiptKind.SENT, "delivered": ReceiptKind.DELIVERED, **FAULTS}
_TAKEN_BEFORE: Final = 409


class OwnGateway:
    """One gateway: ``secret`` is what we show it, ``hook_secret`` what it signs with."""

    confirms_keywords = False

    def __init__(self, *, url: str, secret: str, hook_secret: str, news_url: str) -> None:
        """Speak to one address; ``news_url`` is where it tells what became of texts."""
        self.url = url
        self.secret = secret
        self.hook_secret = hook_secret
        self.news_url = news_url

    def send(self, parcel: TextParcel, *, now: datetime) -> Result:  # noqa: ARG002 -- the port's
        """Post one text; any 2xx is taken, and 409 says that it was taken before."""
        if not is_allowed_url(self.url):
            return later(detail="not an https address", is_unreachable=True)
        said = {
            "id": str(parcel.reference),
            "to": parcel.number,
            "from": parcel.gateway.sender,
            "text": parcel.body,
            "news_url": self.news_url,
        }
        return post(
            self.url,
            body=json.dumps(said).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.secret}",
                "Idempotency-Key": str(parcel.reference),
            },
            meaning=_meaning,
        )

    def read_news(self, push: Push, *, now: datetime) -> list[Told]:
        """Read what became of a text."""
        said = self._genuine(push, now=now)
        kind = _STATES.get(text_of(said, "status"))
        name, key = text_of(said, "id"), text_of(said, "event")
        if kind is None or not name:
            return []
        return [
            Told(
                key=key or f"{name}:{text_of(said, 'status')}",
                kind=kind,
                provider_id=text_of(said, "gateway_id"),
                reference=name,
                code=text_of(said, "code"),
                detail=text_of(said, "detail"),
                at=_moment(text_of(said, "at"), now=now),
            )
        ]

    def read_text(self, push: Push, *, now: datetime) -> Arrived | None:
        """Read a text that came in."""
        said = self._genuine(push, now=now)
        name, number = text_of(said, "event"), text_of(said, "from")
        if not name or not number:
            return None
        opted = text_of(said, "took_for")
        return Arrived(
            key=name,
            number=number,
            body=text_of(said, "text"),
            keyword=Keyword(opted) if opted in {Keyword.STOP, Keyword.START} else None,
        )

    def _genuine(self, push: Push, *, now: datetime) -> dict[str, Any]:
        check_timed(
            body=push.body, header=push.headers.get(HEADER, ""), secret=self.hook_secret, now=now
        )
        said = json_object(push.body)
        if said is None:
            raise NotGenuine
        return said


def _meaning(answer: Answer) -> Result:
    said = json_object(answer.body) or {}
    if 200 <= answer.status < 300 or answer.status == _TAKEN_BEFORE:  # noqa: PLR2004 -- HTTP's own class
        return accepted(provider_id=text_of(said, "id"), code=str(answer.status))
    word, words = text_of(said, "error"), text_of(said, "detail")
    reason = _REASONS.get(FAULTS.get(word, ReceiptKind.SENT))
    if reason is not None and answer.status < 500:  # noqa: PLR2004 -- likewise
        return refused(reason=reason, code=word, detail=words)
    return by_status(answer.status, detail=words)


def _moment(said: str, *, now: datetime) -> datetime:
    """Return when it happened: as said, if that is a moment that has been; else now."""
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return now
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return min(found, now)
