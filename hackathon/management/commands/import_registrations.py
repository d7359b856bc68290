"""Import a list of people into an event, or rehearse it: one verb, the same as on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from hackathon.domain import roster
from hackathon.kit.commands import NotDone, VerbCommand, WrongUsage
from hackathon.models import Event


class Command(VerbCommand):
    help = "Import a list of people (CSV or XLSX) into an event; --rehearse says what would happen and writes nothing."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", help="the event's address (slug)")
        parser.add_argument("file", type=Path, help="a CSV or XLSX file")
        parser.add_argument("--rehearse", action="store_true", help="say what would happen, write nothing")
        parser.add_argument(
            "--profile",
            metavar="NAME",
            help=f"what kind of list it is, found by itself: {', '.join(roster.PROFILES)}, or a saved mapping of columns",
        )
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="write nothing if one line is refused"
        )
        parser.add_argument("--role", dest="default_role", help="role (key) of those whose list names none")
        parser.add_argument(
            "--needs-agreed",
            action="store_true",
            help="the people of the list agreed explicitly that their diet and access needs be kept",
        )

        parser.add_argument(
            "--letters", action="store_true", help="write to the new people; nobody otherwise"
        )

    @contextmanager
    def _progress(self, people: int) -> Iterator[roster.Tell | None]:
        """A bar on standard error while a long list goes in, when somebody looks."""
        if people <= roster.PART or not self.stderr.isatty():
            yield None
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(_("Importing"), total=people)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def perform(
        self,
        *,
        actor: Any,
        event: str,
        file: Path,
        rehearse: bool = False,
        profile: str | None = None,
        all_or_nothing: bool = False,
        default_role: str | None = None,
        needs_agreed: bool = False,
        letters: bool = False,
        **options: Any,
    ) -> dict[str, Any]:
        subject = self.found(Event.objects, "event", slug=event)
        if default_role and not subject.roles.filter(key=default_role).exists():
            raise WrongUsage(f"--role {default_role}: this event has no such role.")
        if profile and profile not in (known := roster.known_profiles(subject)):
            raise WrongUsage(f"--profile {profile}: unknown. Known: {', '.join(known)}.")
        try:
            data = file.read_bytes()
        except OSError as error:
            raise WrongUsage(f"{file}: {error.strerror}.") from error
        try:
            found = roster.rehearse(
                event=subject,
                data=data,
                name=file.name,
                profile=profile,
                default_role=default_role,
                needs_agreed=needs_agreed,
            )
        except roster.UnreadableList as refusal:
            raise NotDone(nothing_in(refusal), [str(refusal)]) from refusal
        if not rehearse:
            try:
                with self._progress(len(found.lines)) as tell:
                    found = roster.import_rows(
                        rehearsal=found,
                        actor=actor,
                        all_or_nothing=all_or_nothing,
                        writes_letters=letters,
                        tell=tell,
                    )
            except roster.ListRefused as refusal:
                raise NotDone(left_out(found), [str(refusal), *lines_of(found)]) from refusal
        elif all_or_nothing and found.of_kind("refused"):
            raise NotDone(left_out(found), lines_of(found))
        if not found.is_good:
            raise NotDone(found.as_json(), lines_of(found))
        return {**found.as_json(), "_rehearsal": found}

    def _say(self, answer: dict[str, Any], lines: list[str], as_json: bool) -> None:
        super()._say({key: value for key, value in answer.items() if key != "_rehearsal"}, lines, as_json)

    def tell(self, answer: dict[str, Any]) -> list[str]:
        found: roster.Rehearsal = answer["_rehearsal"]
        counts = found.counts
        head = _(
            "%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(skipped)s skipped, %(refused)s refused."
        )
        told = [head % counts]
        if found.waitlisted:
            told.append(_("%(count)s of them on the waiting list.") % {"count": found.waitlisted})
        told += [str(note) for note in found.notes]
        told += lines_of(found)
        if not found.is_written:
            told.append(_("This was a rehearsal: nothing was written."))
        return told


def lines_of(found: roster.Rehearsal) -> list[str]:
    """The refused lines with their reasons."""
    return [
        _("Line %(line)s: %(reason)s") % {"line": line.line, "reason": reason}
        for line in found.of_kind("refused")
        for reason in line.reasons
    ]


def left_out(found: roster.Rehearsal) -> dict[str, Any]:
    """The answer when a bad line kept everybody out."""
    return {**found.as_json(), "new": 0, "changed": 0}


def nothing_in(refusal: roster.UnreadableList) -> dict[str, Any]:
    """The answer when the file could not be used at all: one refusal, about the file or the line that is to blame."""
    reasons = [{"line": refusal.details.get("line"), "reasons": [str(refusal)]}]
    return {"format": None, "new": 0, "changed": 0, "unchanged": 0, "skipped": 0, "refused": reasons}
