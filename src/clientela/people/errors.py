"""What people/ may refuse, in the words that page, API and audit share."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class NameMissing(Refusal):
    """A card without a name could not be told from another."""

    reason = "name-missing"


class EmailInvalid(Refusal):
    """No mail could ever arrive there."""

    reason = "email-invalid"


class PhoneInvalid(Refusal):
    """Not a telephone number of any country."""

    reason = "phone-invalid"


class ZoneUnknown(Refusal):
    """Not the name of a time zone."""

    reason = "zone-unknown"


class ContactUnknown(Refusal):
    """The contact to be removed is not on this card."""

    reason = "contact-unknown"


class AccountUnproved(Refusal):
    """The log-in has not proved a mailbox yet: nothing is attached to it."""

    reason = "account-unproved"


class NotAsked(Refusal):
    """The person was not asked about this card, or has answered already."""

    reason = "not-asked"


class NameDoesNotMatch(Refusal):
    """The name typed is not the one on the card."""

    reason = "name-does-not-match"


class TooManyTries(Refusal):
    """Enough names were tried for a day."""

    reason = "too-many-tries"


class LoginEmailNotYours(Refusal):
    """The person comes in with it: nobody but that person changes it."""

    reason = "login-email-not-yours"


class AlreadyActive(Refusal):
    """The person has come in with an account of theirs: there is nobody to welcome."""

    reason = "already-active"


class NoAddress(Refusal):
    """The card holds no e-mail that the welcome could go to."""

    reason = "no-address"


class OtherAddress(Refusal):
    """The welcome went to an address that the account signed in has not proved."""

    reason = "welcome-for-another-address"


class ProfessionalUnknown(Refusal):
    """Not a professional of this business who takes appointments."""

    reason = "professional-unknown"


class CannotTakeUp(Refusal):
    """The two cards cannot become one; the reason says why."""

    reason = "card-gone"


class PlanChanged(Refusal):
    """Something of the two cards changed since the preview was shown: look again."""

    reason = "plan-changed"


class EvidenceMissing(Refusal):
    """The card that goes has a log-in: the staff write down how they know whose it is."""

    reason = "evidence-missing"


class CannotPart(Refusal):
    """The two cards cannot become two again; the reason says why."""

    reason = "already-parted"


class AlreadyAnswered(Refusal):
    """Somebody said already whose it is."""

    reason = "already-answered"


class QuietTimeInvalid(Refusal):
    """Quiet hours need a beginning and an end, each a time of the day."""

    reason = "quiet-time-invalid"


class TooManyInvitations(Refusal):
    """A person asks only so many others in a day to belong to them; ``limit`` says how many."""

    reason = "too-many-invitations"


class HouseholdForAnother(Refusal):
    """The invitation went to an address that the account signed in has not proved."""

    reason = "household-for-another-address"


class NothingShared(Refusal):
    """The two are not clients of one business: there is nothing in which they could belong together yet."""

    reason = "nothing-shared"


class InAnotherHousehold(Refusal):
    """Whoever would join belongs to somebody else there; they leave that household first."""

    reason = "in-another-household"


class NotInHousehold(Refusal):
    """The card belongs to no household, or is not the person's to speak for."""

    reason = "not-in-household"


class TooManyChildren(Refusal):
    """A person answers for only so many children; ``limit`` says how many."""

    reason = "too-many-children"
