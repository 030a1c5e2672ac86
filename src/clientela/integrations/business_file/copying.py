"""The same business under another address."""

from __future__ import annotations

from clientela.integrations.business_file.document import BusinessFile

_SECTIONS = (
    "locations", "professionals", "resources", "services", "packages", "clients", "series", "sessions",
    "appointments", "waiting", "conversations", "sales", "payments", "invoices",
)  # fmt: skip


def copied(document: BusinessFile, *, slug: str) -> BusinessFile:
    """Return the document with that slug and without ids, so that it can stand beside the first."""
    parts = document.model_dump(exclude_defaults=True)
    parts["business"] = {**parts["business"], "slug": slug}
    parts["business"].pop("id", None)
    for section in _SECTIONS:
        for entry in parts.get(section, ()):
            entry.pop("id", None)
            # Why a professional was chosen names the others by their ids, which a copy does not share.
            entry.pop("assigned_because", None)
            entry.get("grant", {}).pop("id", None)
    return BusinessFile.model_validate(parts)
