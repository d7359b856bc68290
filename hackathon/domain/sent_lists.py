"""A list between the pages of its import: sent, rehearsed, confirmed, reported; by a job when it is long.

The file waits in a private place for its sender alone (kit/kept_files.py). Confirming takes it, so that a double
click imports once; a failure puts it back. It refuses to know what a line means: roster does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ..kit import kept_files
from ..kit.errors import Refused
from ..kit.kept_files import Gone
from ..kit.registry import JobKind
from ..kit.sheets import is_long
from ..models import Account, Event, Job
from . import jobs, roster

KIND = "imports"
LONG = 500  # lines; above, a job does it and the page shows how far it is
Tell = Callable[[int, int], None]


class ListGone(Refused):
    """The list waits no more: imported a moment ago, or expired."""

    code = "list_gone"


@dataclass
class Sent:
    """A list somebody sent: its event, and what was noted about it (`note`, empty once it is gone)."""

    event: Event
    token: str
    data: bytes
    note: dict[str, Any]
    is_settled: bool = False  # imported: `data` is the report on its refused lines

    @property
    def name(self) -> str:
        return str(self.note.get("name", ""))

    @property
    def is_long(self) -> bool:
        return is_long(self.data, LONG)

    def rehearse(self, tell: Tell | None = None) -> roster.Rehearsal:
        """Read it as its note says. Raises roster.UnreadableList."""
        mapping = self.note.get("mapping")
        return roster.rehearse(
            event=self.event,
            data=self.data,
            name=self.name,
            profile=self.note.get("profile"),
            mapping={int(index): name for index, name in mapping.items()} if mapping is not None else None,
            default_role=self.note.get("default_role"),
            needs_agreed=self.note.get("needs_agreed", False),
            tell=tell or (lambda done, total: None),
        )

    def report(self) -> roster.Report:
        """What it would do: as its job found it when it is long, else worked out now. Raises UnreadableList."""
        made = kept_files.attached(KIND, self.token)
        return roster.Report.from_bytes(made) if made else roster.Report.of(self.rehearse())


def keep(event: Event, data: bytes, note: dict[str, Any]) -> Sent:
    """Keep a list for its sender; `note["account"]` is theirs."""
    return Sent(event, kept_files.keep(KIND, data, note), data, note)


def found(event: Event, token: str, *, state: str = kept_files.WAITING) -> Sent:
    """The list of that token in that state; gone or another event's, one without a note."""
    try:
        data, note = kept_files.read(KIND, token, state=state)
    except Gone:
        return Sent(event, token, b"", {})
    return Sent(event, token, data, note, state == kept_files.SETTLED)


def noted(token: str) -> dict[str, Any]:
    """What was noted about a list, whatever became of it; empty when nothing is known."""
    try:
        return kept_files.note_of(KIND, token)
    except Gone:
        return {}


def change(sent: Sent, **note: Any) -> None:
    """Note something else; what a job found before no longer holds."""
    sent.note = {**sent.note, **note}
    kept_files.change_note(KIND, sent.token, sent.note)
    kept_files.attach(KIND, sent.token, None)


def forget_old() -> int:
    """Delete the lists, rehearsals and refused lines that nobody came back for; returns how many files."""
    return kept_files.forget_expired(KIND)


def count_old() -> int:
    """How many files `forget_old` would delete now."""
    return kept_files.count_expired(KIND)


def rehearse_later(*, sent: Sent, actor: Account | None) -> Job:
    """Rehearse a long list by a job."""
    title = _("Rehearsal of “%(name)s”") % {"name": sent.name}
    return _start(sent, "rehearse_list", title, actor, {})


