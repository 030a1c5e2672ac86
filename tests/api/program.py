"""A program of the business: it asks with its token."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client as Browser

from clientela.business.models import Business


class Program:
    """A program of the business: asks with its token."""

    def __init__(self, business: Business, secret: str) -> None:
        self.base = f"/api/v1/businesses/{business.slug}"
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        text = body if isinstance(body, str) else json.dumps(body)
        answer = Browser().post(
            self.base + path,
            text,
            content_type="application/json",
            headers={**self.headers, **headers},
        )
        return answer.status_code, answer.json()

    def get(self, path: str, **query: str) -> tuple[int, Any]:
        answer = Browser().get(self.base + path, query, headers=self.headers)
        return answer.status_code, answer.json()


def reason(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["reason"]
