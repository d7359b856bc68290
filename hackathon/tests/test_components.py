"""The components: each renders alone, escapes what it is given, and keeps its promises to a keyboard and a screen reader.

The browser tests see the pages; here only the HTML is read. No database.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

ROOT = Path(__file__).resolve().parents[2]
NASTY = '"><script>alert(1)</script>'
LEVELS = [
    {"value": 1, "label": "Weak", "guide": "No need shown"},
    {"value": 2, "label": "Strong", "guide": "A need, shown"},
]
NOW = datetime(2016, 11, 19, 12, 48, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def render(source: str, **context: object) -> str:
    """The HTML of a snippet of template, compiled as cotton's loader would."""
    template = Template(CottonCompiler().process("{% load palmares %}" + source))
    values = RequestContext(RequestFactory().get("/list/?q=a"))
    values.push(**context)  # above what the context processors bring, as views do
    return template.render(values)


class RegistrationForm(forms.Form):
    first_name = forms.CharField(label="First name", help_text="As on the badge")
    nickname = forms.CharField(label="Nickname", required=False)
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    rules = forms.BooleanField(label="I accept the rules")


EVERY_COMPONENT = {
    "account-menu": '<c-account-menu :user="user" :request="request" />',
    "action-bar": '<c-action-bar>saved<c-slot name="action">go</c-slot></c-action-bar>',
    "award": '<c-award kind="grand" over="Grand prize" title="Plateau">Why</c-award>',
    "breadcrumbs": '<c-breadcrumbs :items="pairs" />',
    "button": '<c-button kind="go" icon="mail">Write</c-button>',
    "card": '<c-card title="Watch">x<c-slot name="actions">y</c-slot></c-card>',
    "chip": '<c-chip icon="map-pin">Table 18</c-chip>',
    "confirm": '<c-confirm phrase="PUBLISH">Everybody will see it.</c-confirm>',
    "countdown": '<c-countdown :deadline="deadline" :now="now" label="Left" />',
    "definitions": '<c-definitions :items="pairs" />',
    "empty": '<c-empty title="No team yet">They come.<c-slot name="action">go</c-slot></c-empty>',
    "field": '<c-field :field="form.first_name" />',
    "figure": '<c-figure number="231" :of="268">present</c-figure>',
    "figures": '<c-figures><c-figure number="3">alone</c-figure></c-figures>',
    "form-errors": '<c-form-errors :form="form" />',
    "laurel": "<c-laurel />",
    "link-button": '<c-link-button href="/x/">Go</c-link-button>',
    "list": "<c-list><c-row>A</c-row></c-list>",
    "messages": '<c-messages :messages="messages" />',
    "next": '<c-next>Seven teams wait.<c-slot name="action">go</c-slot></c-next>',
    "notice": '<c-notice kind="late" title="Soon">x</c-notice>',
    "page-header": '<c-page-header over="Day 2" title="Tower">side</c-page-header>',
    "pagination": '<c-pagination :page_obj="second_page" />',
    "phases": '<c-phases :phases="phases" />',
    "privacy-notice": '<c-privacy-notice :event="event" /><c-privacy-notice :event="event" short>Why</c-privacy-notice>',
    "progress": '<c-progress value="1" max="2" label="Import">1 of 2</c-progress>',
    "role-chip": '<c-role-chip colour="developer" label="Developer" />',
    "row": '<c-row><c-slot name="before">!</c-slot>Text<c-slot name="action">go</c-slot></c-row>',
    "save-state": '<c-save-state saved_at="14:03" />',
    "scale": '<c-scale name="m" legend="Impact" :levels="levels" :value="2" criterion="impact" />',
    "status": '<c-status kind="ok">Submitted</c-status>',
    "steps": '<c-steps :steps="phases" />',
    "table": '<c-table caption="People"><tbody></tbody></c-table>',
    "tabs": '<c-tabs :tabs="tabs" label="Views" />',
    "timeline": "<c-timeline>x</c-timeline>",
    "timeline-item": '<c-timeline-item time="13:30" state="now">Deadline</c-timeline-item>',
}