def confirm(
    *, sent: Sent, actor: Account | None, all_or_nothing: bool = False, writes_letters: bool = False
) -> Job | None:
    """Import it: now, or by the job that is returned when it is long. Raises ListGone, roster.ListRefused."""
    try:
        kept_files.take(KIND, sent.token)
    except Gone as error:
        raise ListGone(_("This list was imported a moment ago, or waited for too long.")) from error
    options = {"all_or_nothing": all_or_nothing, "writes_letters": writes_letters}
    if sent.is_long:
        return _start(sent, "import_list", _("Import of “%(name)s”") % {"name": sent.name}, actor, options)
    _import(sent, actor, None, **options)
    return None


def _start(sent: Sent, kind: str, title: str, actor: Account | None, options: dict[str, Any]) -> Job:
    job = jobs.start(
        event=sent.event, kind=kind, options={"token": sent.token, **options}, actor=actor, title=title
    )
    sent.note = {**sent.note, "job": str(job.pk)}
    kept_files.change_note(KIND, sent.token, sent.note)
    return job


def _import(sent: Sent, actor: Account | None, tell: Tell | None, **options: Any) -> roster.Rehearsal:
    """With the file taken: what is left of it is the report on its refused lines."""
    try:
        done = roster.import_rows(rehearsal=sent.rehearse(), actor=actor, tell=tell, **options)
    except Exception:
        kept_files.put_back(KIND, sent.token)
        raise
    if done.not_reached:  # to go on from there, the list itself is needed once more
        kept_files.put_back(KIND, sent.token)
        counts = done.counts
        change(sent, stopped={"done": counts["new"] + counts["changed"], "left": done.not_reached})
        kept_files.attach(KIND, sent.token, roster.Report.of(sent.rehearse()).as_bytes())
        return done
    kept_files.settle(KIND, sent.token, roster.Report.of(done, only=roster.REFUSED).as_bytes(), sent.note)
    return done


def _of_job(job: Job, state: str) -> Sent:
    assert job.event is not None
    sent = found(job.event, job.options["token"], state=state)
    if not sent.note:
        raise ListGone(_("This list was imported a moment ago, or waited for too long."))
    return sent


def run_rehearsal(job: Job, tell: Tell) -> dict[str, Any]:
    """The work of a job « rehearse_list »: what its page shows is kept beside the file."""
    sent = _of_job(job, kept_files.WAITING)
    try:
        report = roster.Report.of(sent.rehearse(tell))
    except roster.UnreadableList as refusal:
        if refusal.code != "columns_unknown":
            raise
        return {}  # the page asks what the columns hold
    kept_files.attach(KIND, sent.token, report.as_bytes())
    return {"counts": report.counts}


def run_import(job: Job, tell: Tell) -> dict[str, Any]:
    """The work of a job « import_list »; a stop leaves in what went in, and says how much."""
    sent = _of_job(job, kept_files.TAKEN)
    options = {name: bool(job.options.get(name)) for name in ("all_or_nothing", "writes_letters")}
    done = _import(sent, job.requested_by, tell, **options)
    return {"counts": done.counts, "not_reached": done.not_reached}


def page_of(job: Job, name: str) -> str:
    """Where a job's result is shown; a stopped import goes back to the rehearsal of what is left."""
    assert job.event is not None
    name = "hackathon:import_rehearsal" if job.result.get("not_reached") else name
    return reverse(name, args=[job.event.slug, job.options["token"]])


def rehearsal_of(job: Job) -> str:
    """The page that a list was sent to be rehearsed on, for a job that failed or was stopped."""
    return (
        reverse("hackathon:import_rehearsal", args=[job.event.slug, job.options["token"]])
        if job.event
        else ""
    )


def give_back(job: Job) -> None:
    """The import was stopped before it began: its list waits again."""
    kept_files.put_back(KIND, job.options["token"])


JOBS = (
    JobKind(
        "rehearse_list",
        "hackathon.import_registrations",
        run_rehearsal,
        lambda job: page_of(job, "hackathon:import_rehearsal"),
        rehearsal_of,
    ),
    JobKind(
        "import_list",
        "hackathon.import_registrations",
        run_import,
        lambda job: page_of(job, "hackathon:import_done"),
        rehearsal_of,
        give_back,
    ),
)
