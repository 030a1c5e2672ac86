"""The API's own description: the OpenAPI document, and a page for people made from it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render

from clientela.api.app import api
from clientela.api.messages import MESSAGES
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
    return render(
        request,
        "api/docs.html",
        {"operations": operations(document()), "reasons": sorted(MESSAGES.items())},
    )


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
                    "description": operation.get("description", "").replace("``", ""),
                    "parameters": operation.get("parameters", []),
                    "body": _body(operation, schema),
                    "answers": sorted(str(code) for code in operation.get("responses", {})),
                }
            )
    return rows


def _body(operation: dict[str, Any], schema: dict[str, Any]) -> str:
    """The shape of the body as indented JSON Schema, with the shapes it names written out."""
    content = operation.get("requestBody", {}).get("content", {})
    shape = content.get("application/json", {}).get("schema")
    if shape is None:
        return ""
    return json.dumps(_written_out(shape, schema["components"]["schemas"]), indent=2)


def _written_out(shape: Any, known: dict[str, Any]) -> Any:
    if isinstance(shape, list):
        return [_written_out(part, known) for part in shape]
    if not isinstance(shape, dict):
        return shape
    if "$ref" in shape:
        return _written_out(known[shape["$ref"].rpartition("/")[2]], known)
    return {key: _written_out(part, known) for key, part in shape.items() if key != "title"}
