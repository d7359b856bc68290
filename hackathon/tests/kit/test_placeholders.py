"""Words with holes: replaced once, and nothing else means anything."""

import pytest

from hackathon.kit import placeholders

VALUES = {"first_name": "Luce", "link": "https://exemple.test/", "reason": ""}


def test_each_placeholder_is_replaced_wherever_it_stands():
    assert (
        placeholders.fill("{first_name}, {first_name} : {link}", VALUES)
        == "Luce, Luce : https://exemple.test/\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{% load static %}", "{{ settings.SECRET_KEY }}", "{first_name.__class__}", "{0}", "{}", "{ first_name }",
        "{first_name!r}", "{first_name:>9}", "{link[0]}", "} {", "%(first_name)s", "$first_name", "{" * 50 + "}" * 50,
    ],
)  # fmt: skip
def test_what_is_no_placeholder_stays_as_it_was_typed(text):
    assert placeholders.fill(text, VALUES).strip() == text
    assert placeholders.fill_line(text, VALUES) == text


def test_value_is_never_looked_into_again():
    assert placeholders.fill("{first_name}", VALUES | {"first_name": "{link} {{ x }}"}) == "{link} {{ x }}\n"


def test_line_in_which_a_placeholder_has_nothing_to_say_is_left_out():
    assert placeholders.fill("Bonjour\n\nMotif : {reason}\n\nAu revoir", VALUES) == "Bonjour\n\nAu revoir\n"


def test_subject_is_one_line_whatever_it_is_told():
    assert (
        placeholders.fill_line("Pour {first_name}", {"first_name": "Luce\r\nBcc: a@b.fr"})
        == "Pour Luce Bcc: a@b.fr"
    )


def test_unknown_ones_are_named_as_they_were_written():
    assert placeholders.unknown_in("{first_name} {nom} {{ x }} {% y %} {nom}", VALUES) == [
        "{nom}",
        "{ x }",
        "{% y %}",
    ]
