"""Files that leave the house: the template with its examples, and the list of candidates."""

from __future__ import annotations

from flask import Response, g, make_response, request
from flask_babel import gettext as _

from coordination.adapters.spreadsheets import Sheet, write_table, write_workbook
from coordination.domain.candidate_columns import COLUMNS, HEADINGS
from coordination.domain.permissions import Permission
from coordination.queries import exchange as queries
from coordination.queries.exchange import ListedCandidate
from coordination.services import exchange as services
from coordination.web import list_filters
from coordination.web.dates import short_day
from coordination.web.doors import now, requires, today
from coordination.web.exchange.blueprint import bp
from coordination.web.labels import choices, word
from coordination.web.labels.candidates import FIELDS
from coordination.web.labels.exchange import CHOSEN_FROM, EXPLAINED
from coordination.web.pages import actor

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SECOND_EXAMPLE = {
    "cpr": "010195-0002",
    "name": "Prøve Person",
    "scheme": "virksomhedspraktik",
    "town": "Tønder",
    "postcode": "6270",
    "danish_track": "DU1",
    "danish_module": "2",
    "danish_exam": "ingen",
}
LISTED = (
    *("name", "cpr", "phone", "email", "address", "postcode", "town", "scheme", "igu_start", "employer"),
    *("danish_track", "danish_module", "danish_exam", "caseworker_id"),
)


@bp.get("/exchange/candidates/template")
@requires(Permission.IMPORT_CANDIDATES)
def candidate_template() -> Response:
    """The headings and two made-up people; as a workbook also what each column is for."""
    sectors = [name for _code, name in queries.candidate_import_page(actor()).sectors]
    first = {column.field: column.example for column in COLUMNS} | {"wishes": " | ".join(sectors[:2])}
    second = SECOND_EXAMPLE | {"wishes": " | ".join(sectors[:1])}
    rows = [[example.get(column.field, "") for column in COLUMNS] for example in (first, second)]
    lists = {HEADINGS[field]: [text for _value, text in choices(kind)] for field, kind in CHOSEN_FROM.items()}
    proposed = lists | ({HEADINGS["wishes"]: sectors} if sectors else {})
    filled = Sheet(_("Kandidater"), [column.heading for column in COLUMNS], rows, proposed)
    return _file("skabelon-kandidater", _kind(), [filled, _explanation(proposed)])


@bp.post("/exchange/candidates/list")
@requires(Permission.EXPORT_CANDIDATES)
def export_candidates() -> Response:
    """The candidates on the screen, with its filters, as a file."""
    chosen = list_filters.read(request.form.get("kept", ""))
    found = services.export_candidates(actor(), chosen, _kind(), today=today(), now=now())
    g.seen = found.person_ids
    headings = [*(str(FIELDS[field]) for field in LISTED), _("Kommune"), *_headings_of_nominations()]
    sheet = Sheet(_("Kandidater"), headings, [_cells(row) for row in found.rows])
    return _file("kandidater", _kind(), [sheet])


def _kind() -> str:
    asked = request.values.get("kind", "")
    return asked if asked in KINDS else "csv"


def _explanation(proposed: dict[str, list[str]]) -> Sheet:
    headings = [_("Kolonne"), _("Skal udfyldes"), _("Hvad der skal stå"), _("Eksempel")]
    rows = [
        [
            column.heading,
            _("ja") if column.required else _("nej"),
            " ".join(
                filter(None, (str(EXPLAINED[column.field]), ", ".join(proposed.get(column.heading, ()))))
            ),
            column.example,
        ]
        for column in COLUMNS
    ]
    return Sheet(_("Forklaring"), headings, rows, wrapped=True)


def _headings_of_nominations() -> list[str]:
    return [_("Puljekode"), _("Indstilling"), _("Ønsker")]


def _cells(row: ListedCandidate) -> list[str]:
    return [
        row.name,
        row.cpr,
        row.phone,
        row.email,
        row.address,
        row.postcode,
        row.town,
        word(row.scheme),
        short_day(row.igu_start),
        row.employer,
        word(row.danish_track),
        str(row.danish_module or ""),
        word(row.danish_exam),
        row.caseworker,
        row.municipality,
        row.code,
        word(row.state),
        " | ".join(row.wishes),
    ]


def _file(name: str, kind: str, sheets: list[Sheet]) -> Response:
    """The sheets as a workbook, or the first of them as CSV."""
    first = sheets[0]
    body = write_workbook(sheets) if kind == "xlsx" else write_table(first.headings, first.rows)
    response = make_response(body)
    response.headers["Content-Type"] = KINDS[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
