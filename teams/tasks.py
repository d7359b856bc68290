"""Jobs for the worker (`manage.py work`): doors like the views, they call one verb."""

from __future__ import annotations

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from .domain import computing
from .models import Proposal


@task()
def compute_proposal(proposal_id: int) -> None:
    """Solve a proposal; repeating it is harmless, a proposal set aside meanwhile is left alone."""
    computing.compute(proposal=Proposal.objects.get(pk=proposal_id))


def give_up_lost() -> int:
    """For the worker's minute: computations whose worker died too often end, and say so."""
    if not Proposal.objects.being_computed().exists():
        return 0
    own = DBTaskResult.objects.filter(
        task_path=compute_proposal.module_path, status__in=("READY", "RUNNING")
    ).values_list("args_kwargs", flat=True)
    return computing.recover(at_work=[each["args"][0] for each in own if each["args"]])
