"""Addresses of the API."""

from __future__ import annotations

from django.urls import path

from clientela.api.app import api
from clientela.api.description import docs_page, openapi_document

_operations, _app, _namespace = api.urls
# The framework adds an address of its own that answers nothing; what is not declared does not exist.
_declared = [one for one in _operations if getattr(one, "name", "") != "api-root"]

urlpatterns = [
    path("v1/openapi.json", openapi_document, name="api-openapi"),
    path("docs", docs_page, name="api-docs"),
    path("v1/", (_declared, _app, _namespace)),
]
