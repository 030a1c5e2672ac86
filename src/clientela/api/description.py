"""The API's own description: the OpenAPI document, and a page for people made from it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render

from clientela.api.app import api
from clientela.api.refusals import as_json

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1 of the whole API; the same for every caller."""
    schema = dict(api.get_openapi_schema(path_prefix="/api/v1/"))
    schema["servers"] = [{"url": settings.PUBLIC_URL}]
    return schema


def openapi_document(request: HttpRequest) -> HttpResponse:
    """The document, for programs."""
    return as_json(document())


def docs_page(request: HttpRequest) -> HttpResponse:
    """The document, for people."""
    return render(request, "api/docs.html", {"operations": operations(document())})


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """One plain row per operation: method, path, words, parameters, body, answers."""
    rows = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            rows.append(
                {
                    "id": operation["operationId"].rsplit("_", 1)[-1],
                    "method": method.upper(),
                    "path": path,
                    "summary": operation.get("summary", ""),
                    "description": operation.get("description", ""),
                    "parameters": operation.get("parameters", []),
                    "answers": sorted(operation.get("responses", {})),
                }
            )
    return rows
