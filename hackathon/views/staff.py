"""Who does what for the event: duties given and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..domain import staffing
from ..enums import DutyKind
from ..forms.staff import DutyForm
from ..kit.access import allowed
from ..kit.errors import Refused
from ..models import Duty, Event
from .loaders import load_duty, load_event


@allowed("hackathon.change_staff", load_event, methods=("GET", "POST"))
def staff_page(request: HttpRequest, event: Event) -> HttpResponse:
    """The duties given; POST gives one."""
    form = DutyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            duty = staffing.give_duty(event=event, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            said = {"who": duty.account, "duty": duty.get_kind_display()}
            messages.success(request, _("%(who)s now has the duty “%(duty)s”.") % said)
            return redirect("hackathon:staff", event.slug)
    duties = Duty.objects.for_event(event).with_accounts().with_factors()
    context = {"form": form, "duties": duties, "ORGANISER": DutyKind.ORGANISER}
    return TemplateResponse(request, "hackathon/staff_page.html", context, status=422 if form.errors else 200)


@allowed("hackathon.change_staff", load_event, methods=("POST",))
def second_factor_switch(request: HttpRequest, event: Event) -> HttpResponse:
    """Ask organisers for a second factor, or no longer."""
    wanted = bool(request.POST.get("required"))
    verb = staffing.require_second_factor if wanted else staffing.stop_requiring_second_factor
    try:
        verb(event=event, actor=request.user)  # type: ignore[arg-type]
        messages.success(
            request,
            _("Organisers now sign in with a second step.")
            if wanted
            else _("The code by e-mail is enough again."),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:staff", event.slug)


@allowed("hackathon.change_staff", load_duty, methods=("POST",))
def second_factor_reset(request: HttpRequest, duty: Duty) -> HttpResponse:
    """Remove the second factor of another organiser, who lost the device."""
    try:
        staffing.reset_second_factor(event=duty.event, account=duty.account, actor=request.user)  # type: ignore[arg-type]
        said = _("%(who)s has no second step any more, and is told by letter.")
        messages.success(request, said % {"who": duty.account})
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("hackathon:staff", duty.event.slug)


@allowed("hackathon.change_staff", load_duty, methods=("POST",))
def duty_take(request: HttpRequest, duty: Duty) -> HttpResponse:
    """Take one back, one’s own included."""
    event, said = duty.event, {"who": duty.account, "duty": duty.get_kind_display()}
    try:
        staffing.take_duty(duty=duty, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("%(who)s no longer has the duty “%(duty)s”.") % said)
    except Refused as refusal:
        messages.error(request, str(refusal))
    if not Duty.objects.for_event(event).of_kind(DutyKind.ORGANISER).held_by(request.user).exists():  # type: ignore[arg-type]
        return redirect("hackathon:account")  # somebody who gave up their own duty
    return redirect("hackathon:staff", event.slug)
