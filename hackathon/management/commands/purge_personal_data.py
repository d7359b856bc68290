"""`manage.py purge_personal_data [--rehearse] [--json]`: delete what the retention table says is due, or say what would go."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from hackathon.domain import jobs, purging, sent_lists
from hackathon.kit.commands import VerbCommand


class Command(VerbCommand):
    help = "Delete personal data that is due to go (docs/privacy.md); with --rehearse, only say what would."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rehearse", action="store_true", help="change nothing: say what would go")

    def perform(self, *, actor: Any, rehearse: bool, **options: Any) -> dict[str, Any]:
        purged = purging.purge(actor=actor, rehearse=rehearse)
        files = jobs.count_old() if rehearse else jobs.forget_old()
        lists = sent_lists.count_old() if rehearse else sent_lists.forget_old()
        return {
            "rehearsed": rehearse,
            "purged": [asdict(each) for each in purged],
            "job_files": files,
            "list_files": lists,
        }

    def tell(self, answer: dict[str, Any]) -> list[str]:
        """One line per event and kind, then the files."""
        goes = "would go" if answer["rehearsed"] else "gone"
        lines = [
            f"{each['event']}: {each['count']} {each['kind']} {goes} (due on {each['due_on']})"
            for each in answer["purged"]
        ]
        lines.append(f"files of finished jobs: {answer['job_files']} {goes}")
        lines.append(f"files of lists sent for import: {answer['list_files']} {goes}")
        return lines
