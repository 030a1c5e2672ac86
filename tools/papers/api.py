"""docs/reference/openapi.json, the committed snapshot of the API, and docs/reference/api.md for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientela.api import description
from clientela.api.messages import FIELD_WORDS, MESSAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = """# The API, version 1

*Printed by `make papers` from `clientela/api/`; the same description for programs is [openapi.json](openapi.json),
at every installation `/api/v1/openapi.json`, and for people `/api/docs`.*

Bodies and answers are JSON. Times are ISO 8601 with an offset, dates `YYYY-MM-DD`, amounts whole numbers of the
currency's smallest unit. What is written here stays: fields and reason words may be added in version 1, none
changes its meaning or goes.

## Who calls

- **Anyone** reads what a business publishes and books, as on the booking page. At most 60 bookings an hour come
  from one address at one business; then 429 with `Retry-After`.
- **A program of the business** sends `Authorization: Bearer cl_…`. A token is made with `clientela token`, reads or
  reads and writes, and opens one business. It is shown once and kept as a digest; revoked, it is refused at the
  next request. It books within the booking window, as clients do; moving and cancelling it acts for the business,
  which its clients' cut-offs do not bind.
- **A client** sends `X-Manage-Token: …`, the last part of the appointment's `manage_url`. It opens that appointment
  only. In a header, not in the address: addresses end up in logs.

Pages of other sites may call what anyone may, and with a manage link (`Access-Control-Allow-Origin: *`): the API
looks at no cookie, so there is no session to abuse. `Authorization` is not allowed from other sites' pages: a token
belongs on a server. Answers are never stored on the way (`Cache-Control: no-store`).

## Twice by mistake

`Idempotency-Key: <your own word>` on a booking, a move, a sale, a payment or a refund: the same request with the same key within seven days acts
once and gets the same answer. The same key with another request is refused (422 `idempotency-key-reused`).

## An example

```
curl https://book.example.com/api/v1/businesses/fisio/availability?service=…\\&from=2026-11-24\\&to=2026-11-30
{"zone":"Europe/Madrid","starts":["2026-11-24T09:00:00+01:00","2026-11-24T09:15:00+01:00"]}

curl -H 'Content-Type: application/json' -H 'Idempotency-Key: web-4711' \\
  -d '{"service":"…","start":"2026-11-24T09:00:00+01:00","client":{"name":"Ana","email":"ana@example.com"}}' \\
  https://book.example.com/api/v1/businesses/fisio/appointments
```

201 answers with the appointment. If somebody else was first, 409:

```
{"reason":"slot-taken","message":"That time was just taken. Nothing was booked.","fields":{},
 "alternatives":[{"start":"2026-11-24T09:15:00+01:00","professionals":["…"]}]}
```
"""


def snapshot() -> str:
    """Return the OpenAPI document; a change of the API shows in its diff."""
    return description.as_text()


def page() -> str:
    """Return the page."""
    schema = description.document()
    parts = [_HEAD]
    for tag, rows in description.groups(schema):
        parts.append(f"\n## {tag}\n")
        parts += [_operation(row) for row in rows]
    parts.append(
        "\n## When the answer is no\n\n400 unreadable · 401, 403 who you are · 404 not there or not yours"
    )
    parts.append(
        " · 405 method · 409 somebody was first · 422 not possible as asked · 429 too often.\n"
    )
    parts.append(_words("`reason`", MESSAGES))
    parts.append(_words("word in `fields`, when the reason is `invalid`", FIELD_WORDS))
    return "".join(parts)


def _operation(row: dict[str, Any]) -> str:
    text = "\n\n".join(row["paragraphs"])
    lines = [
        f"\n### {row['summary']}\n\n`{row['method']} {row['path']}` · {row['who']}\n\n{text}\n"
    ]
    if row["asked"]:
        lines.append("\n| Parameter | Where | Kind | Meaning |\n|---|---|---|---|\n")
        lines += [
            f"| `{one['name']}` | {one['in']}{'' if one['required'] else ', optional'} | {one['type']} | {one['text']} |\n"
            for one in row["asked"]
        ]
    for title, fields, asked in (
        ("Body", row["body"], True),
        (
            f"Answer {row['success']}{', a list of' if row['gives_list'] else ''}",
            row["gives"],
            False,
        ),
    ):
        if fields:
            lines.append(f"\n| {title} | Kind | Meaning |\n|---|---|---|\n")
            lines += [_field(one, asked=asked) for one in fields]
    codes = ", ".join(str(code) for code in row["refusals"])
    return "".join(lines) + f"\nRefusals: {codes}.\n"


def _field(one: dict[str, Any], *, asked: bool) -> str:
    optional = ", optional" if asked and not one["required"] else ""
    return f"| `{one['name']}` | {one['type']}{optional} | {one['text']} |\n"


def _words(title: str, words: Mapping[str, str]) -> str:
    rows = "".join(f"| `{word}` | {text} |\n" for word, text in sorted(words.items()))
    return f"\n| {title} | Meaning |\n|---|---|\n{rows}"
