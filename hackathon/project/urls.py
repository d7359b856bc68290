"""All addresses: French without a prefix, English under /en/; what has no language (admin, API, health) first."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from hackathon.views import health, signing, sitemaps

API = [
    path("", include("hackathon.api.urls")),
    path("", include("teams.api.urls")),
    path("", include("judging.api.urls")),
]

handler404 = "hackathon.views.missing.not_found"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_file, name="sitemap"),
    path("admin/login/", signing.admin_login),
    path("admin/", admin.site.urls),
    path("api/v1/", include((API, "api"))),
    path("i18n/", include("django.conf.urls.i18n")),
]

urlpatterns += i18n_patterns(
    path("account/", include("hackathon.project.account_urls")),
    path("", include("judging.urls")),
    path("", include("teams.urls")),
    path("", include("hackathon.urls")),
    prefix_default_language=False,
)
