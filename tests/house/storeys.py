"""The storeys, bottom up, as the tests of the house read them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "clientela"

# Equal numbers stand side by side.
STOREYS = {
    "rules": 0,
    "platform": 1,
    "accounts": 2,
    "business": 3,
    "people": 4,
    "catalogue": 5,
    "conversations": 5,
    "ledger": 6,
    "schedule": 6,
    "booking": 7,
    "checkout": 8,
    "payouts": 9,
    "support": 10,
    "integrations": 11,
    "notify": 11,
    "policy": 12,
    "api": 13,
    "web": 13,
}

# What puts the house together stands above it all; the auditor stands beside it and shares no code.
COMPOSITION = {"settings", "commands", "serving", "auditor"}


def storey_of(module: str) -> int | None:
    """Return the storey of one of our modules, or None for somebody else's."""
    parts = module.split(".")
    return STOREYS.get(parts[1]) if parts[0] == "clientela" and len(parts) > 1 else None
