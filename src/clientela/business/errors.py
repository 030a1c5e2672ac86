"""What business/ may refuse, in the words that page, API and audit share."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class NameMissing(Refusal):
    """Nothing without a name can be chosen from a list."""

    reason = "name-missing"


class SlugInvalid(Refusal):
    """The address holds what an address cannot, or is too short."""

    reason = "slug-invalid"


class SlugReserved(Refusal):
    """The address belongs to a page of the installation."""

    reason = "slug-reserved"


class SlugTaken(Refusal):
    """Another business has this address."""

    reason = "slug-taken"


class ZoneUnknown(Refusal):
    """Not the name of a time zone."""

    reason = "zone-unknown"


class ValueRefused(Refusal):
    """A value outside what the field can hold."""

    reason = "value-refused"


class InUse(Refusal):
    """Something still depends on it: it can be switched off, not removed."""

    reason = "in-use"


class RoleUnknown(Refusal):
    """Not one of the roles."""

    reason = "role-unknown"


class LastOwner(Refusal):
    """The business would be left without an owner."""

    reason = "last-owner"


class AlreadyMember(Refusal):
    """The person already works here."""

    reason = "already-member"


class InvitationClosed(Refusal):
    """The invitation was used, withdrawn, or is too old."""

    reason = "invitation-closed"


class InvitationForAnother(Refusal):
    """The invitation was mailed to another address than the one signed in with."""

    reason = "invitation-for-another"


class OnlyOwner(Refusal):
    """The person is the only owner of living businesses (``businesses`` names them): hand them over or give them up first."""

    reason = "only-owner"


class NameDiffers(Refusal):
    """What was typed is not the business's name."""

    reason = "name-differs"


class GraceOver(Refusal):
    """The time in which a business could be opened again is over."""

    reason = "grace-over"


class BusinessGivenUp(Refusal):
    """The business is closed for good, unless it is reopened as such."""

    reason = "business-given-up"