def everything() -> dict[str, object]:
    return {
        "form": RegistrationForm({}),
        "levels": LEVELS,
        "now": NOW,
        "deadline": NOW + timedelta(minutes=42),
        "pairs": [("Teams", "/teams/")],
        "phases": [
            {"label": "Teams", "state": "done", "detail": "", "url": "/t/"},
            {"label": "Jury", "state": "here", "detail": "13:30", "url": ""},
        ],
        "tabs": [{"label": "All", "url": "?", "is_current": True, "count": 0}],
        "second_page": Paginator(range(90), 30).page(2),
        "event": SimpleNamespace(organisers=["Asso"], contact_email="a@example.org"),
        "messages": [SimpleNamespace(level_tag="error")],
        "user": SimpleNamespace(is_authenticated=False),
    }


def test_components_are_all_shown_here():
    files = {path.stem.replace("_", "-") for path in (ROOT / "templates/components").glob("*.html")}
    assert files == set(EVERY_COMPONENT)


@pytest.mark.parametrize("name", sorted(EVERY_COMPONENT))
def test_component_renders_with_its_comment_and_without_a_hole(name, settings):
    templates = [{**settings.TEMPLATES[0]}]
    templates[0]["OPTIONS"] = {**templates[0]["OPTIONS"], "string_if_invalid": "MISSING(%s)"}
    settings.TEMPLATES = templates
    html = render(EVERY_COMPONENT[name], **everything())
    assert html.strip()
    assert "MISSING(" not in html
    assert "<c-" not in html
    assert "{%" not in html
    assert "style=" not in html
    assert " onclick" not in html
    source = (ROOT / "templates/components" / f"{name.replace('-', '_')}.html").read_text()
    assert source.startswith("{#")


@pytest.mark.parametrize(
    "source",
    [
        '<c-button data-x="{{ nasty }}" :title="nasty">{{ nasty }}</c-button>',
        '<c-link-button :href="nasty">x</c-link-button>',
        '<c-card :title="nasty" :id="nasty">x</c-card>',
        '<c-status :kind="nasty">{{ nasty }}</c-status>',
        '<c-role-chip :colour="nasty" :label="nasty" />',
        '<c-notice :title="nasty" :data-x="nasty">{{ nasty }}</c-notice>',
        '<c-page-header :over="nasty" title="{{ nasty }}" :lead="nasty" />',
        '<c-figure :number="nasty" :href="nasty">x</c-figure>',
        '<c-award :over="nasty" :title="nasty" :href="nasty" />',
        '<c-confirm :phrase="nasty" :error="nasty" />',
        '<c-table :caption="nasty">x</c-table>',
        '<c-empty :title="nasty">{{ nasty }}</c-empty>',
        '<c-definitions :items="pairs" />',
        '<c-breadcrumbs :items="pairs" />',
        '<c-timeline-item :time="nasty">x</c-timeline-item>',
    ],
)
def test_component_escapes_what_people_typed(source):
    html = render(source, nasty=NASTY, pairs=[(NASTY, NASTY)])
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;lt;" not in html, "escaped twice"


def test_button_is_disabled_only_when_told():
    assert "disabled" in render('<c-button :disabled="closed">x</c-button>', closed=True)
    assert "disabled" not in render('<c-button :disabled="closed">x</c-button>', closed=False)


def test_component_takes_nothing_from_the_page_around_it():
    html = render('<c-card title="A">x</c-card>', actions="LEAK", kind="LEAK", level="9")
    assert "LEAK" not in html
    assert "<h2" in html


def test_field_with_an_error_names_its_help_and_its_error():
    html = render('<c-field :field="form.first_name" />', form=RegistrationForm({}))
    tag = re.search(r"<input[^>]*>", html).group()
    assert 'aria-invalid="true"' in tag
    described = re.search(r'aria-describedby="([^"]*)"', tag).group(1).split()
    assert described == ["id_first_name_helptext", "id_first_name_error"]
    assert all(f'id="{name}"' in html for name in described)
    assert '<label for="id_first_name">' in html


