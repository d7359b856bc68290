"""Each answer of a mail server, and what becomes of the letter; what a dead worker leaves; sending again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from hackathon.domain import outbox, workers
from hackathon.enums import MailState
from hackathon.kit.mail_sink import Sink
from hackathon.models import AuditEntry, OutgoingMail, Worker
from hackathon.tests.factories import make_event, make_person, make_staff

pytestmark = pytest.mark.django_db

State = MailState


@pytest.fixture
def server(settings):
    """A mail server; `server.answers["a@b.fr"] = "550 …"` says no to that address."""
    with Sink() as sink:
        settings.EMAIL_BACKEND = "hackathon.kit.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture
def event():
    return make_event(contact_email="contact@example.org")


def write(event=None, to="a@example.org", **fields):
    fields = {"letter": "essai", "subject": "Sujet", "text": "Bonjour", "html": "<p>Bonjour</p>"} | fields
    return OutgoingMail.objects.queue(event=event, to=to, **fields)


def deliver():
    return outbox.deliver_due(worker=workers.name())


def now(letter):
    letter.refresh_from_db()
    return letter


def test_letter_leaves_once_in_both_forms_with_who_to_answer(server, event):
    letter = write(event)
    assert deliver() == 1
    assert deliver() == 0
    message = server.message(0)
    assert message["Reply-To"] == "contact@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk()][-2:] == ["text/plain", "text/html"]
    assert (now(letter).state, letter.attempts, letter.claimed_by) == (State.SENT, 1, "")


def test_one_connection_carries_many(server, event):
    for number in range(25):
        write(event, f"p{number}@example.org")
    assert deliver() == 25
    assert server.connections == 1


def test_code_leaves_before_letters_and_is_emptied(server, event, settings):
    settings.DEMO = False
    write(event, "a@example.org")
    code = write(None, "b@example.org", is_secret=True)
    deliver()
    assert server.recipients == ["b@example.org", "a@example.org"]
    assert (now(code).text, code.html) == ("", "")


def test_qr_picture_goes_with_the_letter(server, event):
    write(event, code="https://exemple.test/desk/?q=abc")
    deliver()
    picture = next(part for part in server.message(0).walk() if part.get_content_type() == "image/png")
    assert picture.get_filename() == "code.png"
    assert picture.get_content()[:4] == b"\x89PNG"


def test_address_refused_for_good_fails_at_once_and_the_others_leave(server, event):
    server.answers["bad@example.org"] = "550 5.1.1 No such user"
    bad, good = write(event, "bad@example.org"), write(event, "good@example.org")
    assert deliver() == 1
    assert (now(bad).state, bad.error) == (State.FAILED, "550 5.1.1 No such user")
    assert now(good).state == State.SENT


def test_address_refused_for_now_waits_longer_each_time_and_fails_in_the_end(server, event, at):
    server.answers["a@example.org"] = "451 4.7.1 Try later"
    letter, moment = write(event, due_at=datetime(2016, 10, 1, tzinfo=UTC)), datetime(2016, 10, 1, tzinfo=UTC)
    waits = []
    for _ in outbox.BACKOFF:
        at(moment)
        deliver()
        waits.append(now(letter).due_at - moment)
        assert letter.state == State.QUEUED
        assert deliver() == 0, "not before it is due"
        moment = letter.due_at
    assert waits == list(outbox.BACKOFF)
    at(moment)
    deliver()
    assert (now(letter).state, letter.error, letter.attempts) == (State.FAILED, "451 4.7.1 Try later", 6)


def test_server_that_is_not_there_costs_nobody_a_letter(settings, event):
    settings.EMAIL_BACKEND = "hackathon.kit.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letters = [write(event) for _ in range(outbox.BATCH + 3)]
    with pytest.raises(outbox.Unreachable):
        deliver()
    assert {now(letter).state for letter in letters} == {State.QUEUED}
    assert letters[0].due_at > timezone.now()
    assert letters[-1].attempts == 0, "only those that were tried wait longer"


def test_connection_cut_before_the_words_is_made_anew(server, event, monkeypatch):
    write(event)
    cut = []
    real = outbox._open

    def opened(batch):
        connection = real(batch)
        connection.connection.sock.shutdown(2)
        cut.append(connection)
        return connection

    monkeypatch.setattr(outbox, "_open", opened)
    assert deliver() == 1
    assert len(cut) == 1


def test_connection_cut_after_the_words_leaves_a_doubt_and_no_second_letter(server, event, settings):
    settings.EMAIL_TIMEOUT = 1
    server.on_letter = lambda number: (_ for _ in ()).throw(ConnectionResetError())
    letter = write(event)
    assert deliver() == 0
    assert now(letter).state == State.UNSURE
    assert deliver() == 0
    assert len(server.letters) == 1


def test_letter_that_no_server_can_take_fails_and_stops_nothing(server, event):
    bad, good = write(event, subject="Deux\nlignes"), write(event)
    assert deliver() == 1
    assert (now(bad).state, now(good).state) == (State.FAILED, State.SENT)


def test_same_letter_has_the_same_identity_at_each_attempt(server, event):
    letter = write(event, key="la même")
    deliver()
    OutgoingMail.objects.update(state=State.FAILED)
    outbox.send_again(event=event, numbers=[letter.pk], actor=None)
    deliver()
    assert server.message(0)["Message-ID"] == server.message(1)["Message-ID"]


def test_dead_worker_s_letters_wait_again_or_are_doubtful(event):
    claimed = write(event, state=State.SENDING, claimed_by="ailleurs:1:abcd")
    handed = write(event, state=State.SENDING, claimed_by="ailleurs:1:abcd", handed_at=timezone.now())
    alive = write(event, state=State.SENDING, claimed_by="ailleurs:2:abcd")
    Worker.objects.create(name="ailleurs:1:abcd", seen_at=timezone.now() - timedelta(minutes=3))
    Worker.objects.create(name="ailleurs:2:abcd", seen_at=timezone.now())
    found = workers.recover(worker=workers.name())
    assert (found["letters"], found["unsure"]) == (1, 1)
    assert [now(one).state for one in (claimed, handed, alive)] == [State.QUEUED, State.UNSURE, State.SENDING]
    assert not any(workers.recover(worker=workers.name()).values())


def test_process_of_this_machine_that_ended_is_gone_at_once():
    host, pid, _chance = workers.name().rsplit(":", 2)
    dead = f"{host}:{2**22 + 1}:abcd"
    reborn = f"{host}:{pid}:abcd"
    for name in (dead, reborn, workers.name()):
        workers.beat(name)
    assert workers.gone([dead, reborn, workers.name()]) == {dead, reborn}


def test_failed_letter_is_sent_again_to_the_address_of_today(server, event):
    person, organiser = make_person(event, email="nouvelle@example.org"), make_staff(event)
    letter = write(event, "ancienne@example.org", person=person, state=State.FAILED, attempts=6, error="550")
    assert outbox.send_again(event=event, actor=organiser) == 1
    deliver()
    assert server.recipients == ["nouvelle@example.org"]
    assert AuditEntry.objects.about(letter).get().actor == organiser


def test_what_has_left_is_not_sent_again(event):
    letter = write(event, state=State.SENT)
    with pytest.raises(outbox.NothingToSend):
        outbox.send_again(event=event, numbers=[letter.pk], actor=None)
    emptied = write(None, is_secret=True, text="", state=State.FAILED)
    with pytest.raises(outbox.NothingToSend):
        outbox.send_again(event=event, numbers=[emptied.pk], actor=None)


def test_doubt_is_ended_by_hand(event):
    letter = write(event, state=State.UNSURE, handed_at=timezone.now())
    outbox.take_as_sent(letter=letter, actor=None)
    assert now(letter).state == State.SENT
    with pytest.raises(outbox.NothingToSend):
        outbox.take_as_sent(letter=letter, actor=None)


def test_backend_that_says_nothing_is_marked_before_it_is_asked(event):
    letter = write(event)
    assert deliver() == 1
    assert len(django_mail.outbox) == 1
    assert now(letter).handed_at is not None


def test_worker_that_ends_gives_back_what_it_claimed(server, event):
    for number in range(5):
        write(event, f"p{number}@example.org")
    assert outbox.deliver_due(worker=workers.name(), is_over=lambda: len(server.letters) >= 2) == 2
    assert OutgoingMail.objects.count_by_state() == {State.SENT: 2, State.QUEUED: 3}
