"""Announcing the results: one function says what they are, and the page, the PDF and the API only show it.

Before `publish`, results exist for nobody but the president, the secretary and whoever publishes (rules.py).
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hackathon.domain import audit, clock
from hackathon.domain.event_words import dates, place
from hackathon.kit.errors import Refused
from hackathon.models import Account, Event
from judging.domain import deliberating, sealing
from judging.models import Award, Decision, Juror, Publication, Seal
from teams.models import Team

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class PublicationRefused(Refused):
    code = "publication_refused"


class AlreadyPublished(PublicationRefused):
    """Harmless: the switch was pressed twice."""

    code = "already_published"


@dataclass(frozen=True)
class Prize:
    """One prize as announced. `project` is empty when the jury gave it to nobody; texts are in one language.

    `place` says the rank in words, where a prize has several; languages are those of the words, to mark them.
    """

    label: str
    theme: str
    theme_language: str
    project: str
    team: str
    pitch: str
    pitch_language: str
    prize: str
    rank: int
    place: str
    is_tied: bool
    is_grand: bool
    project_id: int | None = None


@dataclass(frozen=True)
class Announcement:
    """The results in one language, complete: what the page, the PDF and the API print, word for word."""

    language: str
    event: str
    place: str
    dates: str
    grand: list[Prize]
    prizes: list[Prize]
    figures: list[tuple[int, str]]
    decided: str
    version: int
    published_on: str
    digest: str
    code: str
    erratum: str = ""
    is_demo: bool = False
    is_published: bool = False

    @property
    def is_preview(self) -> bool:
        """Whether only those who prepare it see it yet."""
        return not self.is_published


def announcement(event: Event, language: str) -> Announcement | None:
    """What is announced, in that language: the latest publication word for word, else the current decision as it
    would be announced (for the few who may see it), else None."""
    published = Publication.objects.for_event(event).latest_first().first()
    if published is not None:
        return read(published, language)
    return preview(event, language)


def preview(event: Event, language: str) -> Announcement | None:
    """The current decision as it would be announced: before a first publication, and before a correction."""
    decision = deliberating.current_decision(event)
    return None if decision is None else compose(decision, language)


def read(publication: Publication, language: str) -> Announcement:
    """A publication as it was announced."""
    content = dict(publication.content[language])
    for name in ("grand", "prizes"):
        content[name] = [Prize(**prize) for prize in content[name]]
    content["figures"] = [(number, label) for number, label in content["figures"]]
    return Announcement(**content)


def compose(
    decision: Decision,
    language: str,
    *,
    code: str = "",
    version: int = 0,
    erratum: str = "",
    published_on: str = "",
) -> Announcement:
    """Lay the decision out for the public in that language. A fixed number of queries."""
    event = decision.event
    with translation.override(language):
        prizes = [_prize(award, language) for award in decision.awards.with_projects()]
        made = Seal.objects.filter(decision=decision).first()
        rounds = event.rounds.count()
        return Announcement(
            language=language,
            event=event.name,
            place=place(event),
            dates=dates(event),
            grand=[prize for prize in prizes if prize.is_grand],
            prizes=[prize for prize in prizes if not prize.is_grand],
            figures=figures(event),
            decided=_settled(rounds),
            version=version or decision.version,
            published_on=published_on,
            digest=sealing.grouped(made.digest, groups=8) if made else "",
            code=code,
            erratum=erratum,
            is_demo=event.is_demo,
            is_published=bool(code),
        )


def _settled(rounds: int) -> str:
    if rounds == 2:
        return _("Results settled by the jury after two rounds.")
    return ngettext(
        "Results settled by the jury after one round.",
        "Results settled by the jury after %(rounds)s rounds.",
        rounds,
    ) % {"rounds": rounds}


def figures(event: Event) -> list[tuple[int, str]]:
    """The row of figures: announced attendance (else people present), teams, themes, jurors."""
    people = event.declared_attendance or event.registrations.present().count()
    teams = Team.objects.for_event(event).active().count()
    themes = event.themes.count()
    jurors = Juror.objects.for_event(event).sitting().count()
    return [
        (people, ngettext("person", "participants", people)),
        (teams, ngettext("team", "teams", teams)),
        (themes, ngettext("theme to work on", "themes", themes)),
        (jurors, ngettext("member of the jury", "members of the jury", jurors)),
    ]


@transaction.atomic
def publish(
    *, event: Event, actor: Account | None, erratum: str = "", version: int | None = None
) -> Publication:
    """Announce the current decision: one switch. After a first publication it is a correction, with an erratum.

    `version`: of the decision that was read before pressing; None does not ask. Raises AlreadyPublished on a second
    press, PublicationRefused when nothing is decided or sealed, another decision came meanwhile, or a correction
    says nothing.
    """
    Event.objects.take_turn(event)
    decision = deliberating.current_decision(event)
    earlier = Publication.objects.for_event(event).count()
    _refuse_to_publish(decision, version=version, is_correction=bool(earlier), erratum=erratum)
    assert decision is not None
    now = clock.now(event)
    code = new_code()
    version = earlier + 1
    content = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            on = date_format(event.local(now), "j F Y")
        made = compose(
            decision, language, code=code, version=version, erratum=erratum.strip(), published_on=on
        )
        content[language] = asdict(made)
    publication = Publication.objects.create(
        decision=decision,
        version=version,
        content=content,
        erratum=erratum.strip(),
        code=code,
        published_by=actor,
        published_at=now,
    )
    if not earlier:
        event.published_at = now
        event.save(update_fields=["published_at"])
    audit.record(event=event, actor=actor, verb="publish", about=publication, reason=erratum, version=version)
    return publication


def _refuse_to_publish(
    decision: Decision | None, *, version: int | None, is_correction: bool, erratum: str
) -> None:
    if decision is None:
        raise PublicationRefused(_("The jury has not decided: there is nothing to publish yet."))
    if version is not None and version != decision.version:
        raise PublicationRefused(
            _("Version %(version)s of the decision was recorded meanwhile: read it before you publish it.")
            % {"version": decision.version}
        )
    if not Seal.objects.filter(decision=decision).exists():
        raise PublicationRefused(_("The decision is not sealed: seal it first, then publish."))
    if Publication.objects.filter(decision=decision).exists():
        raise AlreadyPublished(_("These results are published already."))
    if is_correction and not erratum.strip():
        raise PublicationRefused(
            _("This corrects published results: write the erratum that readers will see.")
        )


def honours(event: Event) -> dict[int, list[str]]:
    """Project's id → the prizes it was given, as last announced, in the active language; nothing before."""
    published = Publication.objects.for_event(event).latest_first().first() if event.published_at else None
    if published is None:
        return {}
    told = read(published, translation.get_language() or "fr")
    found: dict[int, list[str]] = {}
    for prize in (*told.grand, *told.prizes):
        if prize.project_id:
            words = " · ".join(filter(None, (prize.label, prize.place)))
            found.setdefault(prize.project_id, []).append(words)
    return found


