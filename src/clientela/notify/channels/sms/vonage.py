"""Vonage, by its Messages API: JSON with Basic log-in out, JSON with a signed token in.

The row's id is its ``client_ref``, which comes back with the news. It knows no key that makes a repeated call one call.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from clientela.notify.channels import Result
from clientela.notify.channels.sms.answers import accepted, by_status, later, refused
from clientela.notify.channels.sms.outward import post
from clientela.notify.channels.sms.port import Arrived, NotGenuine, Push, TextParcel, Told
from clientela.notify.channels.sms.reading import json_object, text_of
from clientela.notify.channels.sms.signature import basic, check_token
from clientela.notify.models import Reason, ReceiptKind
from clientela.platform.outside import Answer

API: Final = "https://api.nexmo.com"

_CODES: Final = {
    "1050": ReceiptKind.INVALID,
    "1170": ReceiptKind.INVALID,
    "1180": ReceiptKind.BOUNCED_SOFT,
    "1190": ReceiptKind.INVALID,
    "1200": ReceiptKind.FILTERED,
    "1220": ReceiptKind.FILTERED,
    "1230": ReceiptKind.BOUNCED_SOFT,
    "1240": ReceiptKind.OPTED_OUT,
    "1260": ReceiptKind.FAILED,
    "1280": ReceiptKind.FILTERED,
}
_REASONS: Final = {
    ReceiptKind.INVALID: Reason.INVALID_NUMBER,
    ReceiptKind.OPTED_OUT: Reason.OPTED_OUT,
    ReceiptKind.FILTERED: Reason.CARRIER_FILTERED,
}
_STATES: Final = {
    "submitted": ReceiptKind.SENT,
    "delivered": ReceiptKind.DELIVERED,
    "read": ReceiptKind.DELIVERED,
    "rejected": ReceiptKind.FAILED,
    "undeliverable": ReceiptKind.FAILED,
}


class Vonage:
    """One account: ``account`` is its API key, ``secret`` logs in, ``hook_secret`` is its signature secret."""

    confirms_keywords = False

    def __init__(self, *, account: str, secret: str, hook_secret: str, news_url: str) -> None:
        """Speak for one account; ``news_url`` is where it tells what became of texts."""
        self.account = account
        self.secret = secret
        self.hook_secret = hook_secret
        self.news_url = news_url

    def send(self, parcel: TextParcel, *, now: datetime) -> Result:  # noqa: ARG002 -- the port's
        """Submit a message; 202 is taken."""
        said = {
            "message_type": "text",
            "channel": "sms",
            "to": parcel.number.lstrip("+"),
            "from": parcel.gateway.sender.lstrip("+"),
            "text": parcel.body,
            "client_ref": str(parcel.reference),
            "webhook_url": self.news_url,
            "webhook_version": "v1",
        }
        return post(
            f"{API}/v1/messages",
            body=json.dumps(said).encode(),
            headers={
                "Content-Type": "application/json",
                "Accept": "application/json",
                "Authorization": basic(self.account, self.secret),
            },
            meaning=_meaning,
        )

    def read_news(self, push: Push, *, now: datetime) -> list[Told]:
        """Read a message status."""
        said = self._genuine(push, now=now)
        kind = _STATES.get(text_of(said, "status"))
        name = text_of(said, "message_uuid")
        if kind is None or not name:
            return []
        error = said.get("error")
        fault = error if isinstance(error, dict) else {}
        code = _number(text_of(fault, "type")) or text_of(fault, "title")
        if kind is ReceiptKind.FAILED:
            kind = _CODES.get(code, kind)
        return [
            Told(
                key=f"{name}:{text_of(said, 'status')}",
                kind=kind,
                provider_id=name,
                reference=text_of(said, "client_ref"),
                code=code,
                detail=text_of(fault, "detail"),
                at=now,
            )
        ]

    def read_text(self, push: Push, *, now: datetime) -> Arrived | None:
        """Read a text that came in; other kinds of message are not for us."""
        said = self._genuine(push, now=now)
        name, number = text_of(said, "message_uuid"), text_of(said, "from")
        if not name or not number or text_of(said, "channel") not in {"", "sms"}:
            return None
        return Arrived(
            key=name,
            number=number if number.startswith("+") else f"+{number}",
            body=text_of(said, "text"),
        )

    def _genuine(self, push: Push, *, now: datetime) -> dict[str, Any]:
        claims = check_token(
            body=push.body,
            header=push.headers.get("authorization", ""),
            secret=self.hook_secret,
            now=now,
        )
        if claims.get("api_key", self.account) != self.account:
            raise NotGenuine
        said = json_object(push.body)
        if said is None:
            raise NotGenuine
        return said


def _meaning(answer: Answer) -> Result:
    """Say what an answer means: errors are problem documents whose type ends in a number."""
    said = json_object(answer.body) or {}
    if 200 <= answer.status < 300:  # noqa: PLR2004 -- HTTP's own class
        return accepted(provider_id=text_of(said, "message_uuid"), code=str(answer.status))
    code = _number(text_of(said, "type"))
    words = text_of(said, "detail") or text_of(said, "title")
    reason = _REASONS.get(_CODES.get(code, ReceiptKind.SENT))
    if reason is not None:
        return refused(reason=reason, code=code, detail=words)
    if code and answer.status >= 500:  # noqa: PLR2004 -- likewise
        return later(code=code, detail=words)
    return by_status(answer.status, detail=words)


def _number(kind: str) -> str:
    """Return the number at the end of a problem's type, such as ``…/messages#1240``."""
    end = kind.rpartition("#")[2]
    return end if end.isdecimal() else ""
