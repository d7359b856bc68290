"""The whole event through its pages, from the command that makes it to the PDF that announces the winners.

One long walk, on the real list of 250 people and with real forms only. Each step says what a person would see; the
event is a real one, not the demo: the clock is the server's, moved by the test.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from pypdf import PdfReader
from webtest import Upload

from hackathon.enums import RegistrationState
from hackathon.models import Event, OutgoingMail, Registration
from judging.enums import BallotState
from judging.models import Ballot, Round
from teams.models import Project, Team

from .walking import Walker, form_to, words, work

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SLUG = "hackathon-de-novembre"
ORGANISER = "odile@organisation.example"
PRESIDENT = "presidente@jury.example"
LIST = settings.BASE_DIR / "fixtures" / "lists" / "inscriptions.csv"


def moment(day: int, clock: str, month: int = 11) -> datetime:
    """That time in Paris, in winter."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2016, month, day, hour - 1, minute, tzinfo=UTC)


def test_an_event_from_its_first_page_to_its_results(django_app: Any, at: Any, mailoutbox: list[Any]) -> None:
    at(moment(10, "10:00", month=10))
    call_command("create_event", SLUG, "--organiser", ORGANISER, "--first-day", "2016-11-18", verbosity=0)
    walker = Walker(django_app, SLUG)
    set_up(walker)
    newcomers = register_in_two_languages(django_app, walker)
    at(moment(12, "10:00"))
    import_the_list(walker)
    confirm(walker, newcomers)
    at(moment(18, "10:20"))
    form_teams(walker)
    work()
    assert mailoutbox, "the letters have left"
    at(moment(19, "12:00"))
    projects = submit_projects(walker)
    jurors = seat_the_jury(walker)
    at(moment(19, "13:50"))
    open_round(walker, "thematiques")
    mark_the_panels(walker, jurors, projects)
    at(moment(19, "15:20"))
    close_the_panels(walker, jurors)
    at(moment(19, "15:45"))
    play_the_final(walker, jurors)
    at(moment(19, "17:05"))
    decide_and_seal(walker)
    nobody_sees_the_results(walker, jurors)
    at(moment(19, "17:45"))
    publish(walker)
    everybody_reads_the_results(django_app)
    call_command("verify_results", SLUG, verbosity=0)
    tampering_is_named()


# --- Step 2: the event ---------------------------------------------------------------------------------------------


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


# --- Step 3: registration ------------------------------------------------------------------------------------------


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


# --- Step 5: teams -------------------------------------------------------------------------------------------------


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


# --- Step 6: projects ----------------------------------------------------------------------------------------------


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


# --- Step 7: the jury ----------------------------------------------------------------------------------------------


def seat_the_jury(walker: Walker) -> list[str]:
    """A president and five jurors: two in the first panel, one in each other; the president and two in the final."""
    walker.sign_in(ORGANISER)
    jurors = [f"jure{number}@jury.example" for number in range(1, 6)]
    for email in [PRESIDENT, *jurors]:
        page = walker.get("judging:add_juror")
        form = form_to(page, page.request.path)
        form["first_name"], form["last_name"], form["email"] = "Membre", email.partition("@")[0], email
        form["is_president"] = email == PRESIDENT
        form.submit().follow()
    panels = list(Round.objects.get(event__slug=SLUG, key="thematiques").panels.order_by("position"))
    final = Round.objects.get(event__slug=SLUG, key="finale").panels.get()
    seats = [(panels[0], jurors[0]), (panels[0], jurors[1]), (panels[1], jurors[2]), (panels[2], jurors[3])]
    seats += [(panels[3], jurors[4]), (final, PRESIDENT), (final, jurors[0]), (final, jurors[2])]
    for panel, email in seats:
        page = walker.get("judging:panel", panel.pk)
        form = form_to(page, page.request.path)
        form[f"panel-{panel.pk}-juror"].select(text=f"Membre {email.partition('@')[0]}")
        form.submit().follow()
    assert OutgoingMail.objects.filter(letter="jury_invitation").count() == 6
    return jurors


def open_round(walker: Walker, key: str) -> None:
    walker.sign_in(ORGANISER)
    page = walker.get("judging:open_round", key)
    form_to(page, page.request.path).submit().follow()
    assert Round.objects.get(event__slug=SLUG, key=key).state == "open"