def verification(code: str) -> tuple[str, dict[str, Any]] | None:
    """For the page that checks codes: whether that one is of results we announced, and which version stands."""
    found = Publication.objects.of_code(code)
    event = found.event if found else None
    newest = Publication.objects.for_event(event).latest_first().first()  # type: ignore[arg-type]
    if found is None:
        return None
    return "judging/_verified_results.html", {"publication": found, "newest": newest}


def new_code() -> str:
    """80 bits in letters and digits that nobody confuses: five bits each, sixteen of them."""
    return "".join(secrets.choice(ALPHABET) for _unused in range(16))


def _prize(award: Award, language: str) -> Prize:
    theme = award.theme or (award.project.theme if award.project else None)
    pitch, pitch_language = award.project.pitch if award.project else "", "fr"
    if language == "en" and award.project and award.project.pitch_en:
        pitch, pitch_language = award.project.pitch_en, "en"
    own_title = getattr(theme, f"title_{language}", "") if theme else ""
    return Prize(
        label=award.rule.label,
        theme=theme.title if theme else "",
        theme_language=language if own_title else "fr",
        project=award.project.title if award.project else "",
        team=str(award.project.team) if award.project else "",
        pitch=pitch,
        pitch_language=pitch_language,
        prize=award.rule.prize or "",
        rank=award.rank,
        place=_("Rank %(rank)s") % {"rank": award.rank} if award.rule.places > 1 else "",
        is_tied=award.is_tied,
        is_grand=award.rule.is_grand_prize,
        project_id=award.project_id,
    )
