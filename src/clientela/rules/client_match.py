"""Whether two client cards are one person's: the score, the verdict and the explanation.

The score is a sum of bits, log2(m/u): how much likelier what is seen is of one person's two cards than of two cards
chosen blindly. Names are weighed by how common they are in the business and in the country. A family is the hard
part, not a typing slip: every agreement is also weighed against a couple, a parent and child, siblings and twins
(``match_family.py``), and where the given names conflict the answer is never ``same``. Nothing is merged by this
rule: a person decides.
"""

from __future__ import annotations

from clientela.rules.match_card import ClientFacts, MatchCard, read_card
from clientela.rules.match_crowd import Crowd, CrowdCount, crowd_of
from clientela.rules.match_evidence import Evidence, Field, Likeness, Reason, Verdict
from clientela.rules.match_score import explain, score

__all__ = [
    "VERSION",
    "ClientFacts",
    "Crowd",
    "CrowdCount",
    "Evidence",
    "Field",
    "Likeness",
    "MatchCard",
    "Reason",
    "Verdict",
    "crowd_of",
    "explain",
    "read_card",
    "score",
]

VERSION = 1
