"""What every API view is made of: its language, its pages, its refusals in one shape, and what the schema says of it.

Knows no event. Who may do what is asked by `ApiGuard` (access.py); what is done is a verb's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language_from_request
from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from rest_framework import exceptions, pagination, serializers
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from .access import Loader
from .errors import Refused

Guards = dict[str, tuple[str | None, Loader | None]]

#: Status of a refusal, when it is not 409: filled by the apps with `answers`.
_STATUS: dict[type[Refused], int] = {}


def answers(status: int, *refusals: type[Refused]) -> None:
    """Say that those refusals are answered with that status: 422 for a value that can never be right."""
    _STATUS.update(dict.fromkeys(refusals, status))


class GuardedSchema(AutoSchema):
    """The schema says which permission each operation asks, so that a token can be given just those."""

    def _guard(self) -> tuple[str | None, Any] | None:
        return getattr(self.view, "guards", {}).get(self.method)

    def get_tags(self) -> list[str]:
        """By resource: what follows the event in the address."""
        return [self._tokenize_path()[:2][-1]]

    def get_operation_id(self) -> str:
        is_within = len(self._tokenize_path()) > 1
        return super().get_operation_id().removeprefix("events_" if is_within else "")

    def get_description(self) -> str:  # type: ignore[override]
        guard = self._guard()
        words = super().get_description() or ""
        if guard is None:
            return words
        asks = f"Permission: `{guard[0]}`." if guard[0] else "For everybody."
        return f"{words}\n\n{asks}".strip()

    def get_auth(self) -> list[dict[str, list[str]]]:
        guard = self._guard()
        schemes = super().get_auth()
        return [*schemes, {}] if guard and guard[0] is None and {} not in schemes else schemes


class Pages(pagination.LimitOffsetPagination):
    """`?limit=` and `?offset=`; never the whole table at once."""

    default_limit = 100
    max_limit = 500


class ApiView(APIView):
    """`guards` says, per method, (permission, loader); the loaded object is `self.subject`."""

    guards: Guards = {}
    pagination_class = Pages
    schema = GuardedSchema()
    subject: Any = None

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        # The address of the API has no language: the header (or the reader's own choice) decides, errors included
        activate(get_language_from_request(request))
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)
        final.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(final, ("Authorization", "Cookie"))
        return final

    def page(self, rows: Any, serializer: type[serializers.BaseSerializer], **context: Any) -> Response:
        """One page of `rows`; the same number of queries whatever their number."""
        paginator = self.pagination_class()
        found: Any = paginator.paginate_queryset(rows, self.request, view=self)
        data = serializer(found, many=True, context={"request": self.request, **context}).data
        return paginator.get_paginated_response(data)

    def show(self, thing: Any, serializer: type[serializers.BaseSerializer], status: int = 200) -> Response:
        return Response(serializer(thing, context={"request": self.request}).data, status=status)

    def sent(self, serializer: type[serializers.BaseSerializer], **options: Any) -> dict[str, Any]:
        """The body, cleaned by that serializer; what is wrong is answered 400, every field at once."""
        context = {"request": self.request, **options.pop("context", {})}
        form = serializer(data=self.request.data, context=context, **options)
        form.is_valid(raise_exception=True)
        return form.validated_data

    def asked(self, serializer: type[serializers.BaseSerializer], **context: Any) -> dict[str, Any]:
        """The query string, cleaned: an unknown value is refused, never ignored."""
        form = serializer(data=self.request.query_params, context={"request": self.request, **context})
        form.is_valid(raise_exception=True)
        return form.validated_data

    @property
    def idempotency_key(self) -> str:
        """What names this attempt: the header, or `key` in the body."""
        body = self.request.data if isinstance(self.request.data, dict) else {}
        return str(self.request.headers.get("Idempotency-Key") or body.get("key") or "")


def signed_in(request: Any) -> None:
    """A stranger is answered 401 whatever the address: what exists behind it is not for them to learn."""
    if not request.user.is_authenticated:
        raise exceptions.NotAuthenticated


def refusal_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as {"code", "message", "details"}: `code` never changes with the language, `message` does."""
    if isinstance(exc, Refused):
        status = next((_STATUS[kind] for kind in type(exc).__mro__ if kind in _STATUS), 409)
        return Response(problem(exc.code, str(exc), plain(exc.details)), status=status)
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    response = exception_handler(exc, context)
    if response is None or not isinstance(exc, exceptions.APIException):
        return response
    details: Any
    if isinstance(exc, exceptions.ValidationError):
        details = exc.detail if isinstance(exc.detail, dict) else {"body": exc.detail}
        response.data = problem("invalid", _("Some fields are not right: see the details."), details)
        return response
    details = {"wait": getattr(exc, "wait", None)} if isinstance(exc, exceptions.Throttled) else {}
    response.data = problem(str(exc.get_codes()), str(exc.detail), details)
    return response


def problem(code: str, message: str, details: Any = None) -> dict[str, Any]:
    """The one shape of a refusal."""
    return {"code": code, "message": message, "details": details or {}}


def plain(value: Any) -> Any:
    """Details of a refusal as JSON: an object is told by its id only."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)


PROBLEM = {
    "type": "object",
    "description": "Any refusal. `code` is for programs and never changes; `message` is a sentence in the language "
    "of Accept-Language.",
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "details": {"type": "object", "additionalProperties": True},
    },
    "required": ["code", "message", "details"],
}


def describe_refusals(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular hook: every operation may answer a refusal, in its one shape."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for operation in _operations(result["paths"].values()):
        operation["responses"]["4XX"] = {
            "description": "Refused",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return result


def _operations(paths: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for path in paths:
        yield from (operation for operation in path.values() if isinstance(operation, dict))
