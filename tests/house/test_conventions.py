"""The house rules that can be checked: doors, names, owners, words, sizes."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from coordination import domain
from coordination.db import Base, OwnedByMunicipality, RunBySchool, SharedInPartnership, TaughtAtSchool
from coordination.domain.permissions import ALLOWED, Permission
from coordination.web.frame import NAVIGATION
from coordination.web.labels import SENTENCES, WORDS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "coordination"
SOURCES = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
LIBRARY_ENDPOINTS = ("static", "security.")
"""Pages of Flask and Flask-Security, which keep their own doors."""

GET_WITHOUT_TEMPLATE = {
    "house.health": "for machines",
    "exchange.candidate_template": "a file",
    "tracks.module_template": "a file",
    "calendar.feed": "a file",
}
WITHOUT_QUERY = {
    "house.accessibility": "a text",
    "house.health": "for machines",
}


def rules(application):
    return [
        rule for rule in application.url_map.iter_rules() if not rule.endpoint.startswith(LIBRARY_ENDPOINTS)
    ]


def test_every_route_has_a_door(application):
    open_doors = [
        rule.endpoint
        for rule in rules(application)
        if not hasattr(application.view_functions[rule.endpoint], "permission")
    ]
    assert open_doors == []


def test_public_pages_are_counted(application):
    """A page without a permission is a decision: write it down here."""
    views = application.view_functions
    public = {rule.endpoint for rule in rules(application) if views[rule.endpoint].permission is None}
    assert public == {
        "house.accessibility",
        "house.health",
        "accounts.choose_language",
        "accounts.welcome",
        "accounts.accept_invitation",
        "calendar.feed",
    }


def test_every_permission_stands_in_the_table():
    assert set(ALLOWED) == set(Permission)


def test_every_permission_opens_a_door(application):
    used = {application.view_functions[rule.endpoint].permission for rule in rules(application)}
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "permissions.py")
    unused = {p for p in Permission if p not in used and f"Permission.{p.name}" not in source}
    assert unused == set()


def test_addresses_are_kebab_case_with_typed_ids(application):
    for rule in rules(application):
        for part in rule.rule.strip("/").split("/"):
            known = r"[a-z0-9-]*(\.csv|\.xlsx)?|<int:[a-z_]+>|<string:[a-z_]+>(\.ics)?"
            assert re.fullmatch(known, part), rule.rule


def test_a_page_has_its_query_and_its_template(application):
    for rule in rules(application):
        subject, _, page = rule.endpoint.partition(".")
        if "GET" not in rule.methods:
            continue
        if rule.endpoint not in GET_WITHOUT_TEMPLATE:
            assert (ROOT / "templates" / subject / f"{page}.html").exists(), rule.endpoint
        if rule.endpoint not in WITHOUT_QUERY and rule.endpoint not in GET_WITHOUT_TEMPLATE:
            queries = import_module(f"coordination.queries.{subject}")
            assert hasattr(queries, f"{page}_page"), rule.endpoint


def test_a_deed_has_its_service(application):
    for rule in rules(application):
        if "POST" in rule.methods:
            subject, _, deed = rule.endpoint.partition(".")
            services = import_module(f"coordination.services.{subject}")
            assert hasattr(services, deed), rule.endpoint


def test_a_page_only_reads_and_a_deed_is_only_posted(application):
    for rule in rules(application):
        assert rule.methods - {"HEAD", "OPTIONS"} in ({"GET"}, {"POST"}), rule.endpoint


def test_the_menu_leads_somewhere(application):
    assert {endpoint for _label, endpoint, _permission in NAVIGATION} <= set(application.view_functions)
    for _label, endpoint, permission in NAVIGATION:
        assert application.view_functions[endpoint].permission == permission


SCHOOL_OF_ITS_OWN = {"users", "school_agreements", "closing_days", "school_fees", "travel_times"}
PARTNERSHIP_OF_ITS_OWN = {"municipalities", "school_agreements", "appointments"}


def mapped():
    return sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__)


def test_a_row_has_an_owner_exactly_when_the_guard_knows_it():
    for mapper in mapped():
        model, columns = mapper.class_, set(mapper.local_table.columns.keys())
        table = mapper.local_table.name
        assert ("municipality_id" in columns) == issubclass(model, OwnedByMunicipality), table
        if table not in PARTNERSHIP_OF_ITS_OWN:
            assert ("partnership_id" in columns) == issubclass(model, SharedInPartnership), table
        if table not in SCHOOL_OF_ITS_OWN:
            assert ("school_id" in columns) == issubclass(model, RunBySchool | TaughtAtSchool), table


def test_an_owned_row_points_to_owned_rows_together_with_its_owner():
    owned = {m.local_table.name for m in mapped() if issubclass(m.class_, OwnedByMunicipality)}
    for name in owned:
        for constraint in Base.metadata.tables[name].foreign_key_constraints:
            if constraint.referred_table.name in owned:
                assert "municipality_id" in constraint.column_keys, (name, constraint.column_keys)


def test_every_column_says_what_it_is():
    silent = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if not column.comment
    ]
    assert silent == []


def test_relations_are_never_loaded_by_accident():
    lazy = [
        f"{mapper.class_.__name__}.{relation.key}"
        for mapper in mapped()
        for relation in mapper.relationships
        if relation.lazy != "raise"
    ]
    assert lazy == []


def domain_enums() -> list[type[StrEnum]]:
    modules = [import_module(found.name) for found in iter_modules(domain.__path__, f"{domain.__name__}.")]
    return sorted(
        {
            thing
            for module in modules
            for thing in vars(module).values()
            if isinstance(thing, type) and issubclass(thing, StrEnum) and thing is not StrEnum
        },
        key=lambda enum: enum.__name__,
    )


@pytest.mark.parametrize("enum", domain_enums(), ids=lambda enum: enum.__name__)
def test_every_state_reason_and_role_has_its_word(enum):
    assert [member.name for member in enum if (enum, member) not in WORDS] == []


def codes(path: Path) -> Iterator[str]:
    """The codes a file may refuse with: texts shaped `subject.what_happened`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Refused", "Stale"} and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Invalid":
            yield from (
                constant.value
                for constant in ast.walk(node)
                if isinstance(constant, ast.Constant)
                and isinstance(constant.value, str)
                and re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", constant.value)
            )


