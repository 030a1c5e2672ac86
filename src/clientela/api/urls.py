"""Addresses of the API."""

from __future__ import annotations

from django.urls import path

from clientela.api.app import api
from clientela.api.description import docs_page, openapi_document

urlpatterns = [
    path("v1/openapi.json", openapi_document, name="api-openapi"),
    path("docs", docs_page, name="api-docs"),
    path("v1/", api.urls),
]
