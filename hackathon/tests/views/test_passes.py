"""The page of somebody without e-mail: opened by a code, theirs alone, closed by a button."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from hackathon.domain import passes
from hackathon.enums import RegistrationState
from hackathon.models import Job, Pass, Registration
from hackathon.tests import factories

pytestmark = pytest.mark.django_db


def url(event, name, *args):
    return reverse(f"hackathon:{name}", args=[event.slug, *args])


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


@pytest.fixture
def event(at):
    at(factories.DURING_REGISTRATION)
    return factories.make_event()


@pytest.fixture
def luce(event):
    person = factories.make_person(event, "Luce", "Garnier", email="")
    return factories.make_registration(event, person=person, state=RegistrationState.ACCEPTED)


@pytest.fixture
def holder(browse, event, luce):
    """A browser on which Luce's code was typed."""
    client = browse(None)
    code = passes.make_pass(registration=luce, actor=None)
    answer = client.post(url(event, "pass"), {"code": code})
    assert answer["Location"] == url(event, "me")
    return client


def test_a_look_at_the_address_opens_nothing(event, luce, browse):
    passes.make_pass(registration=luce, actor=None)
    client = browse(None)
    assert client.get(url(event, "pass")).status_code == 200
    assert Pass.objects.get().used_at is None
    assert client.get(url(event, "me")).status_code == 302


def test_code_opens_ones_own_page_and_what_it_offers(event, luce, holder):
    text = holder.get(url(event, "me")).content.decode()
    assert "Luce" in holder.get(url(event, "my_data")).content.decode()
    assert luce.code in text
    assert url(event, "pass_end") in text
    assert holder.get(url(event, "my_data_file", luce.person.pk)).status_code == 200
    answer = holder.post(url(event, "own_confirm", luce.pk), {"rules_agreed": "1"})
    assert answer["Location"] == url(event, "me")
    luce.refresh_from_db()
    assert luce.state == RegistrationState.CONFIRMED
    holder.post(url(event, "own_cancel", luce.pk))
    luce.refresh_from_db()
    assert luce.state == RegistrationState.CANCELLED


def test_code_opens_nothing_of_others(event, holder):
    other = factories.make_registration(event)
    for name in ("own_confirm", "own_cancel", "own_take_offer"):
        assert holder.post(url(event, name, other.pk)).status_code == 404
    for name in ("my_data_file", "my_data_erase"):
        assert holder.get(url(event, name, other.person.pk)).status_code == 404
    assert other.person.last_name not in holder.get(url(event, "me")).content.decode()
    assert other.person.last_name not in holder.get(url(event, "my_data")).content.decode()
    for name in ("tower", "people", "desk", "staff", "passes"):
        assert holder.get(url(event, name)).status_code == 302
    assert holder.get(reverse("hackathon:account")).status_code == 302
    elsewhere = factories.make_event(is_public=False)
    assert holder.get(url(elsewhere, "me")).status_code == 404


def test_session_gets_another_key_so_that_nobody_prepared_it(event, luce, browse):
    client = browse(None)
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key
    client.post(url(event, "pass"), {"code": passes.make_pass(registration=luce, actor=None)})
    assert client.session.session_key != session.session_key


def test_sign_out_forgets_everything(event, holder):
    holder.post(url(event, "pass_end"))
    assert holder.get(url(event, "me")).status_code == 302


def test_slip_taken_back_closes_the_page_at_once(event, luce, holder):
    passes.revoke_pass(registration=luce, actor=None)
    assert holder.get(url(event, "me")).status_code == 302


@pytest.mark.parametrize(("prefix", "words"), [("", "16"), ("/en", "No page opens with this code")])
def test_wrong_code_is_sent_back_with_what_was_typed(event, luce, browse, prefix, words):
    answer = browse(None).post(prefix + url(event, "pass"), {"code": "abcd"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="abcd"' in answer.content.decode()


def test_tries_are_limited_per_browser_and_the_words_say_until_when(event, luce, browse, at):
    client, code = browse(None), passes.make_pass(registration=luce, actor=None)
    for _ in range(10):
        client.post(url(event, "pass"), {"code": "wrong"})
    answer = client.post(url(event, "pass"), {"code": code})
    assert answer.status_code == 422
    assert "5 minutes" in answer.content.decode()
    assert browse(None).post(url(event, "pass"), {"code": code}).status_code == 302  # the neighbour's browser


@pytest.mark.slow
def test_venue_behind_one_address_opens_250_pages(event, browse):
    role = factories.make_role(event)
    for _ in range(250):
        person = factories.make_person(event, email="")
        registration = factories.make_registration(event, role, person=person)
        client, code = browse(None), passes.make_pass(registration=registration, actor=None)
        client.post(url(event, "pass"), {"code": "a slip of the finger"})
        assert client.post(url(event, "pass"), {"code": code}).status_code == 302


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_organisers_list_asks_as_many_questions_whatever_the_rows(
    event, browse, rows, django_assert_num_queries
):
    for _ in range(rows):
        factories.make_registration(event, person=factories.make_person(event, email=""))
    client = browse(factories.make_staff(event))
    client.get(url(event, "passes"))
    with django_assert_num_queries(4):
        assert client.get(url(event, "passes")).content.decode().count("/pass/") == rows


def test_slips_for_all_who_have_none_are_printed_by_a_job(event, luce, browse):
    printed = factories.make_registration(event, person=factories.make_person(event, email=""))
    passes.make_pass(registration=printed, actor=None)
    organiser = factories.make_staff(event)
    answer = browse(organiser).post(url(event, "passes"))
    job = Job.objects.get()
    assert answer["Location"] == url(event, "job", job.pk)
    from hackathon.domain import jobs

    if job.state == "queued":
        jobs.run(job_id=str(job.pk))
    job.refresh_from_db()
    assert job.state == "done"
    assert Pass.objects.count() == 2  # the slip printed before keeps working
    assert jobs.file_of(job).read_bytes().startswith(b"%PDF")


def test_one_slip_is_a_pdf_for_the_organiser_alone(event, luce, browse):
    answer = browse(factories.make_staff(event)).post(url(event, "pass_make", luce.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert (
        browse(factories.make_staff(event, "desk")).post(url(event, "pass_make", luce.pk)).status_code == 403
    )
    browse(factories.make_staff(event)).post(url(event, "pass_revoke", luce.pk))
    assert not Pass.objects.in_force().exists()
    assert Registration.objects.filter(pk=luce.pk).without_pass().exists()


def test_pages_of_teams_and_juries_open_nothing_to_a_pass_holder_and_never_break(event, holder):
    assert holder.get(reverse("judging:my_projects", args=[event.slug])).status_code == 302
    team = holder.get(reverse("teams:my_team", args=[event.slug]))
    assert team.status_code in (200, 302)
    assert b'<form method="post" action="/%s/team/' % event.slug.encode() not in team.content
