"""The second half of the whole event, as people do it on its pages: jury, decision, announcement."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pypdf import PdfReader

from hackathon.models import Event, OutgoingMail
from judging.enums import BallotState
from judging.models import Ballot, Round
from teams.models import Project, Team

from .steps_to_projects import ORGANISER, SLUG
from .walking import Walker, form_to, words

PRESIDENT = "presidente@jury.example"


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
    assert closed.status_code == 200
    assert walker.get("judging:deliberation", expect_errors=True).status_code == 403, "progress, never totals"
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
    decided = form.submit().follow()
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
    assert Event.objects.get(slug=SLUG).published_at


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
