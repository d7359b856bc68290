"""The figures of the report as open data: one CSV per table and a Frictionless data package that describes them.

Nothing here is about one person: it writes what reporting.py shows, small groups hidden. A hidden number is an empty
cell, declared as missing.
Format: https://specs.frictionlessdata.io/tabular-data-package/
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

from django.utils.translation import gettext as _

from judging.domain.reporting import Report

LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


def package(report: Report, *, slug: str) -> bytes:
    """A zip: `datapackage.json`, `figures.csv`, and one CSV (UTF-8, comma) per table."""
    files = {"figures.csv": _csv(["figure", "value", "meaning"], [list(row) for row in report.figures])}
    resources = [
        _resource(
            "figures", _("Key figures"), [("figure", "string"), ("value", "string"), ("meaning", "string")]
        )
    ]
    for table in report.tables:
        keys = [key for key, _heading in table.columns]
        rows = [[name, *numbers] for name, numbers in table.rows]
        files[f"{table.key}.csv"] = _csv(["name", *keys], rows)
        fields = [("name", "string"), *((key, "integer") for key in keys)]
        resources.append(_resource(table.key, table.title, fields))
    described = {
        "profile": "tabular-data-package",
        "name": f"{slug}-report",
        "title": report.event,
        "description": f"{report.dates} · {report.place}",
        "created": report.counted_at.isoformat(timespec="seconds"),
        "licenses": [LICENCE],
        "resources": resources,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", json.dumps(described, ensure_ascii=False, indent=2))
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _csv(heads: list[str], rows: list[list[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue()


def _resource(name: str, title: str, fields: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name.replace("_", "-"),
        "title": title,
        "path": f"{name}.csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [{"name": field, "type": kind} for field, kind in fields],
            "missingValues": [""],
        },
    }
