"""Whose credit stands for whose appointment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.money import RedemptionEntry


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose each appointment is, by its cause, and in which households each client, or who was joined to them, was."""

    client: Mapping[str, str]
    households: Mapping[str, set[int]]

    @classmethod
    def of(cls, document: BusinessFile) -> Self:
        """Read the document once."""
        into = {one.key: one.merged_into or one.key for one in document.clients}
        households: dict[str, set[int]] = defaultdict(set)
        for place, household in enumerate(document.households):
            for member in household.members:
                households[member.client].add(place)
                households[into.get(member.client, member.client)].add(place)
        clients = {
            f"appointment:{{appointments/{one.key}}}": one.client
            for one in document.appointments
            if one.key
        }
        return cls(clients, households)

    def wrong(self, entry: RedemptionEntry, *, owner: str) -> str | None:
        """Return what is wrong with a credit of ``owner`` that stands: lent or not, or to whom."""
        client = self.client.get(entry.cause)
        if client is None or client == owner:
            return None
        if not entry.lent:
            return f'is false, but the appointment is of "{client}"'
        if not self.households.get(client, set()) & self.households.get(owner, set()):
            return f'to "{client}", who was never in a household with "{owner}"'
        return None
