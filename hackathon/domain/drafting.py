"""A registration form while it is being filled in: kept as typed, found again by its owner, turned into a registration.

Needs (diet, access) and the consent to keep them are never in a draft. A link is sent to whatever address was typed
and says nothing about who is registered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import letters
from ..kit import uploads
from ..kit.errors import Refused
from ..models import Account, Event, Registration, RegistrationDraft, Role
from . import registering

#: Never kept in a draft: needs, their consent, and what belongs to the page.
NEVER_KEPT = frozenset({"diet", "access", "needs_agreed", "website", "csrfmiddlewaretoken", "role", "later"})
LONGEST = 60_000  # characters of a draft, all fields together
#: Somebody who stopped typing for that long has left: the link is sent once, by itself.
LEFT_AFTER = timedelta(minutes=30)
#: Links one address receives in a day at most, however many drafts name it.
LETTERS_A_DAY = 3


class DraftTooLong(Refused):
    code = "draft_too_long"


@transaction.atomic
def keep_draft(
    *,
    event: Event,
    draft: RegistrationDraft | None,
    role: Role | None,
    typed: Mapping[str, list[str]],
    files: Mapping[str, dict[str, Any]] | None = None,
    language: str = "fr",
    actor: Account | None = None,
) -> RegistrationDraft:
    """Keep what was typed, field by field, valid or not; `files`: field → {"name", "size", "file"}, added to those kept.

    Not in the record of acts: nothing has been decided yet. Raises DraftTooLong.
    """
    fields = {name: list(values) for name, values in typed.items() if name not in NEVER_KEPT}
    if len(json.dumps(fields)) > LONGEST:
        raise DraftTooLong(_("This is longer than a registration can be: shorten your longest answer."))
    if draft is None or draft.registration_id is not None:
        draft = RegistrationDraft(event=event)
    kept = dict(draft.data.get("files") or {})
    for name, file in (files or {}).items():
        if name in kept and kept[name]["file"] != file["file"]:
            transaction.on_commit(partial(uploads.forget, kept[name]["file"]))
        kept[name] = file
    draft.data = {"fields": fields, "files": kept}
    draft.role, draft.language = role or draft.role, language
    draft.email = _address(fields)
    draft.account = actor or draft.account
    draft.updated_at = timezone.now()
    draft.save()
    return draft


def _address(fields: Mapping[str, list[str]]) -> str:
    """The address typed, once it is one."""
    email = (fields.get("email") or [""])[-1].strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email if len(email) <= 254 else ""


@transaction.atomic
def send_link(*, draft: RegistrationDraft) -> bool:
    """One letter with the way back, to the address typed; at most one a day per draft, three per address.

    False when nothing is sent: no address yet, sent already, or a registration in the meantime.
    """
    moment = timezone.now()
    day_before = moment - timedelta(days=1)
    drafts = RegistrationDraft.objects.for_event(draft.event)
    if (
        not draft.email
        or drafts.addressed_to(draft.email).written_to_since(day_before).count() >= LETTERS_A_DAY
    ):
        return False
    waiting = drafts.numbered(draft.pk).open().not_written_to_since(day_before)
    if not waiting.update(resume_sent_at=moment):
        return False
    draft.resume_sent_at = moment
    link = letters.address(
        "hackathon:register_resume", draft.event.slug, draft.token, language=draft.language
    )
    queued = letters.draft_kept(
        event=draft.event,
        to=draft.email,
        language=draft.language,
        link=link,
        key=f"{draft.pk}:{moment:%Y-%m-%d}",
        first_name=(draft.data.get("fields", {}).get("first_name") or [""])[-1][:80],
    )
    return queued is not None


def tend_drafts() -> int:
    """Send its link to each draft left half an hour ago; the worker's, about once a minute. Returns how many left."""
    left = RegistrationDraft.objects.open().never_written_to().untouched_since(timezone.now() - LEFT_AFTER)
    return sum(send_link(draft=draft) for draft in left.with_events()[:200])


@transaction.atomic
def submit_draft(*, draft: RegistrationDraft | None, **arguments: Any) -> Registration:
    """Register (`arguments` are registering.register's) and close the draft, which keeps nothing of what was typed."""
    registration = registering.register(**arguments)
    if draft is not None:
        unused = {kept["file"] for kept in (draft.data.get("files") or {}).values()}
        unused -= set(registration.answers.values_list("file", flat=True))
        for path in unused:
            transaction.on_commit(partial(uploads.forget, path))
        draft.registration, draft.data, draft.email = registration, {}, ""
        draft.save()
    return registration


def draft_of(event: Event, token: str) -> RegistrationDraft | None:
    """The draft of that secret, as long as nobody sent it."""
    if not token:
        return None
    return RegistrationDraft.objects.for_event(event).open().by_token(token).with_events().first()
