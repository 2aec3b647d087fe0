"""The pool: the coordinator chooses whom to offer a seat; a jobcenter sees the others' people as codes."""

from __future__ import annotations

from flask import Blueprint, request

from coordination.domain.actors import Role
from coordination.domain.permissions import Permission
from coordination.queries import pooling as queries
from coordination.web.doors import requires, today
from coordination.web.forms.course_runs import number
from coordination.web.forms.enrolments import ChoiceForm
from coordination.web.forms.pooling import PoolFilterForm
from coordination.web.pages import actor, show

bp = Blueprint("pooling", __name__)


@bp.get("/pool")
@requires(Permission.SEE_POOL)
def pool() -> str:
    """The people of one sector, longest waiting first, and the runs that could take them."""
    if actor().role is Role.JOBCENTER:
        sector, page = number(request.args.get("sector")), number(request.args.get("page"))
        return show("pooling/coded", queries.coded_pool_page(actor(), sector, page or 1, today()))
    return show_pool(ChoiceForm(formdata=None))


def show_pool(form: ChoiceForm, course_run_id: int | None = None) -> str:
    """The page, also when an offer to a run was turned down: what was ticked and filtered stays."""
    filters = PoolFilterForm(request.args)
    chosen = filters.filters()
    course_run_id = course_run_id or (None if chosen["sector_id"] else chosen["course_run_id"])
    if course_run_id:
        chosen |= {"course_run_id": course_run_id, "sector_id": queries.sector_of_run(course_run_id)}
    page = queries.pool_page(
        actor(), queries.PoolFilter(**chosen, number=number(request.args.get("page")) or 1), today()
    )
    filters.offer(page.municipalities)
    filters.sector.data = str(page.sector.id) if page.sector else ""
    filters.run.data = str(page.run.id) if page.run else ""
    kept = {name: value for name, value in filters.data.items() if value}
    return show("pooling/pool", page, form=form, filters=filters, kept=kept)
