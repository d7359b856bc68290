"""The tags of the visual language: what they print, and in which language."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from hackathon.templatetags.palmares import attributes, time_left_text

NOW = datetime(2016, 11, 19, 12, 48, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    return Template("{% load palmares %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(days=3, hours=4), "3 days"),
        (timedelta(hours=47, minutes=59), "47\u00a0h\u00a059"),
        (timedelta(minutes=10), "0\u00a0h\u00a010"),
        (timedelta(minutes=9, seconds=59), "9:59"),
        (timedelta(seconds=-5), "0:00"),
    ],
)
def test_time_left_reads_as_people_say_it(left, text):
    assert time_left_text(left) == text


def test_role_chip_of_nobody_in_particular_is_the_word_for_everybody():
    shown = render("{% role_chip role %}", role=SimpleNamespace(name="Developer", colour="developer"))
    assert "role-developer" in shown
    assert "Developer" in shown
    assert render("{% role_chip None %}") == '<span class="chip role role-other">Participant</span>'
    assert "role-other" in render("{% role_chip role %}", role=SimpleNamespace(name="X", colour="x y"))


def test_theme_title_in_another_language_is_marked():
    theme = SimpleNamespace(title="Je m’engage", title_fr="Je m’engage", title_en="")
    assert render("{% theme_title theme %}", theme=theme) == '<span lang="fr">Je m’engage</span>'
    with translation.override("fr"):
        assert render("{% theme_title theme %}", theme=theme) == "Je m’engage"
    theme.title_en = "I commit"
    assert render("{% theme_title theme %}", theme=theme) == "I commit"


def test_icon_is_silent_unless_named():
    assert 'aria-hidden="true"' in render('{% icon "check" %}')
    named = render('{% icon "check" label="Done" %}')
    assert 'role="img"' in named
    assert 'aria-label="Done"' in named
    assert "aria-hidden" not in named


def test_moment_is_a_time_for_machines_too():
    assert render('{% moment now "time" %}', now=NOW) == (
        '<time class="num" datetime="2016-11-19T13:48:00+01:00">13:48</time>'
    )


def test_attributes_drop_false_and_none_and_keep_true_bare():
    assert attributes({"disabled": True, "hidden": False, "title": None, "id": "a"}) == ' disabled id="a"'
