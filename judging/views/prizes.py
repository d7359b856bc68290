"""The award rules, on a page of their own for the organisers: in plain words, in order, refused when contradictory."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from hackathon.kit.access import allowed
from hackathon.kit.errors import Refused
from hackathon.models import Event
from hackathon.views.loaders import load_event
from judging.domain import prizes, proposing
from judging.forms.prizes import AwardRuleForm
from judging.models import AwardRule


def load_rule(request: HttpRequest, event: str, rule: int) -> AwardRule:
    """A rule of that event; another event's does not exist here."""
    found = load_event(request, event)
    return get_object_or_404(AwardRule.objects.for_event(found).select_related("event", "theme"), pk=rule)


@allowed("judging.change_award_rules", load_event)
def prizes_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The rules in plain words, what contradicts what, and the two usual ways."""
    rules = prizes.rules_in_order(event)
    context = {
        "rules": [(rule, prizes.in_words(rule)) for rule in rules],
        "problems": proposing.rule_problems(event),
        "preset": prizes.preset_of(rules),
        "is_frozen": prizes.are_frozen(event),
    }
    return TemplateResponse(request, "judging/prizes_page.html", context)


@allowed("judging.change_award_rules", load_event, methods=("GET", "POST"))
def add_prize(request: HttpRequest, event: Event) -> HttpResponse:
    """A new rule, applied after the others."""
    return edit(request, event, None)


@allowed("judging.change_award_rules", load_rule, methods=("GET", "POST"))
def prize_page(request: HttpRequest, rule: AwardRule) -> HttpResponse:
    """One rule, to change."""
    return edit(request, rule.event, rule)


@allowed("judging.change_award_rules", load_rule, methods=("POST",))
def remove_prize(request: HttpRequest, rule: AwardRule) -> HttpResponse:
    """Take the rule away, unless another needs it."""
    try:
        prizes.remove_rule(rule=rule, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The prize is removed."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("judging:prizes", rule.event.slug)


@allowed("judging.change_award_rules", load_rule, methods=("POST",))
def move_prize(request: HttpRequest, rule: AwardRule) -> HttpResponse:
    """Apply the rule earlier or later."""
    try:
        by = -1 if request.POST.get("to") == "earlier" else 1
        prizes.move_rule(rule=rule, by=by, actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("judging:prizes", rule.event.slug)


@allowed("judging.change_award_rules", load_event, methods=("POST",))
def use_preset(request: HttpRequest, event: Event) -> HttpResponse:
    """Grand prize first, or themes first."""
    preset = request.POST.get("preset", "")
    if preset not in prizes.PRESETS:
        raise Http404
    try:
        prizes.use_preset(event=event, preset=preset, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The rules are in that order now. Read them once more."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("judging:prizes", event.slug)


def edit(request: HttpRequest, event: Event, rule: AwardRule | None) -> HttpResponse:
    """The form of a rule; what the verb refuses comes back above its fields, the text kept."""
    form = AwardRuleForm(request.POST or None, instance=rule, event=event)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                terms = form.cleaned_data
                prizes.save_rule(event=event, rule=rule, terms=terms, actor=request.user)  # type: ignore[arg-type]
            except Refused as refusal:
                for problem in refusal.details.get("problems", [str(refusal)]):
                    form.add_error(None, problem)
            else:
                messages.success(request, _("The prize is saved."))
                return redirect("judging:prizes", event.slug)
    context = {"form": form, "rule": rule, "is_frozen": prizes.are_frozen(event)}
    return TemplateResponse(request, "judging/prize_page.html", context, status=status)
