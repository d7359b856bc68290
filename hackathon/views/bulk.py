"""One act on many people: the preview, the confirmation, what came of it, and taking it back.

The ticked people, or the filter with `all`, stand in the address: the preview can be read again, and nothing is
done before it is confirmed with the very people that it showed.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from ..domain import bulk, bulk_undo
from ..forms.people import ACTS_ON_MANY, ManyForm
from ..forms.people_filter import PeopleFilter
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Event, Job, Registration
from .loaders import actor_of, load_event
from .people_words import many_words, state_kind

#: Acts that another page does for the same people.
ELSEWHERE = {"export": "hackathon:people_export", "badges": "hackathon:badges", "passes": "hackathon:passes"}


@allowed("hackathon.change_registration", load_event, methods=("GET", "POST"))
def many_page(request: HttpRequest, event: Event) -> HttpResponse:
    """What an act would do to the people chosen, exactly; a POST does it, if they are still the same."""
    asked, act = PeopleFilter(event, request.GET), request.GET.get("act", "")
    if not asked.picked and not request.GET.get("all"):
        messages.warning(request, _("Tick the people first, or « everybody who matches »."))
        return redirect(f"{reverse('hackathon:people', args=[event.slug])}?{asked.query()}")
    if act in ELSEWHERE:
        return redirect(_elsewhere(event, act, asked))
    if act not in ACTS_ON_MANY:
        messages.warning(request, _("Say what to do with the people you ticked."))
        return redirect(f"{reverse('hackathon:people', args=[event.slug])}?{asked.query()}")
    form = ManyForm(act, request.POST or None)
    done = _done_already(event, form)
    if done is not None:
        return done
    plan = bulk.plan(event=event, act=act, registrations=asked.in_state().with_people())
    if request.method == "GET" or not form.is_valid():
        return _preview(request, event, asked, plan, form)
    if form.cleaned_data["digest"] != plan.digest:
        return _preview(request, event, asked, plan, form, is_stale=True)
    return _do(request, event, plan, form.cleaned_data)


def _elsewhere(event: Event, act: str, asked: PeopleFilter) -> str:
    """The page that does it, with the same people; the list again while nobody has built that page."""
    try:
        return f"{reverse(ELSEWHERE[act], args=[event.slug])}?{asked.query()}"
    except NoReverseMatch:
        raise Http404 from None


def _done_already(event: Event, form: ManyForm) -> HttpResponse | None:
    """A second click on the confirmation leads to what the first one did."""
    batch = form.data.get("batch", "") if form.is_bound else ""
    if batch and bulk.outcome_of(event, batch) is not None:
        return redirect("hackathon:batch", event.slug, batch)
    job = Job.objects.for_event(event).of_batch(batch) if batch else None
    return redirect("hackathon:job", event.slug, job.pk) if job else None


def _preview(
    request: HttpRequest,
    event: Event,
    asked: PeopleFilter,
    plan: bulk.Plan,
    form: ManyForm,
    *,
    is_stale: bool = False,
) -> HttpResponse:
    words, kind, _why = ACTS_ON_MANY[plan.act]
    hidden = {"digest": plan.digest, "count": len(plan.done), "batch": str(uuid.uuid4())}
    if form.is_bound:
        form.shown_again(**hidden)
    else:
        form = ManyForm(plan.act, initial=hidden)
    context = {
        "plan": plan,
        "act_words": words,
        "act_kind": kind,
        "form": form,
        "asked": asked,
        "is_stale": is_stale,
        "back": f"{reverse('hackathon:people', args=[event.slug])}?{asked.query()}",
        "without_letter": len(plan.done) - plan.letters,
        "frees_places": plan.act in ("decline", "cancel", "waitlist") and event.offers_by_itself,
    }
    status = 409 if is_stale else 422 if form.is_bound else 200
    return TemplateResponse(request, "hackathon/people_act_page.html", context, status=status)


def _do(request: HttpRequest, event: Event, plan: bulk.Plan, said: dict[str, Any]) -> HttpResponse:
    """At once for a page of people; more are a job, followed on its page."""
    asked: dict[str, Any] = {
        "event": event,
        "act": plan.act,
        "pks": [registration.pk for registration in plan.done],
        "batch": str(said["batch"]),
        "actor": actor_of(request),
        "reason": said["reason"].strip(),
    }
    if len(plan.done) > bulk.AT_ONCE:
        job = bulk.start(**asked, title=str(ACTS_ON_MANY[plan.act][0]))
        return redirect("hackathon:job", event.slug, job.pk)
    bulk.act_on(**asked)
    return redirect("hackathon:batch", event.slug, said["batch"])


def load_batch(request: HttpRequest, event: str, batch: uuid.UUID, **others: Any) -> bulk.Outcome:
    """An act on many that was done in that event."""
    subject = load_event(request, event)
    found = bulk.outcome_of(subject, str(batch))
    if found is None:
        raise Http404
    found.entry.event = subject
    return found


@allowed("hackathon.see_registrations", load_batch)
def batch_page(request: HttpRequest, outcome: bulk.Outcome) -> HttpResponse:
    """What an act on many did, who was skipped, and the button that takes it back."""
    event = outcome.event
    back = bulk_undo.undone(event, outcome.batch)
    context = {
        "outcome": outcome,
        "words": many_words(outcome.act, outcome.done),
        "skipped": _named(event, outcome),
        "undone": back,
        "undo_skipped": _named(event, back) if back else [],
    }
    return TemplateResponse(request, "hackathon/people_batch_page.html", context)


@allowed("hackathon.change_registration", load_batch, methods=("POST",))
def batch_undo(request: HttpRequest, outcome: bulk.Outcome) -> HttpResponse:
    """Take it back, as far as nobody changed anything since."""
    event, actor = outcome.event, actor_of(request)
    try:
        if outcome.done > bulk.AT_ONCE:
            job = bulk_undo.start(event=event, batch=outcome.batch, actor=actor, title=_("Taking it back"))
            return redirect("hackathon:job", event.slug, job.pk)
        bulk_undo.undo(event=event, batch=outcome.batch, actor=actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:batch", event.slug, outcome.batch)


def _named(event: Event, outcome: bulk.Outcome) -> list[dict[str, Any]]:
    """Who was skipped and why; one query for the names."""
    whys = dict(outcome.skipped)
    found = Registration.objects.for_event(event).numbered_any(whys).with_people().by_name()
    return [
        {
            "registration": registration,
            "state_kind": state_kind(registration.state),
            "why": bulk.WHY.get(whys[registration.pk], ""),
        }
        for registration in found
    ]
