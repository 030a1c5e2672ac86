"""Tables of the ledger."""

from clientela.ledger.models.grant import Grant, GrantService
from clientela.ledger.models.invoice import Invoice, InvoiceKind
from clientela.ledger.models.ledger_account import AccountKind, LedgerAccount
from clientela.ledger.models.movement import Movement
from clientela.ledger.models.payment import Method, Payment, PaymentKind
from clientela.ledger.models.redemption import Redemption
from clientela.ledger.models.sale import Sale, SaleKind
from clientela.ledger.models.seal import Seal, SealedMovement

__all__ = [
    "AccountKind",
    "Grant",
    "GrantService",
    "Invoice",
    "InvoiceKind",
    "LedgerAccount",
    "Method",
    "Movement",
    "Payment",
    "PaymentKind",
    "Redemption",
    "Sale",
    "SaleKind",
    "Seal",
    "SealedMovement",
]
