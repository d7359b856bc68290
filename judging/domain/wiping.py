"""Taking a demo event away, whole. A real event is never deleted: its personal data is (see privacy)."""

from __future__ import annotations

from django.db import transaction

from hackathon.kit.errors import Refused
from hackathon.models import Event, Person
from judging.models import (
    Award,
    AwardRule,
    Ballot,
    Decision,
    Entry,
    Grid,
    Juror,
    MarkEntry,
    Panel,
    Publication,
    Round,
    Seal,
)
from teams.models import Project, Proposal, Team


class WipeRefused(Refused):
    code = "wipe_refused"


@transaction.atomic
def wipe(*, event: Event) -> None:
    """Delete everything of a demo event, what depends on others first. Accounts stay: they may be signed in."""
    if not event.is_demo:
        raise WipeRefused("Only a demo event can be started again.")
    Publication.objects.filter(decision__event=event).delete()
    Seal.objects.filter(decision__event=event).delete()
    Award.objects.filter(decision__event=event).delete()
    Decision.objects.filter(event=event).delete()
    AwardRule.objects.filter(event=event).delete()
    MarkEntry.objects.filter(ballot__round__event=event).delete()
    Ballot.objects.filter(round__event=event).delete()
    Entry.objects.filter(panel__round__event=event).delete()
    Panel.objects.filter(round__event=event).delete()
    Round.objects.filter(event=event).delete()
    Grid.objects.filter(event=event).delete()
    Juror.objects.filter(event=event).delete()
    Project.objects.filter(team__event=event).delete()
    Team.objects.filter(event=event).delete()
    Proposal.objects.filter(event=event).delete()
    event.registrations.all().delete()
    Person.objects.filter(event=event).delete()
    event.delete()
