"""The one guard of every door: pages through `@allowed` and `@public`, the API through `ApiGuard`.

Who may do what is written in each app's rules.py; this file only asks, and refuses by default.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.views.decorators.http import require_http_methods
from rest_framework.permissions import BasePermission

from .registry import registry

Loader = Callable[..., Any]
View = TypeVar("View", bound=Callable[..., HttpResponse])


@dataclass(frozen=True)
class Guard:
    """What a URL asks: a permission on the object its loader finds; `permission` is None for a public page."""

    permission: str | None
    load: Loader | None
    methods: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        return self.permission is None


def allowed(permission: str, load: Loader, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Let a view run only for those who hold `permission` on what `load(request, **kwargs)` returns.

    The view receives the object instead of the URL's arguments. `load` raises Http404 for what is not there *for
    this user*: a foreign object does not exist. A stranger is sent to sign in; somebody without the right gets 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            subject = load(request, *args, **kwargs)
            if not request.user.has_perm(permission, subject):
                if not request.user.is_authenticated:
                    return sign_in_first(request)
                return _refused(request, subject)
            return view(request, subject)

        # the order matters: a method that is not served is refused before anything is loaded
        served = require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))(guarded)
        served.guard = Guard(permission, load, methods)  # type: ignore[attr-defined]
        return served  # type: ignore[return-value]

    return decorate


def public(load: Loader | None = None, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Say that a view is for everybody. With `load`, the view receives what it finds (or 404)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if load is None:
                return view(request, *args, **kwargs)
            return view(request, load(request, *args, **kwargs))

        served = require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))(opened)
        served.guard = Guard(None, load, methods)  # type: ignore[attr-defined]
        return served  # type: ignore[return-value]

    return decorate


def _refused(request: HttpRequest, subject: Any) -> HttpResponse:
    """What an app has to say to somebody who lacks but one step; else a plain refusal."""
    for answer in registry.refusals:
        response: HttpResponse | None = answer(request, subject)
        if response is not None:
            return response
    raise PermissionDenied


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back. A fragment request cannot follow a redirect into itself: htmx goes there whole."""
    back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "/")
    response: HttpResponse = redirect_to_login(back)
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    elif "application/json" in request.headers.get("Accept", ""):
        response = HttpResponse(status=401, headers={"Location": resolve_url(response["Location"])})
    return response


def may(request: Any, permission: str, subject: Any) -> bool:
    """Whether whoever asks holds that permission on `subject`.

    A token can never do more than its owner, nor anything outside its event and its permissions, save what a
    stranger may do.
    """
    if not request.user.has_perm(permission, subject):
        return False
    token = getattr(request, "auth", None)
    if token is None or token.allows(permission, getattr(subject, "event", None)):
        return True
    return bool(AnonymousUser().has_perm(permission, subject))


class ApiGuard(BasePermission):
    """Reads the view's `guards`: {"GET" or an action's name: (permission, loader)}; what is not listed is refused.

    A permission of None is for everybody. The loaded object is left on the view as `subject`; loaders raise Http404
    for what is not there for this caller, as for pages.
    """

    def has_permission(self, request: Any, view: Any) -> bool:
        guards = getattr(view, "guards", {})
        guard = guards.get(getattr(view, "action", None) or request.method)
        if guard is None and request.method in ("HEAD", "OPTIONS"):
            guard = guards.get("GET") or guards.get("list") or guards.get("retrieve")
        if guard is None:
            # A method that is not served at all is answered 405 by the view; one that is served needs its guard
            return request.method.lower() not in _served(view)
        permission, load = guard
        view.subject = load(request, **view.kwargs) if load else None
        return permission is None or may(request, permission, view.subject)


def _served(view: Any) -> set[str]:
    return {name for name in view.http_method_names if hasattr(view, name)}
