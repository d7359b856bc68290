"""Added fields, versions read and restored, a text taken over, the declaration of the first evening."""

from __future__ import annotations

import pytest

from hackathon.domain.furnishing import SetupRefused
from hackathon.models import OutgoingMail
from hackathon.tests.factories import DEADLINE, DURING_WORK, make_event, make_theme
from teams.domain import content, declaring, project_fields, recovering, submitting, versions
from teams.domain.submitting import ProjectIncomplete, StaleProject, SubmissionClosed
from teams.enums import FileKind, FileState
from teams.models import Declaration, ExtraField, Project, ProjectFile, ProjectVersion
from teams.tests.factories import make_project, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(at):
    at(DURING_WORK)
    return make_event()


@pytest.fixture
def field(event):
    return project_fields.save_field(
        event=event, actor=None, label_fr="Public visé", label_en="Audience reached", is_required=True
    )


@pytest.fixture
def project(event, field):
    project = make_project(make_team(event))
    project.team.event = event
    return project


def save(project, **texts):
    return submitting.save_draft(project=project, content=texts, version=project.version, actor=None)


def test_an_added_field_is_saved_versioned_and_part_of_the_digest(project, field):
    name = content.name_of(field)
    before = content.digest_of(project)
    saved = save(project, **{name: "everybody"})
    assert saved.extra == {str(field.pk): "everybody"}
    assert saved.versions.latest_first().first().content[name] == "everybody"
    assert content.digest_of(saved) != before


def test_a_required_added_field_is_missing_until_it_is_filled_in(project, field):
    name = content.name_of(field)
    assert content.missing_fields(project) == [name]
    with pytest.raises(ProjectIncomplete, match="Public visé"):
        submitting.submit_project(project=project, actor=None)
    filled, of = content.completeness(project)
    saved = save(project, **{name: "x"})
    assert content.completeness(saved) == (filled + 1, of)
    assert submitting.submit_project(project=saved, actor=None).receipt
    with pytest.raises(ProjectIncomplete):
        save(project, **{name: " "})


def test_a_field_of_another_theme_is_not_asked_and_not_saved(project, event):
    other = project_fields.save_field(
        event=event, actor=None, label_fr="Ailleurs", theme=make_theme(event, "Autre")
    )
    saved = save(project, **{content.name_of(other): "smuggled"})
    assert other not in content.extra_fields(project)
    assert saved.extra == {}


def test_a_field_that_was_filled_in_is_not_removed_and_keeps_its_label(project, field):
    save(project, **{content.name_of(field): "x"})
    with pytest.raises(SetupRefused):
        project_fields.remove_field(field=field, actor=None)
    project_fields.save_field(event=project.event, field=field, actor=None, is_active=False)
    found = Project.objects.with_teams().get()
    assert content.extra_fields(found) == []
    assert (content.name_of(field), "Public visé", "x") in content.texts(found)
    assert content.missing_fields(found) == []


def test_an_empty_field_is_removed_and_fields_are_put_in_order(event, field):
    other = project_fields.save_field(event=event, actor=None, label_fr="Second")
    project_fields.arrange_fields(event=event, order=[other.pk, field.pk], actor=None)
    assert list(ExtraField.objects.for_event(event).in_order()) == [other, field]
    project_fields.move_field(field=field, up=True, actor=None)
    assert list(ExtraField.objects.for_event(event).in_order()) == [field, other]
    project_fields.remove_field(field=other, actor=None)
    assert ExtraField.objects.get() == field


def test_files_that_arrived_are_part_of_the_digest_in_a_fixed_order(project):
    before = content.digest_of(project)
    for digest in ("a" * 64, "b" * 64):
        ProjectFile.objects.create(
            project=project, kind=FileKind.IMAGE, state=FileState.KEPT, name="x", size=1, digest=digest,
            started_at=DURING_WORK,
        )  # fmt: skip
    both = content.digest_of(project)
    assert both != before
    ProjectFile.objects.create(
        project=project, kind=FileKind.DECK, state=FileState.LATE, name="y", size=1, digest="c" * 64,
        started_at=DURING_WORK,
    )  # fmt: skip
    assert content.digest_of(project) == both


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("", "all new"),
        ("all gone", ""),
        ("one two three", "one 2 three four"),
        ("l’été, déjà\nfini", "l’hiver, déjà\n\nici"),
        ("same", "same"),
        ("mot " * 2000, "mot " * 1999 + "fin"),
    ],
)
def test_differences_hold_both_texts_exactly(older, newer):
    pieces = versions.differences(older, newer)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == older
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == newer


