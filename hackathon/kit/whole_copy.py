"""All rows and all files of an installation in one zip, and back. A tool that knows no event.

Rows are read column by column rather than through the models: what was stored comes back as it was stored, in
whatever language a page happens to be, on SQLite as on PostgreSQL. `rows.jsonl` holds, per table, one line
`{"table": label, "columns": […]}` and then one list per row; `manifest.json` counts the rows and gives the SHA-256 of
each file in the zip. It refuses to know which rows must not be repeated after a return: the caller says.
"""

from __future__ import annotations

import hashlib
import json
import os
import time as clock_time
import zipfile
import zlib
from collections.abc import Callable, Collection
from contextlib import ExitStack, suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.duration import duration_iso_string
from django.utils.translation import gettext as _

from .errors import Refused

VERSION = 1
ROWS, MANIFEST, FILES = "rows.jsonl", "manifest.json", "files/"
#: Made anew by `migrate`, with numbers of their own, and what refers to them by number (rights here are rules, not
#: rows; the admin writes nothing worth a log); and what is worth nothing elsewhere: sessions, tasks without a caller.
LEFT_OUT = {
    "contenttypes.ContentType",
    "auth.Permission",
    "auth.Group",
    "auth.Group_permissions",
    "hackathon.Account_groups",
    "hackathon.Account_user_permissions",
    "admin.LogEntry",
    "sessions.Session",
    "django_tasks_database.DBTaskResult",
}
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, RuntimeError)  # RuntimeError: it asks for a password
_AT_ONCE = 500  # rows per statement
_BLOCK = 1024 * 1024  # bytes


class CopyRefused(Refused):
    code = "copy_refused"


