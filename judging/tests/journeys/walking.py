"""What a person does with a browser, for the journeys: open pages, fill real forms, sign in with the code received."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from hackathon.domain import workers
from hackathon.models import OutgoingMail

#: A code to sign in, on a line of its own in its letter.
CODE = re.compile(r"^\s+(\S+)\s*$", re.MULTILINE)


class Walker:
    """Somebody at a browser, in one language, at one event; `app` is a WebTest application that checks CSRF tokens."""

    def __init__(self, app: Any, slug: str, language: str = "fr") -> None:
        self.app = app
        self.slug = slug
        self.language = language

    def url(self, view: str, *args: Any) -> str:
        with translation.override(self.language):
            return reverse(view, args=[self.slug, *args])

    def get(self, view: str, *args: Any, **options: Any) -> Any:
        return self.app.get(self.url(view, *args), **options)

    def form(self, page: Any, view: str, *args: Any) -> Any:
        """The form of that page which is sent to that address."""
        return form_to(page, self.url(view, *args))

    def press(self, page: Any, view: str, *args: Any, **fields: str) -> Any:
        """Fill the form that goes to that address and send it."""
        form = self.form(page, view, *args)
        for name, value in fields.items():
            form[name] = value
        return form.submit()

    def sign_in(self, email: str) -> Any:
        """Ask for a code, read it in the letter, type it; returns the page one lands on."""
        self.sign_out()
        with translation.override(self.language):
            asking = self.app.get(reverse("account_request_login_code"))
        form = form_with(asking, "email")
        form["email"] = email
        typing = form.submit().follow()
        form = form_with(typing, "code")
        form["code"] = code_sent_to(email)
        landed = form.submit()
        while landed.status_code in (301, 302):
            landed = landed.follow()
        assert landed.status_code == 200, landed
        return landed

    def sign_out(self) -> None:
        self.app.reset()

    def tap(self, page: Any, address: str, **sent: Any) -> Any:
        """What the script of the page posts: one mark, with the page's own token."""
        token = page.html.select_one("input[name=csrfmiddlewaretoken]")["value"]
        headers = {"X-CSRFToken": token, "Accept": "application/json"}
        return self.app.post(address, sent, headers=headers, expect_errors=True)


def form_to(page: Any, address: str) -> Any:
    """The form sent to that address; one without an action is sent where the page is."""
    found = [form for form in page.forms.values() if (form.action or page.request.path) == address]
    assert len(found) >= 1, f"no form goes to {address} in {[form.action for form in page.forms.values()]}"
    return found[0]


def form_with(page: Any, field: str) -> Any:
    return next(form for form in page.forms.values() if field in form.fields)


def code_sent_to(email: str) -> str:
    """The code in the latest letter to that address."""
    letter = OutgoingMail.objects.filter(to=email).order_by("pk").last()
    assert letter is not None, f"no letter to {email}"
    found = CODE.search(letter.text)
    assert found, letter.text
    return found[1]


def work() -> None:
    """What waits for the worker is done, in order: proposals, then letters. (The worker itself closes its connection.)"""
    while (job := DBTaskResult.objects.ready().first()) is not None:
        job.claim("the test")
        result = job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        job.set_successful(result)
    workers.deliver_waiting()


def words(page: Any) -> str:
    """The words of the page's main part, spaces folded."""
    return " ".join(page.html.find("main").get_text(" ").split())
