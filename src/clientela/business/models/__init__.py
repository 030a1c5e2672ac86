"""Tables of the business storey."""

from clientela.business.models.booking_policy import (
    BookingPolicy,
    ClientLogin,
    NotificationGate,
    PhoneField,
)
from clientela.business.models.business import Business
from clientela.business.models.location import Location
from clientela.business.models.membership import Invitation, Membership, Role
from clientela.business.models.professional import Professional
from clientela.business.models.resource import Resource, ResourceKind
from clientela.business.models.sales_policy import CancelGives, SalesPolicy
from clientela.business.models.tenant import TenantModel
from clientela.rules.zone_choice import ZoneMode

__all__ = [
    "BookingPolicy",
    "Business",
    "CancelGives",
    "ClientLogin",
    "Invitation",
    "Location",
    "Membership",
    "NotificationGate",
    "PhoneField",
    "Professional",
    "Resource",
    "ResourceKind",
    "Role",
    "SalesPolicy",
    "TenantModel",
    "ZoneMode",
]
