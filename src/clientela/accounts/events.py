"""Facts about log-ins. Frozen, in the past tense; ids and numbers only, never an address."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from clientela.platform.outbox import Event


@dataclass(frozen=True, kw_only=True)
class ProofReminded(Event):
    """An account that nobody has proved ends in ``days_left`` days; its mailbox is to be told."""

    account_id: UUID
    days_left: int


@dataclass(frozen=True, kw_only=True)
class AddressAsked(Event):
    """A person wants to add an address: the new mailbox is to be asked for its proof.

    The same fact whether or not another account has the address; only the mail to it differs.
    """

    change_id: UUID


@dataclass(frozen=True, kw_only=True)
class AddressProved(Event):
    """An address was added: the mailbox that was the log-in is to be told how to undo it."""

    change_id: UUID


@dataclass(frozen=True, kw_only=True)
class AddressUndone(Event):
    """The former mailbox took an added address back; password and sessions are gone."""

    change_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountErased(Event):
    """A person erased their log-in. Its row is gone: there is nothing to look up."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignUpAsked(Event):
    """Somebody asked for a log-in; what they typed waits sealed in the parcel. Whether the address is free is not known yet."""

    parcel_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResetAsked(Event):
    """Somebody forgot a password; the address they typed waits sealed in the parcel. Whether anybody has it is not known yet."""

    parcel_id: UUID


@dataclass(frozen=True, kw_only=True)
class JoinAsked(Event):
    """A person says that a second account is theirs: a code is to go to each of the two mailboxes.

    The same fact whether or not anybody has an account with the other address.
    """

    join_id: UUID


@dataclass(frozen=True, kw_only=True)
class JoinExpired(Event):
    """Only one of the two mailboxes answered in time: nothing was joined, and both are to be told."""

    join_id: UUID


@dataclass(frozen=True, kw_only=True)
class JoinLapsed(Event):
    """A wish ended before any mailbox had answered: its time was over, or another one took its place."""

    join_id: UUID


@dataclass(frozen=True, kw_only=True)
class JoinRefused(Event):
    """The other mailbox said: that was not me."""

    join_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountsJoined(Event):
    """Both mailboxes answered, and two accounts are one: both are to be told how to undo it."""

    join_id: UUID


@dataclass(frozen=True, kw_only=True)
class JoinUndone(Event):
    """One of the mailboxes parted the accounts again."""

    join_id: UUID
