"""The link of an invitation: once, in time, renewed, and never instead of a second step."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from hackathon.models import OutgoingMail
from judging.domain import juror_links
from judging.models import Juror, JurorLink
from judging.tests.factories import make_juror, make_jury

pytestmark = pytest.mark.django_db


def code_sent(juror: Juror) -> str:
    letter = OutgoingMail.objects.filter(letter="jury_invitation", to=juror.person.email).latest("pk")
    found = re.search(r"/jury/enter/(\w+)/", letter.text)
    assert found
    assert letter.is_secret
    return found[1]


def link_of(juror: Juror) -> JurorLink:
    return JurorLink.objects.opened_by(code_sent(juror)).with_people().get()


def test_it_signs_in_once_and_only_its_digest_is_kept():
    jury = make_jury(jurors=1, opened=False)
    link = link_of(jury.jurors[0])
    assert code_sent(jury.jurors[0]) not in str(vars(link))
    assert juror_links.use(link=link) == jury.account(0)
    with pytest.raises(juror_links.LinkRefused):
        juror_links.use(link=link)
    with pytest.raises(juror_links.LinkRefused):
        juror_links.use(link=link_of(jury.jurors[0]))


def test_a_juror_without_an_account_receives_one():
    jury = make_jury(jurors=0, opened=False)
    juror = juror_links.Juror.objects.get(pk=make_juror(jury.event).pk)
    juror.person.account.delete()
    account = juror_links.use(link=link_of(juror))
    juror.person.refresh_from_db()
    assert (juror.person.account, account.email) == (account, juror.person.email)


def test_it_expires_and_a_new_one_takes_it_back():
    jury = make_jury(jurors=2, opened=False)
    old = link_of(jury.jurors[0])
    juror_links.invite(juror=jury.jurors[0], actor=None)
    assert juror_links.why_not(JurorLink.objects.with_people().get(pk=old.pk))
    with pytest.raises(juror_links.LinkRefused):
        juror_links.use(link=JurorLink.objects.with_people().get(pk=old.pk))
    assert juror_links.use(link=link_of(jury.jurors[0]))
    late = link_of(jury.jurors[1])
    JurorLink.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(juror_links.LinkRefused):
        juror_links.use(link=link_of(jury.jurors[1]))


def test_whoever_left_or_has_a_second_step_or_another_address_is_refused():
    jury = make_jury(jurors=3, opened=False)
    left, guarded, moved = jury.jurors
    Juror.objects.filter(pk=left.pk).update(is_active=False)
    guarded.person.account.authenticator_set.create(type="totp", data={})
    moved.person.account.email = "elsewhere@example.org"
    moved.person.account.save()
    for juror in (left, guarded, moved):
        with pytest.raises(juror_links.LinkRefused):
            juror_links.use(link=link_of(juror))
    assert not JurorLink.objects.exclude(used_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_sign_in_once():
    jury = make_jury(jurors=1, opened=False)
    links = [link_of(jury.jurors[0]) for _ in range(2)]
    start, answers = threading.Barrier(2), []

    def press(link: JurorLink) -> None:
        start.wait()
        try:
            answers.append(bool(juror_links.use(link=link)))
        except juror_links.LinkRefused:
            answers.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(link,)) for link in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False, True]
