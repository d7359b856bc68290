"""One function per letter to the jury. Each returns the queued row, or None if that letter was queued before."""

from __future__ import annotations

from hackathon import letters
from hackathon.models import OutgoingMail

from .models import Juror, Round


def jury_invitation(juror: Juror, *, code: str, number: int, days: int) -> OutgoingMail | None:
    """You sit in the jury; a link that signs in once within `days`. `number` tells one invitation from the next."""
    url = letters.address("judging:enter", juror.event.slug, code, language=juror.person.language)
    return _to(
        juror,
        "jury_invitation",
        key=f"jury-invitation:{juror.pk}:{number}",
        is_secret=True,
        url=url,
        days=days,
    )


def ballots_left(juror: Juror, *, round: Round, left: int, stamp: str) -> OutgoingMail | None:
    """Ballots of yours are still expected; `stamp` tells one reminder from the next."""
    return _to(
        juror, "ballots_left", key=f"ballots-left:{round.pk}:{juror.pk}:{stamp}", round=round, left=left
    )


def _to(
    juror: Juror, template: str, *, key: str, is_secret: bool = False, **context: object
) -> OutgoingMail | None:
    person = juror.person
    url = letters.address("judging:my_projects", juror.event.slug, language=person.language)
    return letters.post(
        template=template,
        to=person.email,
        language=person.language,
        key=key,
        event=juror.event,
        person=person,
        context={"juror": juror, "url": url, **context},
        is_secret=is_secret,
    )
