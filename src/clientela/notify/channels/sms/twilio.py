"""Twilio: forms with Basic log-in out, forms signed with the account's token in.

It knows no key of ours that would make a repeated call one call, so an answer that got lost leaves the text
*unknown*; the row's id travels in the address of its news, which settles it even then. It answers STOP and START itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from clientela.notify.channels import Result
from clientela.notify.channels.sms.answers import accepted, by_status, later, refused
from clientela.notify.channels.sms.outward import post
from clientela.notify.channels.sms.port import Arrived, Push, TextParcel, Told
from clientela.notify.channels.sms.reading import json_object
from clientela.notify.channels.sms.signature import basic, check_form
from clientela.notify.models import Reason, ReceiptKind
from clientela.platform.outside import Answer
from clientela.rules.stop_words import Keyword

API: Final = "https://api.twilio.com"
SIGNATURE: Final = "x-twilio-signature"
REFERENCE: Final = "ref"
_MOST_FIELDS: Final = 200

# What its numbers say of the address or the text; any other is its own or the account's trouble.
_CODES: Final = {
    "21211": ReceiptKind.INVALID,
    "21214": ReceiptKind.INVALID,
    "21217": ReceiptKind.INVALID,
    "21265": ReceiptKind.INVALID,
    "21610": ReceiptKind.OPTED_OUT,
    "21614": ReceiptKind.LANDLINE,
    "30003": ReceiptKind.BOUNCED_SOFT,
    "30004": ReceiptKind.FILTERED,
    "30005": ReceiptKind.INVALID,
    "30006": ReceiptKind.LANDLINE,
    "30007": ReceiptKind.FILTERED,
    "30008": ReceiptKind.FAILED,
}
_REASONS: Final = {
    ReceiptKind.INVALID: Reason.INVALID_NUMBER,
    ReceiptKind.LANDLINE: Reason.LANDLINE,
    ReceiptKind.OPTED_OUT: Reason.OPTED_OUT,
    ReceiptKind.FILTERED: Reason.CARRIER_FILTERED,
}
_STATES: Final = {
    "sent": ReceiptKind.SENT,
    "delivered": ReceiptKind.DELIVERED,
    "read": ReceiptKind.DELIVERED,
    "undelivered": ReceiptKind.FAILED,
    "failed": ReceiptKind.FAILED,
    "canceled": ReceiptKind.FAILED,
}
_OPTED: Final = {"STOP": Keyword.STOP, "START": Keyword.START, "HELP": Keyword.HELP}


class Twilio:
    """One account: ``account`` is its SID, ``secret`` its auth token, which also signs what it pushes."""

    confirms_keywords = True

    def __init__(self, *, account: str, secret: str, news_url: str) -> None:
        """Speak for one account; ``news_url`` is where it tells what became of texts."""
        self.account = account
        self.secret = secret
        self.news_url = news_url

    def send(self, parcel: TextParcel, *, now: datetime) -> Result:  # noqa: ARG002 -- the port's
        """Create a message; 201 is taken."""
        return post(
            f"{API}/2010-04-01/Accounts/{quote(self.account, safe='')}/Messages.json",
            body=urlencode(self._fields(parcel)).encode("ascii"),
            headers={
                "Content-Type": "application/x-www-form-urlencoded",
                "Authorization": basic(self.account, self.secret),
            },
            meaning=_meaning,
        )

    def read_news(self, push: Push, *, now: datetime) -> list[Told]:
        """Read a status callback."""
        fields = dict(self._genuine(push))
        kind = _STATES.get(fields.get("MessageStatus", ""))
        sid = fields.get("MessageSid", "")
        if kind is None or not sid:
            return []
        code = fields.get("ErrorCode", "")
        if kind is ReceiptKind.FAILED:
            kind = _CODES.get(code, kind)
        query = dict(parse_qsl(urlsplit(push.url).query))
        return [
            Told(
                key=f"{sid}:{fields['MessageStatus']}",
                kind=kind,
                provider_id=sid,
                reference=query.get(REFERENCE, ""),
                code=code,
                at=now,
            )
        ]

    def read_text(self, push: Push, *, now: datetime) -> Arrived | None:  # noqa: ARG002 -- the port's
        """Read a text that came in."""
        fields = dict(self._genuine(push))
        sid, number = fields.get("MessageSid", ""), fields.get("From", "")
        if not sid or not number:
            return None
        return Arrived(
            key=sid,
            number=number,
            body=fields.get("Body", ""),
            keyword=_OPTED.get(fields.get("OptOutType", "")),
        )

    def _fields(self, parcel: TextParcel) -> dict[str, str]:
        return {
            "To": parcel.number,
            "From": parcel.gateway.sender,
            "Body": parcel.body,
            "StatusCallback": f"{self.news_url}?{REFERENCE}={parcel.reference}",
        }

    def _genuine(self, push: Push) -> Sequence[tuple[str, str]]:
        try:
            fields = parse_qsl(
                push.body.decode("utf-8", "replace"),
                keep_blank_values=True,
                max_num_fields=_MOST_FIELDS,
            )
        except ValueError:
            fields = []
        check_form(
            url=push.url,
            fields=fields,
            header=push.headers.get(SIGNATURE, ""),
            secret=self.secret,
        )
        return fields


def _meaning(answer: Answer) -> Result:
    """Say what an answer means. An error with a number of Twilio's own was made before anything was taken."""
    said = json_object(answer.body) or {}
    if 200 <= answer.status < 300:  # noqa: PLR2004 -- HTTP's own class
        return accepted(provider_id=str(said.get("sid", "")), code=str(answer.status))
    code, words = str(said.get("code", "")), str(said.get("message", ""))
    reason = _REASONS.get(_CODES.get(code, ReceiptKind.SENT))
    if reason is not None:
        return refused(reason=reason, code=code, detail=words)
    if code and answer.status >= 500:  # noqa: PLR2004 -- likewise
        return later(code=code, detail=words)
    return by_status(answer.status, detail=words)