def mark_the_panels(walker: Walker, jurors: list[str], projects: dict[int, list[Project]]) -> None:
    """Each juror marks; the second stands aside from one project; nobody reads another's ballot."""
    foreign = Ballot.objects.filter(juror__person__email=jurors[0]).first()
    for email in jurors[1:]:
        landed = walker.sign_in(email)
        assert landed.request.path == walker.url("judging:my_projects")
        for view in ("ballot", "hand_in", "recuse"):
            assert walker.get(f"judging:{view}", foreign.pk, expect_errors=True).status_code == 404
        page = walker.get("judging:my_projects")
        assert (
            walker.tap(
                walker.get("judging:recuse", own_ballots(email)[0].pk),
                walker.url("judging:marks", foreign.pk),
                criterion="x",
                value=3,
            ).status_code
            == 404
        )
        for number, ballot in enumerate(own_ballots(email)):
            if email == jurors[1] and number == 0:
                stand_aside(walker, ballot)
            else:
                mark(walker, ballot, value_for(ballot))
        page = walker.get("judging:hand_in_all")
        form_to(page, page.request.path).submit().follow()
    assert set(Ballot.objects.filter(juror__person__email=jurors[1]).values_list("state", flat=True)) == {
        BallotState.RECUSED, BallotState.HANDED_IN,
    }  # fmt: skip
    assert len(projects[1]) == 3


def own_ballots(email: str) -> list[Ballot]:
    rows = Ballot.objects.filter(juror__person__email=email, state=BallotState.OPEN)
    return list(rows.select_related("project", "round", "panel").order_by("project__title"))


def value_for(ballot: Ballot) -> int:
    """Projects numbered 1 are the best of their theme, and the first theme the best of all."""
    theme, _dot, number = ballot.project.title.removeprefix("Projet ").partition(".")
    return max(1, 6 - int(number) - (1 if theme != "1" and ballot.round.key == "finale" else 0))


def stand_aside(walker: Walker, ballot: Ballot) -> None:
    page = walker.get("judging:recuse", ballot.pk)
    form = form_to(page, page.request.path)
    refused = form.submit(expect_errors=True)
    assert refused.status_code == 422, "a reason is asked for"
    form = form_to(refused, refused.request.path)
    form["reason"] = "Je conseille cette équipe."
    form.submit().follow()


def mark(walker: Walker, ballot: Ballot, value: int) -> None:
    """A tap per criterion, as the page's script sends them; a repeated tap changes nothing."""
    page = walker.get("judging:ballot", ballot.pk)
    address = walker.url("judging:marks", ballot.pk)
    criteria = list(ballot.round.grid.criteria.all())
    for number, criterion in enumerate(criteria, start=1):
        sent = {
            "criterion": criterion.key,
            "value": value,
            "version": 0,
            "key": f"{ballot.pk}-{criterion.pk}",
        }
        saved = walker.tap(page, address, **sent)
        assert saved.json["done"] == number
        assert walker.tap(page, address, **sent).json["version"] == saved.json["version"]
    assert ballot.marks.count() == len(criteria)


def close_the_panels(walker: Walker, jurors: list[str]) -> None:
    """Refused while ballots are missing, which are named; the missing juror marks meanwhile; then closed."""
    walker.sign_in(ORGANISER)
    page = walker.get("judging:close_round", "thematiques")
    refused = form_to(page, page.request.path).submit(expect_errors=True)
    assert refused.status_code == 409
    assert "Membre jure1" in words(refused)
    assert "Projet 1.3" in words(refused)
    extend(walker)
    walker.sign_in(jurors[0])
    for ballot in own_ballots(jurors[0]):
        mark(walker, ballot, value_for(ballot))
    page = walker.get("judging:hand_in_all")
    form_to(page, page.request.path).submit().follow()
    walker.sign_in(ORGANISER)
    page = walker.get("judging:close_round", "thematiques")
    closed = form_to(page, page.request.path).submit().follow()
    assert "18," not in words(closed), "organisers see progress, never totals"
    assert Round.objects.get(event__slug=SLUG, key="thematiques").state == "closed"


def extend(walker: Walker) -> None:
    """The hours of the panels are over: the organiser gives ten minutes, with a reason."""
    window = Event.objects.get(slug=SLUG).windows.get(kind="scoring", key="thematiques")
    page = walker.get("hackathon:windows")
    form = walker.form(page, "hackathon:window_extension", window.pk)
    form[f"extension-{window.pk}-closes_at"] = "2016-11-19T15:30"
    form[f"extension-{window.pk}-reason"] = "Un membre du jury était en retard."
    form.submit().follow()


