"""Signing in by a code, from the page one wanted back to it; and everything allauth offers that we do not."""

import re

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from hackathon.enums import DutyKind
from hackathon.models import Account, OutgoingMail
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


def ask(client, email, back=""):
    url = reverse("account_request_login_code") + (f"?next={back}" if back else "")
    return client.post(url, {"email": email, "next": back}, follow=True)


def code_sent_to(email):
    letter = OutgoingMail.objects.get(to=email)
    return re.search(r"^\s+(\S+)\s*$", letter.text, re.MULTILINE).group(1)


def test_a_code_brings_one_back_to_the_page_one_wanted(browse):
    event = factories.make_event()
    organiser = factories.make_staff(event)
    client = browse(None)
    wanted = reverse("hackathon:tower", args=[event.slug])
    refused = client.get(wanted)
    assert refused.status_code == 302
    assert refused["Location"].endswith(f"?next={wanted}")
    page = client.get(refused["Location"])
    assert "un code" in page.content.decode()
    page = ask(client, organiser.email, wanted)
    answer = client.post(
        reverse("account_confirm_login_code"), {"code": code_sent_to(organiser.email), "next": wanted}
    )
    assert answer["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_a_wrong_code_signs_nobody_in(browse):
    organiser = factories.make_staff(factories.make_event())
    client = browse(None)
    ask(client, organiser.email)
    answer = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_is_answered_like_a_known_one(browse):
    """Neither the pages nor their addresses tell who is registered; the letter does, to its owner."""
    person = factories.make_person(factories.make_event(), email="luce@example.org")
    seen = []
    for email in (person.email, "nobody@example.org"):
        page = ask(browse(None), email)
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.content.decode())
        seen.append((page.status_code, page.redirect_chain, text.replace(email, "")))
    assert seen[0] == seen[1]
    assert Account.objects.by_email("nobody@example.org") is None
    stranger = OutgoingMail.objects.get(to="nobody@example.org")
    assert stranger.letter == "unknown_account"
    assert "signup" not in stranger.text


@pytest.mark.parametrize(("language", "words"), [("fr", "Voici le code"), ("en", "Here is the code")])
def test_the_letter_speaks_the_language_of_the_page(browse, language, words):
    account = factories.make_account()
    prefix = "/en" if language == "en" else ""
    browse(None).post(f"{prefix}/account/login/code/", {"email": account.email})
    letter = OutgoingMail.objects.get(to=account.email)
    assert words in letter.text
    assert letter.is_secret
    assert "example.com" not in letter.subject + letter.text


def test_signing_in_claims_the_people_at_that_address(browse):
    event = factories.make_event()
    person = factories.make_person(event, email="luce@example.org")
    factories.make_registration(event, person=person)
    client = browse(None)
    ask(client, "Luce@Example.org")
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_sent_to("luce@example.org")})
    person.refresh_from_db()
    assert person.account is not None
    assert person.account.email == "luce@example.org"
    assert answer["Location"] == reverse("hackathon:account_home")


def test_home_leads_each_to_the_screen_they_live_in(browse):
    event = factories.make_event()
    organiser = factories.make_staff(event)
    registration = factories.make_registration(event)
    participant = registration.person.account = factories.make_account()
    registration.person.save()
    home = reverse("hackathon:account_home")
    assert browse(organiser).get(home)["Location"] == reverse("hackathon:tower", args=[event.slug])
    assert browse(participant).get(home)["Location"] == reverse("hackathon:me", args=[event.slug])


def test_home_lists_the_events_of_somebody_who_has_several_or_none(browse):
    one, other = factories.make_event(), factories.make_event(name_fr="Un autre")
    organiser = factories.make_staff(one)
    other.duties.create(account=organiser, kind=DutyKind.DESK)
    home = reverse("hackathon:account_home")
    page = browse(organiser).get(home, follow=True).content.decode()
    assert "Un autre" in page
    assert reverse("hackathon:tower", args=[one.slug]) in page
    assert reverse("hackathon:tower", args=[other.slug]) not in page
    assert (
        "Aucun événement ne connaît"
        in browse(factories.make_account()).get(home, follow=True).content.decode()
    )


@pytest.mark.parametrize(
    "path", ["password/reset/", "password/change/", "password/set/", "3rdparty/", "sessions/"]
)
def test_pages_of_passwords_and_social_accounts_do_not_exist(browse, path):
    assert browse(factories.make_account()).get(f"/account/{path}").status_code == 404


@pytest.mark.parametrize("path", ["login/", "signup/", "confirm-email/"])
def test_other_ways_in_lead_to_the_code(browse, path):
    answer = browse(None).get(f"/account/{path}?next=/x/")
    assert answer["Location"] == reverse("account_request_login_code") + "?next=/x/"


def test_password_addresses_have_no_name():
    with pytest.raises(NoReverseMatch):
        reverse("account_reset_password")


def test_two_step_pages_are_there_for_whoever_is_signed_in(browse):
    assert browse(None).get(reverse("mfa_index")).status_code == 302
    account = factories.make_account()
    for name in ("mfa_index", "mfa_activate_totp"):
        assert browse(account).get(reverse(name)).status_code == 200


def test_back_office_sends_strangers_to_sign_in_and_others_away(browse):
    answer = browse(None).get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_request_login_code"))
    assert browse(factories.make_account()).get("/admin/login/?next=/admin/").status_code == 403
    keeper = Account.objects.create_superuser("keeper@example.org")
    assert browse(keeper).get("/admin/").status_code == 200
