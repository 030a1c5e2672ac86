"""Who acts: the plain value every action is told, and every audit line keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


class ActorKind(StrEnum):
    """The kinds of people and machines that can ask for something."""

    GUEST = "guest"
    CLIENT = "client"
    STAFF = "staff"
    API = "api"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts. Ids and words only: no name, no address.

    `role` is the word of the membership ("owner", "front-desk"); `label` names a token or a job.
    """

    kind: ActorKind
    account_id: UUID | None = None
    role: str | None = None
    label: str = ""

    @classmethod
    def guest(cls) -> Actor:
        """Someone without a log-in, holding at most a link."""
        return cls(ActorKind.GUEST)

    @classmethod
    def client(cls, account_id: UUID) -> Actor:
        """A person signed in to the client's own pages."""
        return cls(ActorKind.CLIENT, account_id=account_id)

    @classmethod
    def staff(cls, account_id: UUID, role: str) -> Actor:
        """A member of a business, acting with one role."""
        return cls(ActorKind.STAFF, account_id=account_id, role=role)

    @classmethod
    def api(cls, label: str) -> Actor:
        """A program holding a token; `label` is the token's public name."""
        return cls(ActorKind.API, label=label)

    @classmethod
    def system(cls, label: str) -> Actor:
        """The installation itself; `label` names the job or the command."""
        return cls(ActorKind.SYSTEM, label=label)

    @property
    def is_staff(self) -> bool:
        """Whether a member of the business acts (not its client, not a machine)."""
        return self.kind is ActorKind.STAFF
