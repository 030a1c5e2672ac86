"""Tables of the catalogue storey."""

from clientela.catalogue.models.need import NeedOption, ServiceNeed
from clientela.catalogue.models.package import Package, PackageService, SoldOnline, ValidUnit
from clientela.catalogue.models.service import PaysOnline, Service, ServiceProfessional

__all__ = [
    "NeedOption",
    "Package",
    "PackageService",
    "PaysOnline",
    "Service",
    "ServiceNeed",
    "ServiceProfessional",
    "SoldOnline",
    "ValidUnit",
]
