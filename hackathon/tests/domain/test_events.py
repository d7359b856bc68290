"""Events made from templates, their facts, lists and visibility: what is refused, and that nothing is lost."""

import json
from datetime import date, timedelta

import pytest
from django.utils import translation

from hackathon.domain import events, facts, programme, questions, readiness, roles, themes
from hackathon.domain.furnishing import SetupRefused
from hackathon.enums import QuestionKind, RegistrationState
from hackathon.models import AuditEntry, Event, EventDay, Presence, Role, Theme
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def create(slug="rennes-2027", **options):
    return events.create_event(slug=slug, organiser_email="Org@Example.org", actor=None, **options)


def test_event_is_made_from_its_template_and_hidden():
    event = create(first_day=date(2027, 6, 4))
    shape = events.read_template(events.DEFAULT_TEMPLATE)
    assert [day.on for day in event.days.all()] == [date(2027, 6, 4), date(2027, 6, 5)]
    assert event.roles.count() == len(shape["roles"])
    assert event.themes.count() == len(shape["themes"])
    assert not event.is_public
    assert event.duties.get().account.email == "org@example.org"
    closing = event.local(event.windows.get(kind="submission").closes_at)
    assert (closing.date(), f"{closing:%H:%M}") == (date(2027, 6, 5), "13:30")


@pytest.mark.parametrize("name", events.template_names())
def test_every_template_makes_an_event(name):
    event = create(template=name)
    assert event.days.count() == json.loads((events.TEMPLATES / f"{name}.json").read_text())["days"]


@pytest.mark.parametrize("slug", ["admin", "en", "Été 2027", "", "a" * 61, "Rennes", "demo", "legal"])
def test_address_that_cannot_be_is_refused(slug):
    with pytest.raises(events.EventRefused):
        create(slug)
    assert not Event.objects.exists()


def test_address_that_is_taken_unknown_template_and_bad_e_mail_are_refused():
    create()
    with pytest.raises(events.EventRefused, match="occupe déjà"):
        create()
    with pytest.raises(events.EventRefused, match="hackathon-emploi-2016"):
        create("other", template="nope")
    with pytest.raises(events.EventRefused, match="adresse électronique"):
        events.create_event(slug="other", organiser_email="not an address", actor=None)
    assert Event.objects.count() == 1


def test_change_is_recorded_with_what_was_and_is():
    event = factories.make_event(venue="Ancien lieu")
    facts.change_event(event=event, actor=None, venue="Champs libres", city="Rennes")
    entry = AuditEntry.objects.get(verb="change_event")
    assert entry.data["changed"] == {"venue": ["Ancien lieu", "Champs libres"], "city": ["", "Rennes"]}
    facts.change_event(event=event, actor=None, venue="Champs libres")
    assert AuditEntry.objects.filter(verb="change_event").count() == 1


def test_facts_that_contradict_each_other_are_refused_and_nothing_is_saved():
    event = factories.make_event()
    with pytest.raises(SetupRefused):
        facts.change_event(event=event, actor=None, team_size_min=9, team_size_max=4, venue="Ailleurs")
    event.refresh_from_db()
    assert (event.team_size_max, event.venue) == (7, "")
    with pytest.raises(TypeError):
        facts.change_event(event=event, actor=None, published_at=factories.DURING_WORK)


def test_event_opens_to_the_public_once_nothing_needed_is_missing():
    event = create(template="blank")
    with pytest.raises(SetupRefused) as refusal:
        facts.open_to_public(event=event, actor=None)
    assert "profil" in str(refusal.value)
    assert "thématique" in str(refusal.value)
    full = create("other")
    assert {problem.code for problem in readiness.missing(full) if problem.is_blocker} == set()
    facts.open_to_public(event=full, actor=None)
    assert Event.objects.public().get() == full


def test_published_event_cannot_be_hidden():
    event = factories.make_event(published_at=factories.DURING_PANELS)
    with pytest.raises(SetupRefused):
        facts.hide_from_public(event=event, actor=None)
    assert Event.objects.public().exists()


def test_day_with_recorded_presence_stays():
    event = factories.make_event()
    first, second = event.days.all()
    Presence.objects.create(
        registration=factories.make_registration(event), day=first, half="am", in_at=factories.DURING_WORK
    )
    with pytest.raises(SetupRefused):
        facts.remove_day(day=first, actor=None)
    facts.remove_day(day=second, actor=None)
    assert EventDay.objects.get() == first


