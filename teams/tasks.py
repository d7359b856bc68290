"""Jobs for the worker (`manage.py db_worker`): doors like the views, they call one verb."""

from __future__ import annotations

from django_tasks import task

from .domain import placing
from .models import Proposal


@task()
def compute_proposal(proposal_id: int) -> None:
    """Solve a proposal; repeating it is harmless, a proposal set aside meanwhile is left alone."""
    placing.compute(proposal=Proposal.objects.get(pk=proposal_id))
