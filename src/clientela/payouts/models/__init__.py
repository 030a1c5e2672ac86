"""Tables of the payouts storey."""

from clientela.payouts.models.commission_rule import CommissionRule
from clientela.payouts.models.statement import Adjustment, Statement, StatementLine

__all__ = ["Adjustment", "CommissionRule", "Statement", "StatementLine"]