def test_role_is_added_without_code_and_keeps_its_key():
    event = factories.make_event()
    role = roles.save_role(event=event, actor=None, name_fr="Étudiant", name_en="Student", capacity=20)
    twin = roles.save_role(event=event, actor=None, name_fr="Étudiant", name_en="Student")
    assert [role.key, twin.key] == ["etudiant", "etudiant-2"]
    roles.save_role(event=event, role=role, actor=None, name_fr="Étudiante ou étudiant")
    role.refresh_from_db()
    assert (role.key, role.name_fr, role.capacity) == ("etudiant", "Étudiante ou étudiant", 20)
    with pytest.raises(SetupRefused):
        roles.save_role(event=event, actor=None, name_fr="…")


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "1 personne est inscrite"), ("en", "1 person is registered")]
)
def test_role_that_somebody_has_is_not_removed(language, words):
    role = factories.make_registration(factories.make_event(), state=RegistrationState.CANCELLED).role
    with translation.override(language), pytest.raises(SetupRefused, match=words):
        roles.remove_role(role=role, actor=None)
    assert Role.objects.filter(pk=role.pk).exists()


def test_rows_move_by_one_and_stop_at_the_ends():
    event = factories.make_event()
    one, two, three = (factories.make_theme(event, title) for title in ("Une", "Deux", "Trois"))
    themes.move_theme(theme=three, up=True, actor=None)
    assert list(event.themes.in_order()) == [one, three, two]
    themes.move_theme(theme=one, up=True, actor=None)
    themes.move_theme(theme=two, up=False, actor=None)
    assert list(event.themes.in_order()) == [one, three, two]


def test_theme_that_somebody_chose_is_not_removed():
    event = factories.make_event()
    chosen, other = factories.make_theme(event, "Une"), factories.make_theme(event, "Deux")
    factories.make_registration(event, themes=[chosen])
    with pytest.raises(SetupRefused):
        themes.remove_theme(theme=chosen, actor=None)
    themes.remove_theme(theme=other, actor=None)
    assert Theme.objects.get() == chosen


def test_theme_comes_and_goes_with_its_empty_panels():
    event = create()
    theme = themes.save_theme(event=event, actor=None, title_fr="Cinquième", short_title_fr="Cinquième")
    assert theme.panels.count() == 1
    themes.remove_theme(theme=theme, actor=None)
    assert event.themes.count() == 4


def test_question_that_was_answered_keeps_its_kind_and_stays():
    event = factories.make_event()
    question = questions.save_question(
        event=event, actor=None, kind=QuestionKind.SHORT_TEXT, label_fr="Votre métier ?"
    )
    registration = factories.make_registration(event)
    registration.answers.create(question=question, asked="Votre métier ?", value="Conseillère")
    with pytest.raises(SetupRefused):
        questions.save_question(event=event, question=question, actor=None, kind=QuestionKind.NUMBER)
    with pytest.raises(SetupRefused):
        questions.remove_question(question=question, actor=None)
    questions.save_question(event=event, question=question, actor=None, is_active=False)
    assert registration.answers.count() == 1


def test_choice_needs_two_answers():
    with pytest.raises(SetupRefused):
        questions.save_question(
            event=factories.make_event(),
            actor=None,
            kind=QuestionKind.CHOICE,
            label_fr="Venez-vous ?",
            choices_fr=["Oui"],
        )


def test_run_sheet_knows_what_is_on_and_what_comes_next(at):
    event = factories.make_event()
    start = factories.DURING_WORK
    names = ("Fini", "En cours", "Ensuite", "Plus tard")
    for number, name in enumerate(names, start=-2):
        programme.save_item(
            event=event, actor=None, title_fr=name, starts_at=start + timedelta(hours=number, minutes=30)
        )
    at(start + timedelta(minutes=1))
    (day,) = programme.run_sheet(event)
    assert [line.state for line in day.lines] == ["done", "now", "", ""]
    assert [line.item.title_fr for line in day.lines if line.is_next] == ["Ensuite"]
    with pytest.raises(SetupRefused):
        programme.save_item(event=event, actor=None, title_fr="Faux", starts_at=start, ends_at=start)
