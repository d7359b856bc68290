"""seal, publish, verify_results, documents: answers for people and for programs, and their exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from hackathon.models import AuditEntry, Event
from judging.domain import deliberating
from judging.models import Mark, Publication, Seal


def run(*words: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(*words: str) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command(*words, "--json", stdout=out)
    return error.value.returncode, json.loads(out.getvalue() or "{}")


def test_sealing_publishing_and_verifying_from_the_command_line(closed_demo: Event) -> None:
    slug = closed_demo.slug
    code, answer = refused("seal", slug)
    assert (code, len(answer["refused"]), Seal.objects.count()) == (1, 1, 0)
    deliberating.decide(event=closed_demo, actor=None)
    assert refused("publish", slug)[0] == 1
    organiser = closed_demo.duties.filter(kind="organiser").first().account.email
    sealed = run("seal", slug, "--as", organiser)
    assert AuditEntry.objects.get(verb="seal").actor.email == organiser
    published = run("publish", slug)
    assert published["code"] == Publication.objects.get().code
    assert refused("publish", slug)[0] == 1
    verified = run("verify_results", slug, "--digest", sealed["digest"])
    assert (verified["intact"], verified["altered"]) == (True, [])


def test_an_altered_event_exits_with_the_reasons(results_demo: Event) -> None:
    mark = Mark.objects.filter(value__gt=1).first()
    assert mark is not None
    Mark.objects.filter(pk=mark.pk).update(value=1)
    code, answer = refused("verify_results", results_demo.slug)
    assert (code, answer["intact"]) == (1, False)
    assert {"mark", "ballot", "seal"} <= {line["code"] for line in answer["altered"]}


@pytest.mark.parametrize("command", ["seal", "publish", "verify_results"])
def test_an_unknown_event_is_wrong_usage(db: None, command: str) -> None:
    assert refused(command, "nowhere")[0] == 2


def test_documents_writes_those_that_exist(results_demo: Event, tmp_path: Path) -> None:
    answer = run(
        "documents", results_demo.slug, "--out", str(tmp_path), "--only", "results", "--language", "en"
    )
    (written,) = answer["written"]
    assert Path(written).read_bytes().startswith(b"%PDF-")
    assert refused("documents", results_demo.slug, "--out", str(tmp_path), "--only", "menu")[0] == 2


def test_documents_leaves_out_what_does_not_exist_yet(closed_demo: Event, tmp_path: Path) -> None:
    answer = run("documents", closed_demo.slug, "--out", str(tmp_path), "--only", "results")
    assert (answer["written"], answer["left_out"]) == ([], ["results"])
