"""Two documents: the small example of the reference, and one in which nothing is at its default."""

from __future__ import annotations

import copy
import json
import re
from datetime import UTC, datetime
from pathlib import Path

from tests.integrations.joined_paper import JOINED
from tests.integrations.money_paper import MONEY, Paper, row_id as _id
from tests.integrations.paid_paper import PAID
from tests.integrations.told_paper import (
    EVERY_OTHER_WEEK,
    HOUSEHOLD,
    STILL_HELD,
    STILL_WAITING,
    TOLD,
)

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs/reference/business-file.md"
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def example() -> Paper:
    """The example of docs/reference/business-file.md, as a reader copies it."""
    found = re.search(r"```json\n(.*?)```", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    paper: Paper = json.loads(found[1])
    return paper


def text(paper: Paper) -> str:
    return json.dumps(paper, ensure_ascii=False)


def full() -> Paper:
    """Everything there is to say, said: every word of the format, away from its default."""
    return copy.deepcopy(_FULL)


_FULL: Paper = {
    "clientela": 2,
    "anchor": "2026-11-23",
    "business": {
        "slug": "all-said",
        "id": _id(1),
        "name": "All Said",
        "tagline": "Everything",
        "language": "it",
        "currency": "JPY",
        "email": "hello@example.com",
        "phone": "+39 02 0000 0000",
        "hue": 320,
        "vivid": "bold",
        "is_open": False,
        "created_at": "2024-02-29T23:59:59.123456Z",
        "policy": {
            "client_may_reschedule": False,
            "reschedule_closes_minutes": 1,
            "client_may_cancel": False,
            "cancel_closes_minutes": 2,
            "cancel_free_minutes": 7,
            "no_show_forfeits": False,
            "zone_mode": "locked",
            "phone_field": "required",
            "online_booking": False,
            "client_login": "required",
            "notification_gate": "activated_only",
        },
        "selling": {
            "legal_name": "All Said S.r.l.",
            "tax_id": "IT00000000000",
            "legal_address": "Via 1\n20100 Milano",
            "invoice_series": "A",
            "invoice_note": "Thank you",
            "takes_cash": False,
            "takes_terminal": False,
            "takes_transfer": False,
            "transfer_text": "IBAN",
            "cancel_gives": "money",
            "hold_minutes": 15,
        },
    },
    "locations": [
        {
            "key": "milan",
            "id": _id(2),
            "name": "Milan",
            "zone": "Europe/Rome",
            "street": "Via 1",
            "postcode": "20100",
            "city": "Milano",
            "country": "IT",
            "phone": "02",
        },
        {
            "key": "howe",
            "id": _id(3),
            "name": "Howe",
            "zone": "Australia/Lord_Howe",
            "is_active": False,
        },
    ],
    "professionals": [
        {
            "key": "ada",
            "id": _id(4),
            "name": "Ada",
            "title": "Dr",
            "about": "One\nTwo",
            "email": "ada@example.com",
            "hue": 70,
            "is_online": False,
            "is_active": False,
        },
        {"key": "ada-2", "id": _id(5), "name": "Ada"},
    ],
    "resources": [
        {
            "key": "room",
            "id": _id(6),
            "kind": "room",
            "name": "Room",
            "location": "howe",
            "hue": 30,
            "is_active": False,
        },
        {"key": "laser", "id": _id(7), "kind": "equipment", "name": "Laser"},
    ],
    "services": [
        {
            "key": "talk",
            "id": _id(8),
            "name": "Talk",
            "description": "Words",
            "duration_minutes": 50,
            "buffer_before_minutes": 5,
            "buffer_after_minutes": 10,
            "price_minor": 8000,
            "grid_minutes": 30,
            "lead_minutes": 3,
            "horizon_days": 10,
            "opens_sessions": True,
            "needs_approval": True,
            "is_remote": True,
            "is_online": False,
            "is_active": False,
            "reschedule_closes_minutes": 4,
            "cancel_closes_minutes": 5,
            "cancel_free_minutes": 6,
            "needs_credits": True,
            "tax_basis_points": 2200,
            "single_valid_days": 30,
            "pays_online": "deposit",
            "deposit_minor": 1000,
            "no_show_fee_minor": 2000,
            "professionals": ["ada", "ada-2"],
            "needs": [
                {"name": "Place", "any_of": ["room"]},
                {"name": "Light", "any_of": ["room", "laser"]},
            ],
        },
        {"key": "group", "id": _id(9), "name": "Group", "duration_minutes": 60, "capacity": 3},
    ],
    "packages": [
        {
            "key": "ten-talks",
            "id": _id(20),
            "name": "Ten talks",
            "description": "And a group",
            "credits": 10,
            "price_minor": 12200,
            "tax_basis_points": 2200,
            "valid_count": 180,
            "valid_unit": "day",
            "sold_online": "anyone",
            "is_active": False,
            "services": ["talk", "group"],
        },
    ],
    "staff": [
        {
            "email": "ada@example.com",
            "name": "Ada L",
            "role": "professional",
            "professional": "ada",
        },
        {"email": "owner@example.com", "name": "Olga", "role": "owner"},
    ],
    "hours": [
        {
            "resource": "ada",
            "location": "milan",
            "valid_from": "2026-01-01",
            "valid_until": "2027-01-01",
            "week": {"mon": ["00:00-02:00", "22:00-24:00"], "sun": ["09:00-09:05"]},
        },
        {"resource": "room", "location": "howe", "week": {"tue": ["10:00-11:00"]}},
    ],
    "exceptions": [
        {"resource": "ada", "location": "milan", "on": "2026-12-01", "open": [], "note": "Away"},
        {
            "resource": "ada-2",
            "location": "howe",
            "on": "2026-12-01",
            "open": ["01:00-02:00", "03:00-04:00"],
        },
    ],
    "time_off": [
        {
            "resource": "laser",
            "starts": "2026-10-25T02:30 again",
            "ends": "2026-10-25T03:00",
            "reason": "Repair",
        }
    ],
    "closures": [
        {"location": "howe", "from_on": "2026-12-25", "until_on": "2026-12-27", "reason": "Rest"}
    ],
    **TOLD,
    "clients": [
        {
            "key": "ana-prueba",
            "id": _id(10),
            "name": "Ana Prueba",
            "contacts": [
                {
                    "id": _id(62),
                    "email": "ana@example.com",
                    "written": "Ana@Example.com",
                    "for_notifications": False,
                    "verified_at": "2026-01-01T00:00:00Z",
                    "created_at": "2026-01-02T00:00:00Z",
                },
                {
                    "id": _id(63),
                    "phone": "+393120000001",
                    "written": "312 000 0001",
                    "created_at": "2026-01-03T00:00:00Z",
                },
            ],
            "language": "es",
            "zone": "America/New_York",
            "birthday": "1980-02-29",
            "note": "A note\nin two lines",
            "notify_by": "none",
            "wants_follow_up": False,
            "quiet_from_minute": 1200,
            "quiet_until_minute": 600,
            "consents": [
                {
                    "id": _id(64),
                    "purpose": "follow-up",
                    "notify_by": "email_and_sms",
                    "how": "activation",
                    "text_version": "2026-11",
                    "said_at": "2026-01-04T00:00:00Z",
                },
                {
                    "id": _id(65),
                    "notify_by": "none",
                    "how": "stop-link",
                    "text_version": "2026-11",
                    "said_at": "2026-01-05T00:00:00Z",
                },
            ],
            "bound_to": "ada",
            "login_email": "login@example.com",
            "is_provisional": True,
            "created_at": "2026-01-01T00:00:00Z",
        },
        {
            "key": "ana-prueba-2",
            "id": _id(11),
            "name": "Ana Prueba",
            "merged_into": "ana-prueba",
            "merged_at": "2026-02-01T00:00:00Z",
            "created_at": "2026-01-01T00:00:00Z",
        },
        {
            "key": "client",
            "id": _id(12),
            "name": "安娜",
            "erased_at": "2026-03-01T00:00:00Z",
            "created_at": "2026-01-01T00:00:00Z",
        },
    ],
    "series": [EVERY_OTHER_WEEK],
    "sessions": [
        {
            "key": "group-2026-12-01t10-00",
            "id": _id(14),
            "service": "group",
            "professional": "ada-2",
            "location": "milan",
            "starts": "2026-12-01T10:00",
            "at": "2026-12-01T09:00:00Z",
            "promised_zone": "Europe/Madrid",
            "tzdata": "2026a",
            "duration_minutes": 90,
            "buffer_before_minutes": 5,
            "buffer_after_minutes": 15,
            "resources": ["laser"],
            "seats": 2,
            "opened_by_client": True,
            "created_at": "2026-03-01T00:00:00Z",
        },
        {
            "key": "group-2026-12-02t10-00",
            "id": _id(15),
            "service": "group",
            "professional": "ada-2",
            "location": "milan",
            "starts": "2026-12-02T10:00",
            "at": "2026-12-02T09:00:00Z",
            "tzdata": "2026a",
            "cancelled_at": "2026-03-02T00:00:00Z",
            "created_at": "2026-03-01T00:00:00Z",
        },
    ],
    "appointments": [
        {
            "key": "ana-prueba-2026-10-25t02-30",
            "id": _id(16),
            "client": "ana-prueba",
            "service": "talk",
            "professional": "ada",
            "location": "milan",
            "starts": "2026-10-25T02:30 again",
            "at": "2026-10-25T01:30:00Z",
            "promised_zone": "Europe/Madrid",
            "tzdata": "2026a",
            "duration_minutes": 55,
            "buffer_before_minutes": 0,
            "buffer_after_minutes": 20,
            "resources": ["room", "laser"],
            "series": "ana-prueba",
            "status": "attended",
            "redemption": "redeemed",
            "zone": "America/New_York",
            "device_zone": "Asia/Tokyo",
            "channel": "web",
            "door": "booking-page",
            "address_used": "ana@example.com",
            "phone_used": "+393120000001",
            "language": "es",
            "price_minor": 1,
            "currency": "EUR",
            "client_note": "Please",
            "staff_note": "Done",
            "assigned_because": {"reason": "fewest-minutes", "compared": []},
            "client_confirmed_at": "2026-10-20T00:00:00Z",
            "hidden_at": "2026-11-23T00:00:00Z",
            "sequence": 3,
            "created_at": "2026-10-01T00:00:00Z",
            "changed_at": "2026-10-02T00:00:00Z",
        },
        {
            "id": _id(17),
            "key": "ana-prueba-2-2026-11-30t10-00",
            "client": "ana-prueba-2",
            "service": "talk",
            "professional": "ada",
            "location": "howe",
            "starts": "2026-11-30T10:00",
            "at": "2026-11-29T23:00:00Z",
            "tzdata": "2026a",
            "status": "cancelled",
            "redemption": "returned",
            "cancelled_at": "2026-10-03T00:00:00Z",
            "cancelled_because": "in-time",
            "created_at": "2026-10-01T00:00:00Z",
        },
        {
            "id": _id(18),
            "client": "client",
            "service": "group",
            "professional": "ada-2",
            "location": "milan",
            "starts": "2026-12-01T10:00",
            "at": "2026-12-01T09:00:00Z",
            "tzdata": "2026a",
            "session": "group-2026-12-01t10-00",
            "seat": 2,
            "status": "requested",
            "created_at": "2026-10-01T00:00:00Z",
        },
        STILL_HELD,
    ],
    "waiting": [STILL_WAITING],
    "households": [HOUSEHOLD],
    **JOINED,
    **PAID,
    **MONEY,
}
