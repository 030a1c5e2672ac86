"""Who belonged together, as far as the file tells it: enough to say why somebody is a returning client."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from clientela.integrations.business_file.fields import Entry, Id, Instant, Key


class FamilyMemberEntry(Entry):
    """One card in a household; a child names the card that answers for it.

    Without ``until`` it belongs to it still. It ends with the import: only the clients say with whom they live, by
    log-ins that the file does not hold. What each allowed the others is not told for the same reason.
    """

    id: Id | None = None
    client: Key
    role: Literal["adult", "child"] = "adult"
    guardian: Key | None = None
    since: Instant
    until: Instant | None = None

    @model_validator(mode="after")
    def _is_answered_for(self) -> Self:
        if (self.role == "child") != (self.guardian is not None):
            msg = '"guardian" stands at a child, and only there'
            raise ValueError(msg)
        if self.until is not None and self.until < self.since:
            msg = '"until" is before "since"'
            raise ValueError(msg)
        return self


class HouseholdEntry(Entry):
    """A couple or a family."""

    created_at: Instant
    members: list[FamilyMemberEntry] = []