def test_every_refusal_has_its_sentence():
    refused = {code for path in SOURCES for code in codes(path)}
    assert len(refused) > 30
    assert sorted(refused - set(SENTENCES)) == []


def test_only_the_edge_commits():
    committing = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if ".commit()" in path.read_text(encoding="utf-8") and path.parent != PACKAGE / "db"
    ]
    assert committing in ([], ["coordination/web/security.py"])


def test_files_and_functions_stay_small():
    lengths = {path: path.read_text(encoding="utf-8").count("\n") + 1 for path in SOURCES}
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > 300} == {}
    sizes = {
        f"{path.relative_to(ROOT)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: n for name, n in sizes.items() if n > 45} == {}
    ordered = sorted(sizes.values())
    assert statistics.median(ordered) <= 12
    assert ordered[int(len(ordered) * 0.9)] <= 25


def test_templates_obey_the_content_security_policy():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=\"|javascript:|hx-on", text), path
        for script in re.findall(r"<script[^>]*>", text):
            assert "nonce=" in script, path


def test_every_posted_form_carries_its_token():
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, flags=re.DOTALL):
            assert "csrf_token" in form or "hidden_tag" in form, path


def test_nothing_committed_names_a_machine_or_a_registry():
    forbidden = r"https?://[a-z0-9.-]*(py[p]i|npm[j]s|[d]ebian)[a-z0-9.-]*|/[w]ork/|/[t]mp/"
    found = subprocess.run(
        ["git", "grep", "-nIE", forbidden, "--", ".", ":!*.svg"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""
