"""One function per letter about teams and projects. Each returns the queued row, or None if it was queued before."""

from __future__ import annotations

from hackathon import letters
from hackathon.models import OutgoingMail, Person

from .enums import AskState
from .models import Ask, Idea, Membership, Project, Reopening, Team


def team_announced(
    *, membership: Membership, sentences: list[str], captain: str, language: str
) -> OutgoingMail | None:
    """Your team, its table, its theme, and why (`sentences`, already in that language)."""
    team, person = membership.team, membership.registration.person
    return letters.post(
        template="team_announced",
        to=person.email,
        language=language,
        key=f"team-announced:{membership.pk}",
        event=team.event,
        person=person,
        context={
            "team": team,
            "membership": membership,
            "sentences": sentences,
            "captain": captain,
            "url": letters.address("teams:my_team", team.event.slug, language=language),
        },
    )


def project_received(
    *, project: Project, person: Person, closes_at: str, language: str
) -> OutgoingMail | None:
    """The receipt of a project: when it came in, its digest, until when it can be changed."""
    team = project.team
    return letters.post(
        template="project_received",
        to=person.email,
        language=language,
        key=f"project-received:{project.pk}:{project.version}:{person.pk}",
        event=team.event,
        person=person,
        context={
            "team": team,
            "project": project,
            "closes_at": closes_at,
            "url": letters.address("teams:project", team.event.slug, team.number, language=language),
        },
    )


def team_asked(*, ask: Ask, person: Person) -> OutgoingMail | None:
    """A team invites you, or somebody asks to join yours: where to answer."""
    event, language = ask.team.event, person.language or "fr"
    where = (
        ("teams:my_team", event.slug) if ask.is_invitation else ("teams:people", event.slug, ask.team.number)
    )
    return letters.post(
        template="team_invitation" if ask.is_invitation else "team_request",
        to=person.email,
        language=language,
        key=f"team-asked:{ask.pk}:{person.pk}",
        event=event,
        person=person,
        context={"ask": ask, "team": ask.team, "url": letters.address(*where, language=language)},
    )


def team_answered(*, ask: Ask, person: Person) -> OutgoingMail | None:
    """What became of your request or your invitation: one letter for each of the four answers."""
    event, language = ask.team.event, person.language or "fr"
    is_yes = ask.state == AskState.ACCEPTED
    if ask.is_invitation:
        template = "team_joined" if is_yes else "team_not_joined"
    else:
        template = "team_accepted" if is_yes else "team_refused"
    return letters.post(
        template=template,
        to=person.email,
        language=language,
        key=f"team-answered:{ask.pk}:{person.pk}",
        event=event,
        person=person,
        context={
            "ask": ask,
            "team": ask.team,
            "url": letters.address("teams:my_team", event.slug, language=language),
        },
    )


def idea_hidden(*, idea: Idea, person: Person) -> OutgoingMail | None:
    """The organisers took your idea off the wall, and why."""
    event, language = idea.event, person.language or "fr"
    return letters.post(
        template="idea_hidden",
        to=person.email,
        language=language,
        key=f"idea-hidden:{idea.pk}:{idea.hidden_at}",
        event=event,
        person=person,
        context={
            "idea": idea,
            "reason": idea.hidden_reason,
            "url": letters.address("teams:idea", event.slug, idea.pk, language=language),
        },
    )


def standing_changed(*, project: Project, reason: str, person: Person, change: int) -> OutgoingMail | None:
    """Your project was put out of competition, withdrawn, disqualified or taken back, and why. `change`: the number
    of that change in the record."""
    team, language = project.team, person.language or "fr"
    return letters.post(
        template="standing_changed",
        to=person.email,
        language=language,
        key=f"standing-changed:{change}:{person.pk}",
        event=team.event,
        person=person,
        context={
            "team": team,
            "project": project,
            "reason": reason,
            "url": letters.address("teams:project", team.event.slug, team.number, language=language),
        },
    )


def team_reopened(*, reopening: Reopening, until: str, person: Person) -> OutgoingMail | None:
    """Your team may write after the deadline: until when (in words, in that language) and why."""
    team, language = reopening.team, person.language or "fr"
    return letters.post(
        template="team_reopened",
        to=person.email,
        language=language,
        key=f"team-reopened:{reopening.pk}:{person.pk}",
        event=team.event,
        person=person,
        context={
            "team": team,
            "reopening": reopening,
            "until": until,
            "url": letters.address("teams:project", team.event.slug, team.number, language=language),
        },
    )


def declaration_asked(*, team: Team, person: Person) -> OutgoingMail | None:
    """The first evening: say where you stand. Once per captain and team."""
    language = person.language or "fr"
    return letters.post(
        template="declaration_asked",
        to=person.email,
        language=language,
        key=f"declaration-asked:{team.pk}:{person.pk}",
        event=team.event,
        person=person,
        context={
            "team": team,
            "url": letters.address("teams:declaration", team.event.slug, team.number, language=language),
        },
    )
