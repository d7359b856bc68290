"""The first half of the whole event, as people do it on its pages: set-up, registration, teams, projects."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from webtest import Upload

from hackathon.enums import RegistrationState
from hackathon.models import Event, OutgoingMail, Registration
from teams.models import Project, Team

from .walking import Walker, form_to, words, work

SLUG = "hackathon-de-novembre"
ORGANISER = "odile@organisation.example"
LIST = settings.BASE_DIR / "fixtures" / "lists" / "inscriptions.csv"


def set_up(walker: Walker) -> None:
    """The organiser adds a role, fills in where it is, moves a window and opens the event to the public."""
    assert walker.get("hackathon:event", expect_errors=True).status_code == 404, (
        "nobody sees it before it is open"
    )
    landed = walker.sign_in(ORGANISER)
    assert landed.request.path == walker.url("hackathon:tower"), "one lands where one works"

    page = walker.get("hackathon:shelf_new", "roles")
    form = form_to(page, page.request.path)
    form["name_fr"], form["name_en"] = "Étudiant", "Student"
    listed = form.submit().follow()
    assert "Étudiant" in words(listed)

    page = walker.get("hackathon:setup_facts")
    form = form_to(page, page.request.path)
    form["venue"], form["city"], form["contact_email"] = (
        "Halle des essais",
        "Paris",
        "bonjour@organisation.example",
    )
    form["organisers"] = "Ville de Paris"
    form.submit().follow()

    event = Event.objects.get(slug=SLUG)
    window = event.windows.get(kind="registration")
    page = walker.get("hackathon:windows")
    prefix = f"times-{window.pk}"
    form = walker.form(page, "hackathon:window_times", window.pk)
    form[f"{prefix}-opens_at"] = "2016-10-01T08:00"
    form[f"{prefix}-reason"] = "Le site est prêt plus tard."
    form.submit().follow()
    window.refresh_from_db()
    assert window.opens_at == datetime(2016, 10, 1, 6, 0, tzinfo=UTC), "the wall of the venue, in summer time"

    page = walker.get("hackathon:setup")
    walker.press(page, "hackathon:visibility").follow()
    walker.sign_out()
    assert "Étudiant" in words(walker.get("hackathon:register")), "the new role is offered, without code"


def register_in_two_languages(app: Any, walker: Walker) -> list[str]:
    for language, role, first in (("fr", "developpeur", "Solène"), ("en", "designer", "Maxwell")):
        visitor = Walker(app, SLUG, language)
        visitor.sign_out()
        page = visitor.get("hackathon:register")
        chosen = page.click(href=f"role={Event.objects.get(slug=SLUG).roles.get(key=role).pk}$")
        form = form_to(chosen, chosen.request.path)
        form["first_name"], form["last_name"] = first, "Arrivant"
        form["email"] = f"{first.lower()}@arrivants.example".replace("è", "e")
        refused = form.submit(expect_errors=True)
        assert refused.status_code == 422, "the rules are not accepted yet"
        expected = "cochez la case" if language == "fr" else "tick the box"
        assert expected in refused.html.get_text()
        form = form_to(refused, refused.request.path)
        assert form["first_name"].value == first, "nothing typed is lost"
        form["rules_agreed"] = True
        done = form.submit().follow()
        assert done.status_code == 200
    solene, maxwell = Registration.objects.filter(event__slug=SLUG).order_by("pk")
    assert (solene.person.language, maxwell.person.language) == ("fr", "en")
    letters = OutgoingMail.objects.filter(letter="registration_accepted").order_by("pk")
    assert [letter.language for letter in letters] == ["fr", "en"]
    return [solene.person.email, maxwell.person.email]


def import_the_list(walker: Walker) -> None:
    """Rehearsed first, then written; again, and nothing changes."""
    walker.sign_in(ORGANISER)
    before = Registration.objects.count()
    rehearsal = send_list(walker)
    assert "250 personnes à importer" in words(rehearsal)
    assert Registration.objects.count() == before, "a rehearsal writes nothing"
    confirming = next(form for form in rehearsal.forms.values() if form.action.endswith("/confirm/"))
    done = confirming.submit().follow()
    assert "250 nouveaux" in words(done) or "250 nouvelles" in words(done)
    assert Registration.objects.count() == before + 250
    again = send_list(walker)
    assert figures(again)["inchangées" if "inchangées" in figures(again) else "inchangés"] == "250"
    assert not [form for form in again.forms.values() if form.action.endswith("/confirm/")]
    assert Registration.objects.count() == before + 250


def send_list(walker: Walker) -> Any:
    page = walker.get("hackathon:import")
    form = form_to(page, page.request.path)
    form["list"] = Upload(LIST.name, LIST.read_bytes(), "text/csv")
    return form.submit().follow()


def figures(page: Any) -> dict[str, str]:
    """What each figure counts → its number."""
    found = {}
    for figure in page.html.select(".figures > *"):
        number, *label = figure.get_text(" ").split()
        found[" ".join(label)] = number
    return found


def confirm(walker: Walker, emails: list[str]) -> None:
    """A few people say that they come, from their own page; one of them from the list, who must accept the rules."""
    for email in [*emails, "luce.lopes@boite.example"]:
        walker.sign_in(email)
        registration = Registration.objects.get(event__slug=SLUG, person__email=email)
        page = walker.get("hackathon:me")
        form = walker.form(page, "hackathon:own_confirm", registration.pk)
        if "rules_agreed" in form.fields:
            form["rules_agreed"] = True
        form.submit().follow()
        registration.refresh_from_db()
        assert registration.state == RegistrationState.CONFIRMED


def form_teams(walker: Walker) -> None:
    walker.sign_in(ORGANISER)
    page = walker.get("teams:formation")
    waiting = walker.press(page, "teams:propose", seconds="2").follow()
    assert waiting.html.select_one("[data-progress-url]")
    work()
    proposal = Event.objects.get(slug=SLUG).proposals.latest("pk")
    board = walker.get("teams:proposal", proposal.pk)
    board = move_and_undo(walker, board, proposal)
    page = walker.get("teams:apply", proposal.pk)
    listed = form_to(page, page.request.path).submit().follow()
    teams = Team.objects.filter(event__slug=SLUG)
    assert teams.count() >= 36
    assert listed.request.path == walker.url("teams:team_list")
    member = teams.first().memberships.first().registration.person.email
    walker.sign_in(member)
    assert "Table" not in words(walker.get("teams:my_team")), "nobody knows before it is announced"
    walker.sign_in(ORGANISER)
    page = walker.get("teams:announce")
    form = form_to(page, page.request.path)
    form["confirmation"] = "oui"
    refused = form.submit(expect_errors=True)
    assert refused.status_code == 400
    form = form_to(refused, refused.request.path)
    form["confirmation"] = "annoncer"
    form.submit().follow()
    walker.sign_in(member)
    assert walker.get("teams:my_team").html.select("ul li"), "who we are"


def move_and_undo(walker: Walker, board: Any, proposal: Any) -> Any:
    """Somebody is moved in two steps, then moved back: the plan is as it was."""
    before = {team["key"]: sorted(team["people"]) for team in proposal.plan["teams"]}
    people = [team["people"] for team in proposal.plan["teams"]]
    smallest = min(proposal.plan["teams"], key=lambda team: len(team["people"]))
    person = next(group[0] for group in people if len(group) > 5 and group != smallest["people"])
    form = form_to(board, walker.url("teams:move", proposal.pk) + "#move")
    form["person"], form["to"] = person, smallest["key"]
    effect = form.submit()
    proposal.refresh_from_db()
    assert {team["key"]: sorted(team["people"]) for team in proposal.plan["teams"]} == before, (
        "only looked at"
    )
    board = walker.press(effect, "teams:move", proposal.pk).follow()
    proposal.refresh_from_db()
    assert person in next(team["people"] for team in proposal.plan["teams"] if team["key"] == smallest["key"])
    board = walker.press(board, "teams:undo", proposal.pk).follow()
    proposal.refresh_from_db()
    assert {team["key"]: sorted(team["people"]) for team in proposal.plan["teams"]} == before
    return board


def submit_projects(walker: Walker) -> dict[int, list[Project]]:
    """Three projects in the first theme and two in each other: position of the theme → its projects."""
    found: dict[int, list[Project]] = {}
    for position in (1, 2, 3, 4):
        teams = Team.objects.filter(event__slug=SLUG, theme__position=position).order_by("number")
        for number, team in enumerate(teams[: 3 if position == 1 else 2], start=1):
            submit_one(walker, team, f"Projet {position}.{number}")
            found.setdefault(position, []).append(team.project)
    return found


def submit_one(walker: Walker, team: Team, title: str) -> None:
    captain = team.memberships.get(is_captain=True)
    walker.sign_in(captain.registration.person.email)
    page = walker.get("teams:project", team.number)
    form = walker.form(page, "teams:save_project", team.number)
    form["title"], form["pitch"] = title, "Pour qui, et ce que cela change."
    page = form.submit().follow()  # a draft, not everything is there
    walker.get("teams:submit_project", team.number).follow()
    form = walker.form(page, "teams:save_project", team.number)
    assert form["title"].value == title
    for name in form.fields:
        if name in ("problem", "audience", "solution", "works_today", "next_steps"):
            form[name] = f"{title} : {name}."
    form.submit().follow()
    page = walker.get("teams:submit_project", team.number)
    receipt = form_to(page, page.request.path).submit().follow()
    project = Project.objects.get(team=team)
    assert project.receipt[:8] in words(receipt)
    assert OutgoingMail.objects.filter(
        letter="project_received", to=captain.registration.person.email
    ).exists()
