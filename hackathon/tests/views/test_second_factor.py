"""Two-step sign-in on screen: set up, asked for, limited per person and never per venue."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse

from hackathon.models import Account, Event, OutgoingMail
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


@pytest.fixture
def event():
    return factories.make_event()


def url(event, name, *args):
    return reverse(f"hackathon:{name}", args=[event.slug, *args])


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def type_mail_code(client, email):
    client.post(reverse("account_request_login_code"), {"email": email})
    letter = OutgoingMail.objects.filter(to=email, letter="login_code").latest("pk")
    code = re.search(r"^\s+(\S+)\s*$", letter.text, re.MULTILINE).group(1)
    return client.post(reverse("account_confirm_login_code"), {"code": code})


@pytest.mark.django_db(transaction=True)
def test_app_is_set_up_and_asked_for_at_the_next_sign_in(event, browse):
    organiser = factories.make_staff(event)
    type_mail_code(client := browse(None), organiser.email)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "data:image/svg+xml" in page.content.decode()
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    shown = client.get(answer["Location"])
    assert shown.status_code == 200  # not asked again for the code just typed
    assert len(shown.context["unused_codes"]) == 10
    cache.clear()
    fresh = browse(None)
    assert type_mail_code(fresh, organiser.email)["Location"] == reverse("mfa_authenticate")
    assert fresh.get(url(event, "tower")).status_code == 302
    fresh.post(reverse("mfa_authenticate"), {"code": shown.context["unused_codes"][0]})
    assert fresh.get(url(event, "tower")).status_code == 200


def test_recovery_codes_are_shown_once(event, browse):
    organiser = factories.make_staff(event)
    TOTP.activate(organiser, "A" * 32)
    codes = RecoveryCodes.activate(organiser)
    organiser.refresh_from_db()
    client = browse(organiser)
    first = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    second = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert codes.get_unused_codes()[0] not in second
    assert first.count("****") in (0, 10)


def test_organiser_who_lacks_it_is_led_to_set_it_up(event, browse):
    organiser = factories.make_staff(event)
    Event.objects.update(requires_second_factor=True)
    client = browse(organiser)
    assert client.get(url(event, "tower"))["Location"] == reverse("mfa_index")
    answer = client.get("/en" + url(event, "tower"))
    assert "asks its organisers for a second step" in client.get(answer["Location"]).content.decode()
    assert client.get(url(event, "tower"), headers={"HX-Request": "true"})["HX-Redirect"] == reverse(
        "mfa_index"
    )
    assert browse(factories.make_account()).get(url(event, "tower")).status_code == 403
    desk = factories.make_staff(event, "desk")
    assert browse(desk).get(url(event, "tower")).status_code == 403


def test_switch_is_refused_to_whoever_has_none_and_says_what_to_do(event, browse):
    organiser = factories.make_staff(event)
    client = browse(organiser)
    page = client.post("/en" + url(event, "second_factor_switch"), {"required": "1"}, follow=True)
    assert "Set up your own second step first" in page.content.decode()
    TOTP.activate(organiser, "A" * 32)
    client.post(url(event, "second_factor_switch"), {"required": "1"})
    assert Event.objects.get().requires_second_factor
    client.post(url(event, "second_factor_switch"))
    assert not Event.objects.get().requires_second_factor


def test_lost_device_is_removed_on_the_staff_page(event, browse):
    helper, lost = factories.make_staff(event), factories.make_staff(event)
    for account in (helper, lost):
        TOTP.activate(account, "A" * 32)
    duty = lost.duties.get()
    browse(helper).post(url(event, "second_factor_reset", duty.pk))
    assert not Authenticator.objects.filter(user=lost).exists()
    assert browse(helper).post(url(factories.make_event(), "second_factor_reset", duty.pk)).status_code in (
        403,
        404,
    )


@pytest.mark.slow
def test_a_whole_venue_signs_in_from_one_address(event, browse, at):
    """250 people, one address, within five minutes; each with two steps of a code by e-mail."""
    for number in range(250):
        email = f"venue{number}@example.org"
        factories.make_person(event, email=email)
        client = browse(None)
        type_mail_code(client, email)
        assert "_auth_user_id" in client.session


@pytest.mark.parametrize(("prefix", "words"), [("", "5 minutes"), ("/en", "Wait 5 minutes")])
def test_ten_wrong_codes_on_one_account_are_stopped_and_the_words_say_until_when(
    event, browse, prefix, words
):
    organiser = factories.make_staff(event)
    TOTP.activate(organiser, "A" * 32)
    client = browse(None)
    type_mail_code(client, organiser.email)
    address = prefix + reverse("mfa_authenticate")
    for _ in range(10):
        assert words not in client.post(address, {"code": "000000"}).content.decode()
    stopped = client.post(address, {"code": code_of(Authenticator.objects.get().data["secret"])})
    assert words in stopped.content.decode()
    assert "_auth_user_id" not in client.session
    neighbour = Account.objects.create_user("neighbour@example.org")
    factories.make_person(event, email=neighbour.email)
    type_mail_code(other := browse(None), neighbour.email)
    assert "_auth_user_id" in other.session
