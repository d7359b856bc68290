"""The schema of the API and its page to read and try it. Both are for everybody: they hold names, never data."""

from __future__ import annotations

from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request

from ..kit.access import ApiGuard


class SchemaView(SpectacularAPIView):
    """OpenAPI, in YAML or JSON."""

    permission_classes = [ApiGuard]
    guards = {"GET": (None, None)}


# Swagger draws with inline styles, its code included in none of our pages: only this address allows them
@method_decorator(csp_update({"style-src": [UNSAFE_INLINE]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    permission_classes = [ApiGuard]
    guards = {"GET": (None, None)}
    url_name = "api:schema"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        return super().get(request, *args, **kwargs)