def test_field_without_an_error_says_only_whether_it_is_optional():
    form = RegistrationForm()
    assert "(optional)" in render('<c-field :field="form.nickname" />', form=form)
    html = render('<c-field :field="form.first_name" />', form=form)
    assert "(optional)" not in html
    assert "aria-invalid" not in html


def test_field_of_several_choices_is_a_fieldset_described_by_its_error():
    html = render('<c-field :field="form.role" />', form=RegistrationForm({}))
    assert re.search(r'<fieldset[^>]*aria-describedby="id_role_error"', html)
    assert "<legend>Role</legend>" in html
    assert 'id="id_role_error"' in html


def test_field_box_holds_its_input_in_its_label():
    html = render('<c-field :field="form.rules" />', form=RegistrationForm())
    assert re.search(r'<label for="id_rules">\s*<input type="checkbox"', html)


def test_form_errors_link_to_fields_that_exist():
    form = RegistrationForm({})
    html = render('<c-form-errors :form="form" />{{ form.as_div }}', form=form)
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 3
    assert all(f'id="{target}"' in html for target in targets)
    assert 'role="alert"' in html
    assert "autofocus" in html


def test_form_errors_are_silent_when_there_are_none():
    assert render('<c-form-errors :form="form" />', form=RegistrationForm()).strip() == ""


def test_scale_is_a_radio_group_with_the_mark_checked():
    html = render(EVERY_COMPONENT["scale"], levels=LEVELS)
    assert re.findall(r'value="(\d)"( checked)?', html) == [("1", ""), ("2", " checked")]
    assert "<legend>" in html
    assert 'data-criterion="impact"' in html
    assert 'data-version="0"' in html
    assert 'class="visually-hidden">Strong' in html


def test_scale_without_a_mark_checks_none_even_if_zero_is_a_level():
    levels = [{"value": 0, "label": "None", "guide": ""}, *LEVELS]
    assert "checked" not in render('<c-scale name="m" legend="x" :levels="levels" />', levels=levels)
    assert "checked" in render('<c-scale name="m" legend="x" :levels="levels" :value="0" />', levels=levels)


def test_scale_closed_disables_its_marks():
    html = render('<c-scale name="m" legend="x" :levels="levels" :disabled="True" />', levels=LEVELS)
    assert re.search(r"<fieldset[^>]* disabled", html)


@pytest.mark.parametrize(("kind", "role"), [("bad", "alert"), ("ok", "status"), ("info", "status")])
def test_notice_is_announced_as_its_kind_deserves(kind, role):
    assert f'role="{role}"' in render(f'<c-notice kind="{kind}">x</c-notice>')


def test_pagination_keeps_the_query_and_hides_for_one_page():
    html = render('<c-pagination :page_obj="page" />', page=Paginator(range(90), 30).page(2))
    assert "?q=a&amp;page=1" in html
    assert "?q=a&amp;page=3" in html
    assert render('<c-pagination :page_obj="page" />', page=Paginator([], 30).page(1)).strip() == ""


def test_phases_name_the_current_one():
    html = render(EVERY_COMPONENT["phases"], **everything())
    assert html.count('aria-current="step"') == 1
    assert "(done)" in html


def test_countdown_carries_both_clocks_and_says_when_it_is_over():
    html = render(EVERY_COMPONENT["countdown"], now=NOW, deadline=NOW + timedelta(minutes=42))
    assert 'data-now="2016-11-19T12:48:00+00:00"' in html
    assert "0\u00a0h\u00a042" in html
    at_the_deadline = render('<c-countdown :deadline="now" :now="now" past="Too late" />', now=NOW)
    assert ">Too late<" in at_the_deadline


def test_styles_and_scripts_are_written_without_what_the_security_policy_refuses():
    for path in (ROOT / "templates").rglob("*.html"):
        if "pdf" in path.parts or "mail" in path.parts:
            continue
        source = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son(click|change|submit|load|input)=|javascript:", source), (
            path
        )
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", source), path