def write(path: Path, *, passing: Collection[str] = ()) -> dict[str, Any]:
    """Write the zip, readable by its owner only; returns its manifest. CopyRefused when `path` is taken.

    The rows are those of one moment: nobody's writing is split. The files are read after them; one that was sent
    meanwhile may be there without its row, and one that was deleted meanwhile is not. `passing`: folders under
    MEDIA_ROOT that hold what is about to go anyway.
    """
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise CopyRefused(_("%(path)s exists already: choose another name.") % {"path": path}) from error
    except OSError as error:
        raise CopyRefused(
            _("%(path)s cannot be written: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from error
    try:
        with os.fdopen(descriptor, "wb") as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                with archive.open(ROWS, "w", force_zip64=True) as out:
                    counts, digest = _write_rows(out)
            digests = {ROWS: digest}
            for file in _files(passing):
                name = FILES + file.relative_to(settings.MEDIA_ROOT).as_posix()
                with suppress(FileNotFoundError), file.open("rb") as source:
                    when = clock_time.localtime(os.fstat(source.fileno()).st_mtime)[:6]
                    with archive.open(zipfile.ZipInfo(name, when), "w", force_zip64=True) as out:
                        digests[name] = _poured(source, out)
            manifest = {
                "version": VERSION,
                "made_at": datetime.now().astimezone().isoformat(timespec="seconds"),
                "migrations": _migrations(),
                "rows": counts,
                "digests": digests,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    except BaseException:
        path.unlink(missing_ok=True)  # half a copy is worse than none: somebody would trust it
        raise
    return manifest


def read(path: Path, *, afterwards: Callable[[], None]) -> dict[str, Any]:
    """Bring a zip made by `write` into an empty installation; returns its manifest. All of it, or nothing.

    `afterwards` runs in the same transaction. CopyRefused: not such a zip, damaged, made by another state of the
    tables, or rows are here already.
    """
    with ExitStack() as opened:
        try:
            archive = opened.enter_context(zipfile.ZipFile(path))
            manifest = _checked(archive)
        except (OSError, EOFError, LookupError, TypeError, ValueError, *_BROKEN_ZIP) as error:
            raise CopyRefused(
                _("%(path)s is no whole backup: %(reason)s.") % {"path": path, "reason": error}
            ) from error
        written: list[Path] = []
        try:
            with transaction.atomic():
                _refuse_what_is_here()
                _read_rows(archive, manifest["rows"])
                _set_sequences()
                afterwards()
                connection.check_constraints()
                _read_files(archive, manifest, written)
        except BaseException:
            for file in written:  # none was here before
                file.unlink(missing_ok=True)
            raise
    return manifest


def _tables() -> list[type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and model._meta.label not in LEFT_OUT]


def _columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return list(model._meta.local_concrete_fields)


def _files(passing: Collection[str] = ()) -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    left_out = {root / folder for folder in passing}
    found = (path for path in root.rglob("*") if left_out.isdisjoint(path.parents))
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"A {type(value).__name__} has no place in a backup yet.")


def _write_rows(out: IO[bytes]) -> tuple[dict[str, int], str]:
    counts, digest = {}, hashlib.sha256()

    def line(content: Any) -> None:
        written = json.dumps(content, ensure_ascii=False, default=_plain).encode() + b"\n"
        digest.update(written)
        out.write(written)

    for model in _tables():
        names = [field.attname for field in _columns(model)]
        line({"table": model._meta.label, "columns": names})
        counts[model._meta.label] = 0
        # A plain QuerySet: the model's own could hide rows or choose a language
        for row in models.QuerySet(model).order_by("pk").values_list(*names).iterator(chunk_size=_AT_ONCE):
            line(list(row))
            counts[model._meta.label] += 1
    return counts, digest.hexdigest()


def _poured(source: IO[bytes], out: IO[bytes] | None) -> str:
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        if out is not None:
            out.write(block)
    return digest.hexdigest()


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, once every digest was compared and nothing points outside."""
    manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if manifest["version"] != VERSION:
        raise CopyRefused(_("This backup was made by another version of Palmarès."))
    if manifest["migrations"] != _migrations():
        raise CopyRefused(
            _(
                "The tables of this backup are not those of this version: restore it with the version that made it."
            )
        )
    if set(archive.namelist()) != {MANIFEST, *manifest["digests"]}:
        raise CopyRefused(_("Files are missing from this backup, or were added to it."))
    for name, expected in manifest["digests"].items():
        if name != ROWS and (not name.startswith(FILES) or ".." in PurePosixPath(name).parts):
            raise CopyRefused(_("A file of this backup would land outside: %(name)s.") % {"name": name})
        with archive.open(name) as source:
            if _poured(source, None) != expected:
                raise CopyRefused(_("This backup is damaged: %(name)s was altered.") % {"name": name})
    return manifest


def _refuse_what_is_here() -> None:
    here = [model._meta.label for model in _tables() if models.QuerySet(model).exists()]
    if here or _files():
        raise CopyRefused(
            _(
                "This installation is not empty (%(what)s). Restore into a new one: another PALMARES_DATA or"
                " DATABASE_URL, then `migrate`."
            )
            % {"what": ", ".join(here[:5]) or _("files")}
        )


def _read_rows(archive: zipfile.ZipFile, counts: dict[str, int]) -> None:
    by_label = {model._meta.label: model for model in _tables()}
    read = dict.fromkeys(counts, 0)
    label = ""
    fields: list[models.Field[Any, Any]] = []
    waiting: list[list[Any]] = []
    with archive.open(ROWS) as lines, connection.cursor() as cursor:

        def flush() -> None:
            if waiting:
                _insert(cursor, by_label[label], fields, waiting)
                read[label] += len(waiting)
                waiting.clear()

        for line in lines:
            content = json.loads(line)
            if isinstance(content, dict):
                flush()
                label = content["table"]
                named = {field.attname: field for field in _columns(by_label[label])}
                fields = [named[name] for name in content["columns"]]
                continue
            waiting.append(content)
            if len(waiting) == _AT_ONCE:
                flush()
        flush()
    if read != counts:
        raise CopyRefused(_("This backup is damaged: it does not hold the rows that it counts."))


def _insert(cursor: Any, model: type[models.Model], fields: list[Any], rows: list[list[Any]]) -> None:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    cursor.executemany(
        f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({places})",
        [
            [
                field.get_db_prep_save(_python(field, value), connection)
                for field, value in zip(fields, row, strict=True)
            ]
            for row in rows
        ],
    )


def _python(field: Any, value: Any) -> Any:
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def _set_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), _tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _read_files(archive: zipfile.ZipFile, manifest: dict[str, Any], written: list[Path]) -> None:
    """`written` gets each file before it is touched."""
    root = Path(settings.MEDIA_ROOT)
    for name in manifest["digests"]:
        if name == ROWS:
            continue
        target = root / name.removeprefix(FILES)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        written.append(target)
        target.touch(mode=0o600)
        with archive.open(name) as source, target.open("wb") as out:
            _poured(source, out)
        when = clock_time.mktime((*archive.getinfo(name).date_time, 0, 0, -1))
        os.utime(target, (when, when))