def test_differences_are_told_in_whole_words():
    pieces = versions.differences("a bridge to work", "a road to work")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "a "),
        ("removed", "bridge"),
        ("added", "road"),
        ("same", " to work"),
    ]


def test_restoring_makes_a_new_version_and_loses_nothing(project, field):
    name = content.name_of(field)
    first = save(project, title="first", **{name: "one"}).versions.latest_first().first()
    save(project, title="second", problem="other", **{name: "two"})
    restored = versions.restore(project=project, kept=first, version=project.version, actor=None)
    assert (restored.title, restored.extra[str(field.pk)], restored.version) == ("first", "one", 4)
    assert [kept.content["title"] for kept in restored.versions.order_by("number")] == [
        "first",
        "second",
        "first",
    ]
    assert not versions.is_restorable(restored, first)


def test_restoring_over_a_newer_save_is_refused(project):
    first = save(project, title="first").versions.latest_first().first()
    seen = project.version
    save(project, title="second")
    save(project, title="third")
    with pytest.raises(StaleProject):
        versions.restore(project=project, kept=first, version=seen, actor=None)
    assert Project.objects.get().title == "third"
    assert not ProjectVersion.objects.set_aside().exists()


def test_restoring_a_text_set_aside_brings_back_only_its_fields(project):
    seen = project.version
    save(project, title="first", pitch="kept")
    with pytest.raises(StaleProject):
        submitting.save_draft(project=project, content={"title": "mine"}, version=seen, actor=None)
    aside = ProjectVersion.objects.set_aside().get()
    restored = versions.restore(project=project, kept=aside, version=project.version, actor=None)
    assert (restored.title, restored.pitch) == ("mine", "kept")


def test_restoring_after_the_deadline_is_refused(project, at):
    first = save(project, title="first").versions.latest_first().first()
    at(DEADLINE)
    with pytest.raises(SubmissionClosed):
        versions.restore(project=project, kept=first, version=project.version, actor=None)


def test_the_text_of_a_dissolved_team_is_taken_over(project, event, field):
    save(project, title="ten minutes left", **{content.name_of(field): "kept"})
    with pytest.raises(recovering.RecoveryRefused):
        recovering.take_over(team=make_team(event), old=project, actor=None)
    project.team.dissolved_at = DURING_WORK
    project.team.save()
    again = make_team(event)
    submitting.save_draft(
        project=submitting.project_of(again), content={"title": "begun again"}, version=0, actor=None
    )
    assert recovering.recoverable(event) == [project]
    new = recovering.take_over(team=again, old=project, actor=None)
    assert (new.title, new.extra, new.version) == ("ten minutes left", {str(field.pk): "kept"}, 2)
    assert [kept.content["title"] for kept in new.versions.order_by("number")] == [
        "begun again",
        "ten minutes left",
    ]


SAID = {"title": "Pont", "progress": "maquette", "lacks": "une designer", "will_submit": True}


def test_a_declaration_names_an_untitled_project_and_only_that(event):
    team = make_team(event)
    declaring.declare(team=team, content=SAID, version=0, actor=None)
    assert Project.objects.get(team=team).title == "Pont"
    declaring.declare(team=team, content=SAID | {"title": "Route"}, version=1, actor=None)
    assert Declaration.objects.get(team=team).title == "Route"
    assert Project.objects.get(team=team).title == "Pont"


def test_two_members_declaring_overwrite_nothing(event):
    team = make_team(event)
    declaring.declare(team=team, content=SAID, version=0, actor=None)
    with pytest.raises(declaring.StaleDeclaration):
        declaring.declare(team=team, content=SAID | {"progress": "autre"}, version=0, actor=None)
    assert Declaration.objects.get(team=team).progress == "maquette"


def test_a_declaration_after_the_deadline_or_empty_is_refused(event, at):
    team = make_team(event)
    with pytest.raises(declaring.DeclarationRefused):
        declaring.declare(team=team, content=SAID | {"progress": " "}, version=0, actor=None)
    at(DEADLINE)
    with pytest.raises(SubmissionClosed):
        declaring.declare(team=team, content=SAID, version=0, actor=None)


def test_teams_that_have_not_declared_come_first_and_are_written_to_once(event, django_assert_num_queries):
    said, silent = make_team(event), make_team(event)
    declaring.declare(team=said, content=SAID, version=0, actor=None)
    assert [line.team for line in declaring.declarations(event)] == [silent, said]
    assert declaring.remind(event=event, actor=None) == 1
    assert declaring.remind(event=event, actor=None) == 0
    assert OutgoingMail.objects.get(letter="declaration_asked").person in [
        member.registration.person for member in silent.memberships.all()
    ]
    for _more in range(10):
        make_team(event)
    with django_assert_num_queries(2):
        declaring.declarations(event)
