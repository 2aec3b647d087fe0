"""a substitute joins a run that has begun."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A seat knows its first day on the register."""
    op.add_column(
        "enrolments",
        sa.Column(
            "joined_on",
            sa.Date(),
            nullable=True,
            comment="first day on the register; empty means from the first session",
        ),
    )


def downgrade() -> None:
    """Everybody stands on the register from the first session."""
    op.drop_column("enrolments", "joined_on")
