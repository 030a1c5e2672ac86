"""The books of the document in which nothing is at its default."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

Paper = dict[str, Any]


def row_id(number: int) -> str:
    return f"01a20000-0000-7000-8000-{number:012x}"


_CAUSES = [
    "appointment:{appointments/ana-prueba-2026-10-25t02-30}",
    "appointment:{appointments/ana-prueba-2-2026-11-30t10-00}",
]
_DOCUMENT = b"%PDF-1.7 of a test"


def _moved(out_of: str, into: str, unit: str, amount: int, cause: str, on: str) -> Paper:
    return {
        "out_of": out_of,
        "into": into,
        "unit": unit,
        "amount": amount,
        "cause": cause,
        "happened_on": on,
        "recorded_at": f"{on}T12:00:00Z",
    }


_TEN = "credit:package:{packages/ten-talks}"
_GRANT = "{grants/ana-prueba}"
MONEY: Paper = {
    "sales": [
        {
            "key": "ana-prueba",
            "id": row_id(30),
            "client": "ana-prueba",
            "kind": "package",
            "package": "ten-talks",
            "professional": "ada",
            "name": "Ten talks",
            "credits": 10,
            "price_minor": 12200,
            "net_minor": 10000,
            "tax_minor": 2200,
            "tax_basis_points": 2200,
            "currency": "EUR",
            "sold_on": "2026-10-01",
            "applies_on": "2026-09-30",
            "valid_until": "2027-03-29",
            "state": "partly_paid",
            "returned_minor": 1220,
            "door": "desk",
            "by_kind": "staff",
            "sold_at": "2026-10-01T12:00:00Z",
            "changed_at": "2026-10-03T12:00:00Z",
            "grant": {
                "id": row_id(31),
                "unit": _TEN,
                "services": ["talk", "group"],
                "granted_at": "2026-10-01T12:00:01Z",
                "redemptions": [
                    {
                        "number": 1,
                        "cause": _CAUSES[0],
                        "turn": 1,
                        "on": "2026-10-25",
                        "redeemed_at": "2026-10-01T12:00:00Z",
                    },
                    {
                        "number": 2,
                        "cause": _CAUSES[1],
                        "turn": 1,
                        "on": "2026-11-30",
                        "forfeited": True,
                        "lent": True,
                        "redeemed_at": "2026-10-01T12:00:00Z",
                        "released_at": "2026-10-03T12:00:00Z",
                    },
                ],
            },
        },
        {
            "key": "client",
            "id": row_id(32),
            "client": "client",
            "kind": "single",
            "service": "talk",
            "name": "Talk",
            "credits": 1,
            "price_minor": 8000,
            "net_minor": 8000,
            "tax_minor": 0,
            "sold_on": "2026-10-02",
            "applies_on": "2026-10-02",
            "cause": _CAUSES[1],
            "state": "refunded",
            "returned_minor": 8000,
            "sold_at": "2026-10-02T12:00:00Z",
            "changed_at": "2026-10-03T12:00:00Z",
            "voided_at": "2026-10-03T12:00:00Z",
            "voided_because": "A mistake",
            "grant": {
                "id": row_id(33),
                "unit": "credit:service:{services/talk}",
                "services": ["talk"],
                "closed_at": "2026-10-03T12:00:00Z",
            },
        },
    ],
    "payments": [
        {
            "key": "ana-prueba",
            "id": row_id(34),
            "sale": "ana-prueba",
            "method": "cash",
            "amount_minor": 5000,
            "currency": "EUR",
            "paid_on": "2026-10-01",
            "recorded_at": "2026-10-01T12:00:00Z",
            "by_kind": "staff",
            "note": "Half of it",
        },
        {
            "key": "client",
            "id": row_id(35),
            "sale": "client",
            "method": "online",
            "amount_minor": 8000,
            "provider": "simulator",
            "provider_ref": "pay_1",
            "paid_on": "2026-10-02",
            "recorded_at": "2026-10-02T12:00:00Z",
        },
        {
            "key": "client-2",
            "id": row_id(36),
            "sale": "client",
            "kind": "refund",
            "refund_of": "client",
            "method": "online",
            "amount_minor": 8000,
            "provider": "simulator",
            "provider_ref": "back_1",
            "paid_on": "2026-10-03",
            "recorded_at": "2026-10-03T12:00:00Z",
        },
    ],
    "invoices": [
        {
            "key": "a-2026-1",
            "id": row_id(37),
            "sale": "ana-prueba",
            "series": "A-2026",
            "number": 1,
            "issued_on": "2026-10-01",
            "issued_at": "2026-10-01T12:00:00Z",
            "gross_minor": 12200,
            "net_minor": 10000,
            "tax_minor": 2200,
            "currency": "EUR",
            "facts": {"buyer": {"name": "Ana"}, "lines": [1, 2]},
            "document": base64.b64encode(_DOCUMENT).decode(),
            "digest": hashlib.sha256(_DOCUMENT).hexdigest(),
        },
        {
            "key": "a-2026-2",
            "id": row_id(38),
            "sale": "ana-prueba",
            "kind": "credit_note",
            "corrects": "a-2026-1",
            "series": "A-2026",
            "number": 2,
            "issued_on": "2026-10-03",
            "issued_at": "2026-10-03T12:00:00Z",
            "gross_minor": 1220,
            "net_minor": 1000,
            "tax_minor": 220,
            "currency": "EUR",
            "facts": {},
            "document": base64.b64encode(_DOCUMENT).decode(),
            "digest": hashlib.sha256(_DOCUMENT).hexdigest(),
        },
    ],
    "movements": [
        _moved("earned", "owed:{sales/ana-prueba}", "EUR", 10000, "sale:{sales/ana-prueba}:earned", "2026-10-01"),
        _moved("tax", "owed:{sales/ana-prueba}", "EUR", 2200, "sale:{sales/ana-prueba}:tax", "2026-10-01"),
        _moved("issued", f"open:{_GRANT}", _TEN, 10, "sale:{sales/ana-prueba}:granted", "2026-10-01"),
        _moved(f"open:{_GRANT}", f"used:{_GRANT}", _TEN, 1, f"{_CAUSES[0]}:redeem:1", "2026-10-01"),
        _moved(f"open:{_GRANT}", f"used:{_GRANT}", _TEN, 1, f"{_CAUSES[1]}:redeem:1", "2026-10-01"),
        _moved("owed:{sales/ana-prueba}", "till:cash", "EUR", 5000, "payment:{payments/ana-prueba}", "2026-10-01"),
        _moved("earned", "owed:{sales/client}", "JPY", 8000, "sale:{sales/client}:earned", "2026-10-02"),
        _moved("issued", "open:{grants/client}", "credit:service:{services/talk}", 1, "sale:{sales/client}:granted", "2026-10-02"),
        _moved("owed:{sales/client}", "till:online", "JPY", 8000, "payment:{payments/client}", "2026-10-02"),
        _moved(f"used:{_GRANT}", f"forfeited:{_GRANT}", _TEN, 1, f"{_CAUSES[1]}:forfeit:1", "2026-10-03"),
        _moved(f"forfeited:{_GRANT}", f"open:{_GRANT}", _TEN, 1, f"{_CAUSES[1]}:release:1", "2026-10-03"),
        _moved("owed:{sales/ana-prueba}", "earned", "EUR", 1000, "sale:{sales/ana-prueba}:returned-to-1220:earned", "2026-10-03"),
        _moved("owed:{sales/ana-prueba}", "tax", "EUR", 220, "sale:{sales/ana-prueba}:returned-to-1220:tax", "2026-10-03"),
        _moved("open:{grants/client}", "issued", "credit:service:{services/talk}", 1, "sale:{sales/client}:taken-back", "2026-10-03"),
        _moved("owed:{sales/client}", "earned", "JPY", 8000, "sale:{sales/client}:returned-to-8000:earned", "2026-10-03"),
        _moved("till:online", "owed:{sales/client}", "JPY", 8000, "refund:{payments/client-2}", "2026-10-03"),
    ],
}  # fmt: skip
