"""Tables of the people storey."""

from clientela.people.models.card_answer import CardAnswer, Verdict
from clientela.people.models.client import Client, NotifyBy
from clientela.people.models.consent import Consent, How, Purpose
from clientela.people.models.household import (
    Household,
    HouseholdInvitation,
    HouseholdMember,
    HouseholdRole,
)
from clientela.people.models.identifier import Identifier, IdentifierKind
from clientela.people.models.likeness import (
    ClientKey,
    Crowd,
    PairDecision,
    PairVerdict,
    Suggestion,
)
from clientela.people.models.merge import Merge, MergeRow, PartingQuestion, Proof

__all__ = [
    "CardAnswer",
    "Client",
    "ClientKey",
    "Consent",
    "Crowd",
    "Household",
    "HouseholdInvitation",
    "HouseholdMember",
    "HouseholdRole",
    "How",
    "Identifier",
    "IdentifierKind",
    "Merge",
    "MergeRow",
    "NotifyBy",
    "PairDecision",
    "PairVerdict",
    "PartingQuestion",
    "Proof",
    "Purpose",
    "Suggestion",
    "Verdict",
]
