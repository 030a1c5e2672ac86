"""Tables of the catalogue storey."""

from clientela.catalogue.models.need import NeedOption, ServiceNeed
from clientela.catalogue.models.service import Service, ServiceProfessional

__all__ = ["NeedOption", "Service", "ServiceNeed", "ServiceProfessional"]
