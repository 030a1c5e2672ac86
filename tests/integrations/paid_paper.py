"""What the full paper says of markers and payouts: every word away from its default."""

from __future__ import annotations

from tests.integrations.money_paper import Paper

_VISIT = "ana-prueba-2026-10-25t02-30"
PAID: Paper = {
    "markers": {
        "policies": [{"policy": "channel-strict", "since": "2026-09-30T00:00:00Z"}],
        "corrections": [
            {
                "appointment": _VISIT,
                "to": "returning",
                "ground": "before-records",
                "said_at": "2026-11-01T00:00:00Z",
            }
        ],
    },
    "payouts": {
        "commissions": [
            {
                "service": "talk",
                "professional": "ada",
                "new_share": 5000,
                "returning_share": 4000,
                "valid_from": "2026-10-01",
                "made_at": "2026-09-30T00:00:00Z",
            },
            {"valid_from": "2026-12-01", "made_at": "2026-10-30T00:00:00Z", "service": "group"},
        ],
        "statements": [
            {
                "key": "statement-1",
                "professional": "ada",
                "first_on": "2026-10-25",
                "last_on": "2026-10-31",
                "currency": "EUR",
                "closed_at": "2026-11-01T00:00:00Z",
                "lines": [
                    {
                        "appointment": _VISIT,
                        "on": "2026-10-25",
                        "basis_minor": 1,
                        "newness": "new",
                        "share": 5000,
                        "commission": 1,
                        "amount_minor": 1,
                    }
                ],
            },
            {
                "key": "statement-2",
                "professional": "ada",
                "first_on": "2026-11-01",
                "last_on": "2026-11-07",
                "currency": "EUR",
                "closed_at": "2026-11-08T00:00:00Z",
            },
        ],
        "adjustments": [
            {
                "professional": "ada",
                "appointment": _VISIT,
                "of": "statement-1",
                "taken_up_by": "statement-2",
                "cause": "marked:2",
                "newness": "returning",
                "share": 4000,
                "basis_minor": 1,
                "was_minor": 1,
                "is_minor": 0,
                "made_at": "2026-11-02T00:00:00Z",
            },
            {
                "professional": "ada",
                "appointment": _VISIT,
                "of": "statement-1",
                "cause": "marked:3",
                "newness": "new",
                "share": 5000,
                "basis_minor": 1,
                "was_minor": 0,
                "is_minor": 1,
                "made_at": "2026-11-09T00:00:00Z",
            },
        ],
    },
}
