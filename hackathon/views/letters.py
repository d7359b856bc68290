"""The letters of an event: the list, one letter in the organisers' words with a preview, and which leave by date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..domain import dated_letters, letter_kinds, letter_texts
from ..forms.letters import LetterForm
from ..kit.access import allowed
from ..kit.folding import fold
from ..kit.htmx import page_or_part
from ..kit.registry import LetterKind, registry
from ..models import Event, LetterText, OutgoingMail, Registration
from .loaders import actor_of, load_event

#: A letter carries its own style, for mail programs read no sheet; and nothing else runs or is fetched.
AS_MAIL = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "img-src": ["data:"]}
LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class AskedLetter:
    """A letter of one event, in one language."""

    event: Event
    kind: LetterKind
    language: str

    @property
    def address(self) -> str:
        return reverse("hackathon:letter", args=[self.event.slug, self.kind.name, self.language])


def load_letter(
    request: HttpRequest, event: str, letter: str, language: str = "fr", **others: Any
) -> AskedLetter:
    """A letter that organisers may change, in a language of the site."""
    subject, kind = load_event(request, event), letter_kinds.of(letter)
    if kind is None or language not in LANGUAGES:
        raise Http404
    return AskedLetter(subject, kind, language)


@allowed("hackathon.change_letters", load_event)
def letters_page(request: HttpRequest, event: Event) -> HttpResponse:
    """Every letter: when it leaves, how many were written, whose words it has."""
    changed = LetterText.objects.changed(event)
    written = OutgoingMail.objects.for_event(event).count_by_kind()
    by_date = {dated.name: dated for dated in dated_letters.DATED}
    rows = [
        {
            "kind": kind,
            "languages": [(code, name, (kind.name, code) in changed) for code, name in LANGUAGES.items()],
            "written": written.get(kind.name, 0),
            "leaves_at": dated_letters.leaves_at(event, by_date[kind.name]) if kind.name in by_date else None,
            "is_off": kind.name in event.letters_off,
        }
        for kind in registry.letters.values()
    ]
    return TemplateResponse(request, "hackathon/letters_page.html", {"rows": rows})


@allowed("hackathon.change_letters", load_letter, methods=("GET", "POST"))
def letter_page(request: HttpRequest, asked: AskedLetter) -> HttpResponse:
    """The words that leave today, to change; POST keeps them."""
    if request.method == "POST":
        form = LetterForm(asked.kind, request.POST)
        if not form.is_valid():
            return _page(request, asked, form, status=422)
        letter_texts.change(
            event=asked.event,
            kind=asked.kind,
            language=asked.language,
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
            actor=actor_of(request),
        )
        messages.success(request, _("From now on the letter leaves in these words."))
        return redirect(asked.address)
    words = letter_texts.current(event=asked.event, kind=asked.kind, language=asked.language)
    reader = request.GET.get("reader", "")
    return _page(request, asked, LetterForm(asked.kind, initial=vars(words) | {"reader": reader}))


@allowed("hackathon.change_letters", load_letter, methods=("POST",))
def letter_preview(request: HttpRequest, asked: AskedLetter) -> HttpResponse:
    """What is being typed, as it would be received; nothing is kept."""
    return _page(request, asked, LetterForm(asked.kind, request.POST))


@csp_replace(AS_MAIL)  # type: ignore[arg-type]  # its stub knows views without a subject only
@allowed("hackathon.change_letters", load_letter)
def letter_seen(request: HttpRequest, asked: AskedLetter) -> HttpResponse:
    """The words of today as a mail program shows them."""
    words = letter_texts.current(event=asked.event, kind=asked.kind, language=asked.language)
    reader = _reader(asked.event, request.GET.get("reader", ""))
    letter = letter_texts.shown(
        event=asked.event, kind=asked.kind, language=asked.language, words=words, reader=reader
    )
    return HttpResponse(letter.html)


@allowed("hackathon.change_letters", load_letter, methods=("POST",))
def letter_reset(request: HttpRequest, asked: AskedLetter) -> HttpResponse:
    """Our words again."""
    letter_texts.reset(event=asked.event, kind=asked.kind, language=asked.language, actor=actor_of(request))
    messages.success(request, _("The letter has its first words again."))
    return redirect(asked.address)


@allowed("hackathon.change_letters", load_letter, methods=("POST",))
def letter_switch(request: HttpRequest, asked: AskedLetter) -> HttpResponse:
    """Whether it leaves by itself on its day."""
    is_on = request.POST.get("is_on") == "yes"
    letter_texts.switch(event=asked.event, kind=asked.kind, is_on=is_on, actor=actor_of(request))
    messages.success(
        request, _("It leaves by itself on its day.") if is_on else _("It does not leave by itself any more.")
    )
    return redirect("hackathon:letters", asked.event.slug)


def _reader(event: Event, text: str) -> Registration | None:
    """Somebody registered whose name or address holds those words."""
    words = fold(text).split()
    if not words:
        return None
    return Registration.objects.for_event(event).with_people().matching(words).by_name().first()


def _page(request: HttpRequest, asked: AskedLetter, form: LetterForm, *, status: int = 200) -> HttpResponse:
    """The form beside the letter as it would be received; the letter alone for a request of htmx."""

    def typed(name: str) -> str:
        return form[name].value() or ""

    words = letter_texts.Words(typed("subject"), typed("text"))
    reader = _reader(asked.event, typed("reader"))
    kept = letter_texts.current(event=asked.event, kind=asked.kind, language=asked.language)
    context = {
        "asked": asked,
        "form": form,
        "own": kept.own,
        "letter": letter_texts.shown(
            event=asked.event, kind=asked.kind, language=asked.language, words=words, reader=reader
        ),
        "problems": letter_texts.mistakes(asked.kind, words.subject, words.text),
        "reader": reader,
        "is_nobody": bool(typed("reader")) and reader is None,
        "holes": [
            (f"{{{name}}}", letter_kinds.meaning(name)) for name in letter_kinds.placeholders(asked.kind)
        ],
        "tabs": [
            {
                "label": name,
                "url": reverse("hackathon:letter", args=[asked.event.slug, asked.kind.name, code]),
                "is_current": code == asked.language,
            }
            for code, name in LANGUAGES.items()
        ],
    }
    answer = page_or_part(request, "hackathon/letter_page.html", "hackathon/_letter_preview.html", context)
    answer.status_code = status
    return answer
