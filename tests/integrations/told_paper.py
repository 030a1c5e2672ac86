"""A series, a place on the waiting list, the messages and the conversations of the document in which nothing is at its default."""

from __future__ import annotations

from tests.integrations.money_paper import Paper, row_id as _id

EVERY_OTHER_WEEK: Paper = {
    "key": "ana-prueba",
    "id": _id(13),
    "client": "ana-prueba",
    "service": "talk",
    "every_weeks": 2,
    "count": 3,
    "created_at": "2026-02-01T00:00:00Z",
}

STILL_WAITING: Paper = {
    "id": _id(98),
    "client": "ana-prueba",
    "service": "talk",
    "location": "milan",
    "professional": "ada",
    "first_day": "2026-12-01",
    "last_day": "2026-12-14",
    "from_minute": 540,
    "until_minute": 720,
    "language": "es",
    "zone": "America/New_York",
    "address_used": "ana@example.com",
    "joined_by": "client",
    "state": "left",
    "told_at": "2026-11-20T00:00:00Z",
    "ended_at": "2026-11-21T00:00:00Z",
    "created_at": "2026-11-19T00:00:00Z",
}

HOUSEHOLD: Paper = {
    "created_at": "2026-11-01T00:00:00Z",
    "members": [
        {
            "id": _id(60),
            "client": "ana-prueba",
            "since": "2026-11-01T00:00:00Z",
            "until": "2026-11-20T00:00:00Z",
        },
        {
            "id": _id(61),
            "client": "client",
            "role": "child",
            "guardian": "ana-prueba",
            "since": "2026-11-02T00:00:00Z",
            "until": "2026-11-20T00:00:00Z",
        },
    ],
}

TOLD: Paper = {
    "messages": {
        "quiet_from_minute": 1320,
        "quiet_until_minute": None,
        "balance_low_at": 2,
        "rules": [
            {
                "rule": "reminder",
                "recipient": "client",
                "service": "talk",
                "timing": "day:1@540",
                "is_on": False,
                "by_email": False,
                "by_sms": True,
                "by_push": True,
                "created_at": "2026-01-05T00:00:00Z",
            },
            {
                "rule": "confirmation",
                "recipient": "client",
                "created_at": "2026-01-06T00:00:00Z",
            },
        ],
        "templates": [
            {
                "rule": "change",
                "language": "it",
                "channel": "email",
                "subject": "Un'altra ora",
                "body": "Caro {name},\n{when}",
                "version": 3,
                "changed_at": "2026-01-07T00:00:00Z",
            },
        ],
        "addresses": [
            {
                "channel": "sms",
                "address": "+393120000001",
                "trouble": "stopped",
                "because": "keyword",
                "detail": "STOP",
                "since": "2026-02-02T00:00:00Z",
                "delivered_at": "2026-02-01T00:00:00Z",
                "events": [
                    {
                        "trouble": "stopped",
                        "because": "keyword",
                        "detail": "STOP",
                        "said_at": "2026-02-02T00:00:00Z",
                    }
                ],
            }
        ],
    },
    "conversations": [
        {
            "id": _id(21),
            "medium": "sms",
            "address": "+393120000001",
            "client": "ana-prueba",
            "unread": 1,
            "last_at": "2026-02-02T00:00:00Z",
            "closed_at": "2026-02-03T00:00:00Z",
            "created_at": "2026-02-01T00:00:00Z",
            "entries": [
                {"direction": "out", "body": "Alle 10?\nO dopo", "said_at": "2026-02-01T00:00:00Z"},
                {
                    "direction": "in",
                    "body": "STOP",
                    "key": "SM1",
                    "keyword": "stop",
                    "said_at": "2026-02-02T00:00:00Z",
                },
            ],
        },
    ],
}

STILL_HELD: Paper = {
    "id": _id(19),
    "client": "client",
    "service": "talk",
    "professional": "ada-2",
    "location": "milan",
    "starts": "2026-12-03T10:00",
    "at": "2026-12-03T09:00:00Z",
    "tzdata": "2026a",
    "status": "held",
    "redemption": "pending",
    "held_until": "2026-11-24T11:00:00Z",
    "created_at": "2026-11-24T10:30:00Z",
}