def play_the_final(walker: Walker, jurors: list[str]) -> None:
    open_round(walker, "finale")
    finale = Round.objects.get(event__slug=SLUG, key="finale")
    titles = set(Project.objects.filter(entries__panel__round=finale).values_list("title", flat=True))
    assert titles == {f"Projet {theme}.{number}" for theme in (1, 2, 3, 4) for number in (1, 2)}, (
        "the top two"
    )
    for email in (PRESIDENT, jurors[0], jurors[2]):
        walker.sign_in(email)
        for ballot in own_ballots(email):
            mark(walker, ballot, value_for(ballot))
        page = walker.get("judging:hand_in_all")
        form_to(page, page.request.path).submit().follow()
    page = walker.sign_in(PRESIDENT)
    page = walker.get("judging:close_round", "finale")
    form_to(page, page.request.path).submit().follow()


# --- Step 8: decision ----------------------------------------------------------------------------------------------


def decide_and_seal(walker: Walker) -> None:
    """The jury departs from one ranking: refused without a reason, recorded with one."""
    walker.sign_in(PRESIDENT)
    page = walker.get("judging:deliberation")
    form = walker.form(page, "judging:decide")
    laureate = next(
        name
        for name in form.fields
        if name and name.startswith("choice-") and "Projet 2.1" in chosen(form, name)
    )
    form[laureate].select(text="Projet 2.2")
    refused = form.submit(expect_errors=True)
    assert refused.status_code == 422
    assert "Projet 2.2" in words(refused)
    form = walker.form(refused, "judging:decide")
    assert chosen(form, laureate) == "Projet 2.2", "the choice is kept"
    form[laureate.replace("choice-", "reason-")] = "Le besoin est plus pressant."
    decided = form.submit(expect_errors=True)
    if decided.status_code != 302:
        raise AssertionError(
            [(n, chosen(form, n)) for n in form.fields if n and n.startswith("choice-")],
            words(refused)[:1500],
            words(decided)[:2500],
        )
    decided = decided.follow()
    assert "Le besoin est plus pressant." in words(decided)
    walker.press(decided, "judging:seal").follow()


def chosen(form: Any, name: str) -> str:
    field = form[name]
    return next(text for value, _selected, text in field.options if value == field.value)


def nobody_sees_the_results(walker: Walker, jurors: list[str]) -> None:
    """Before publication: 404 through the page, the PDF and the API, for all but those who prepare it."""
    addresses = [
        walker.url("judging:results"),
        walker.url("judging:results_pdf"),
        f"/api/v1/events/{SLUG}/results/",
    ]
    addresses += ["/en" + address for address in addresses[:2]]
    captain = Team.objects.filter(event__slug=SLUG).first().memberships.get(is_captain=True)
    for email in (None, captain.registration.person.email, jurors[0]):
        walker.sign_in(email) if email else walker.sign_out()
        for address in addresses:
            answer = walker.app.get(address, expect_errors=True)
            assert answer.status_code == 404, (email, address)
            assert "Projet 1.1" not in answer
    walker.sign_in(PRESIDENT)
    assert "Projet 1.1" in walker.get("judging:results")


# --- Step 9: announcement ------------------------------------------------------------------------------------------


def publish(walker: Walker) -> None:
    walker.sign_in(ORGANISER)
    page = walker.get("judging:publication")
    form = form_to(page, page.request.path)
    form["confirmation"] = "publier"
    refused = form.submit(expect_errors=True)
    assert Event.objects.get(slug=SLUG).published_at is None
    form = form_to(refused, refused.request.path)
    form["confirmation"] = SLUG
    form.submit().follow()
    assert Event.objects.get(slug=SLUG).published_at == moment(19, "17:45")


def everybody_reads_the_results(app: Any) -> None:
    for language in ("fr", "en"):
        visitor = Walker(app, SLUG, language)
        visitor.sign_out()
        page = visitor.get("judging:results")
        pdf = visitor.get("judging:results_pdf")
        assert pdf.content_type == "application/pdf"
        document = PdfReader(io.BytesIO(pdf.body))
        text = " ".join(" ".join(sheet.extract_text() for sheet in document.pages).split())
        for title in ("Projet 1.1", "Projet 2.2", "Projet 3.1", "Projet 4.1"):
            assert title in words(page)
            assert title in text
        assert "Projet 2.1" not in words(page)
        assert document.trailer["/Root"]["/Lang"][:2] == language


def tampering_is_named() -> None:
    """A mark changed behind everybody's back is found by whoever recomputes."""
    mark = Ballot.objects.filter(project__title="Projet 1.1").first().marks.first()
    type(mark).objects.filter(pk=mark.pk).update(value=1)
    with pytest.raises(CommandError):
        call_command("verify_results", SLUG, verbosity=0)
