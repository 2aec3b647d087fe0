"""The macros every page is made of: errors beside their field, nothing typed lost, nothing inline."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf import FlaskForm
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

ROOT = Path(__file__).parents[2]
IMPORTS = '{% from "components/forms.html" import form as form_block, field, score_field %}'
PAGE = IMPORTS + '{% call form_block("/save", form, id="f") %}{{ field(form[name]) }}{% endcall %}'
EVERY = (
    IMPORTS
    + """{% call form_block("/", form) %}
{% for f in form %}{{ field(f, hint="x") }}{% endfor %}
{% endcall %}"""
)
EXAMS = [SelectChoice("pd1", "PD1"), SelectChoice("pd2", "PD2")]
SOURCES = sorted((ROOT / "templates").rglob("*.html"))


class Sample(FlaskForm):
    """One field of each kind that has a trap."""

    class Meta:
        csrf = False

    name = StringField("Navn", validators=[DataRequired("Skriv navnet")])
    start = DateField("Start", validators=[Optional()], format=["%Y-%m-%d", "%d-%m-%Y"])
    hours = IntegerField("Timer", validators=[Optional()])
    exam = RadioField("Prøve", choices=EXAMS, validators=[InputRequired("Vælg en prøve")])
    scheme = SelectField("Ordning", choices=EXAMS)


class Elements(HTMLParser):
    """All start tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def by_id(self, element_id: str) -> dict[str, str | None]:
        return next(attrs for _, attrs in self.tags if attrs.get("id") == element_id)

    def having(self, attribute: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.tags if attribute in attrs]


@pytest.fixture
def render():
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config["SECRET_KEY"] = "components"
    app.jinja_env.undefined = StrictUndefined
    app.add_url_rule("/static/<path:filename>", endpoint="static", build_only=True)
    Babel(app, default_locale="da")

    def page(source: str, typed: dict[str, str] | None = None, **values) -> Elements:
        with app.test_request_context("/"):
            form = Sample(MultiDict(typed)) if typed is not None else Sample()
            if typed is not None:
                form.validate()
            return Elements(render_template_string(source, form=form, **values))

    return page


def test_an_error_stands_beside_its_field_and_on_top_with_a_link(render):
    page = render(PAGE, {"name": ""}, name="name")
    assert "name-error" in page.by_id("name")["aria-describedby"].split()
    assert page.by_id("name")["aria-invalid"] == "true"
    assert page.by_id("name-error")["class"] == "form-error-message"
    assert "#name" in {link.get("href") for link in page.having("href")}


def test_the_link_of_a_group_leads_to_its_first_choice(render):
    page = render(PAGE, {"name": "Amina"}, name="exam")
    assert page.by_id("exam-0")["value"] == "pd1"
    assert "#exam-0" in {link.get("href") for link in page.having("href")}


def test_the_browser_leaves_the_judging_to_us(render):
    page = render(PAGE, name="name")
    assert not page.having("required")
    assert page.by_id("name")["aria-required"] == "true"


@pytest.mark.parametrize("typed", ["31-02-2026", "i morgen", "24-13-2026"])
def test_a_date_that_cannot_be_read_is_shown_as_it_was_typed(render, typed):
    control = render(PAGE, {"start": typed}, name="start").by_id("start")
    assert (control["type"], control["value"]) == ("text", typed)


def test_a_date_typed_the_danish_way_comes_back_in_the_form_a_date_input_can_show(render):
    control = render(PAGE, {"start": "24-12-2026"}, name="start").by_id("start")
    assert (control["type"], control["value"]) == ("date", "2026-12-24")


def test_letters_in_a_number_field_are_kept(render):
    control = render(PAGE, {"hours": "tolv"}, name="hours").by_id("hours")
    assert (control["type"], control["inputmode"], control["value"]) == ("text", "numeric", "tolv")


def test_every_id_is_unique_and_every_description_is_there(render):
    page = render(EVERY, {"name": "", "start": "x", "hours": "x"})
    ids = [attrs["id"] for attrs in page.having("id")]
    assert len(ids) == len(set(ids))
    for attrs in page.having("aria-describedby"):
        assert set(attrs["aria-describedby"].split()) <= set(ids)


def test_typed_markup_is_only_text(render):
    page = render(PAGE, {"name": '"><script>alert(1)</script>'}, name="name")
    assert "script" not in {tag for tag, _ in page.tags}


@pytest.mark.parametrize("source", SOURCES, ids=[path.relative_to(ROOT).as_posix() for path in SOURCES])
def test_templates_carry_nothing_inline(source):
    text = source.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|\shx-on", text)
    assert not re.search(r"<script(?![^>]*nonce=)", text)
