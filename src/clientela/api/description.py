"""The API's own description: the OpenAPI document, and a page for people made from it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.shortcuts import render

from clientela.api.app import api
from clientela.api.messages import FIELD_WORDS, MESSAGES
from clientela.api.refusals import as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    Json = dict[str, Any] | list[Any] | str | int | float | bool | None

SECURITY: Final = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of the business, made in its settings or by `clientela token`.",
    },
    "link": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Manage-Token",
        "description": "The last part of an appointment's manage link; it opens that appointment only.",
    },
}
WHO: Final = {"token": "a token of the business", "link": "the appointment’s manage link"}

FORMATS: Final = {"uuid": "id", "date": "date", "date-time": "time"}


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1 of the whole API, the same for every caller; the address of the installation is apart."""
    schema = dict(_without_titles(api.get_openapi_schema(path_prefix="/api/v1/")))
    schema["components"]["securitySchemes"] = SECURITY
    del schema["servers"]
    return schema


def openapi_document(request: HttpRequest) -> HttpResponse:
    """The document, for programs."""
    return as_json({**document(), "servers": [{"url": settings.PUBLIC_URL}]})


def docs_page(request: HttpRequest) -> HttpResponse:
    """The document, for people."""
    context = {
        "groups": groups(document()),
        "reasons": sorted(MESSAGES.items()),
        "field_words": sorted(FIELD_WORDS.items()),
        "address": settings.PUBLIC_URL,
        "brand": {"name": "Clientela", "line": "API v1", "initials": "C", "url": "/"},
    }
    return render(request, "api/docs.html", context)


def groups(schema: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The operations under the tag they carry, in the order in which they are declared."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, method, operation in operations(schema):
        row = _row(path, method, operation, schema["components"]["schemas"])
        found.setdefault(operation["tags"][0], []).append(row)
    return list(found.items())


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _row(
    path: str, method: str, operation: dict[str, Any], known: dict[str, Any]
) -> dict[str, Any]:
    """What the page says of one operation."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    success = min(operation["responses"], key=int)
    given = operation["responses"][success]["content"]["application/json"]["schema"]
    return {
        "id": operation["operationId"].replace("_", "-"),
        "method": method,
        "path": path,
        "summary": operation["summary"],
        "paragraphs": operation.get("description", "").split("\n\n"),
        "who": who(operation),
        "asked": [_parameter(one) for one in operation["parameters"] if one["in"] != "path"],
        "body": fields(body.get("schema", {}), known),
        "success": success,
        "gives_list": given.get("type") == "array",
        "gives": fields(given.get("items", given), known),
        "refusals": sorted(int(code) for code in operation["responses"] if code != success),
    }


def who(operation: dict[str, Any]) -> str:
    """Who may call an operation, in words."""
    choices = [WHO[name] for choice in operation["security"] for name in choice]
    if not choices:
        return "anyone"
    open_to_all = {} in operation["security"]
    return " or ".join(["anyone", *choices] if open_to_all else choices)


def fields(shape: dict[str, Any], known: dict[str, Any], before: str = "") -> list[dict[str, Any]]:
    """The fields of a shape, those of inner shapes behind a dot, each with its type in words."""
    shape = known[shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape
    rows = []
    for name, part in shape.get("properties", {}).items():
        required = name in shape.get("required", [])
        rows.append(
            {
                "name": before + name,
                "type": kind_of(part),
                "text": part.get("description", ""),
                "required": required,
            }
        )
        inner = part.get("items", part)
        if "$ref" in inner:
            rows += fields(inner, known, f"{before}{name}[]." if "items" in part else f"{name}.")
    return rows


def kind_of(part: dict[str, Any]) -> str:
    """The type of a value, in a word or two."""
    if "anyOf" in part:
        return kind_of(next(one for one in part["anyOf"] if one.get("type") != "null"))
    if part.get("type") == "array":
        return f"list of {kind_of(part['items'])}"
    if "$ref" in part or part.get("type") == "object":
        return "object"
    kind = str(part["type"])
    return FORMATS.get(part.get("format", ""), {"boolean": "true or false"}.get(kind, kind))


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "in": one["in"],
        "type": kind_of(one["schema"]),
        "text": one.get("description", ""),
        "required": one["required"],
    }


def _without_titles(part: Json) -> Any:  # noqa: ANN401 -- JSON in, JSON of the same shape out
    """Drop the titles that the framework makes out of field names: they say nothing twice."""
    if isinstance(part, list):
        return [_without_titles(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        str(key): value if key == "info" else _without_titles(value)
        for key, value in part.items()
        if key != "title" or not isinstance(value, str)
    }


def as_text() -> str:
    """The document as it is committed: readable, and the same for every installation."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
