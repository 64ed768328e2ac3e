"""Notices become an outbox: written with what causes them, sent later. Where staff are told; who sent again."""

import json
import secrets
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

LANGUAGES, STATES = ("vi", "en"), ("waiting", "sent", "dead", "ended")
MOMENT = sa.DateTime(timezone=True)
WAITS, IS_DEAD = sa.text("next_try_at IS NOT NULL"), sa.text("state = 'dead'")
OLD_JOB = "notices.tell_reporter"


def upgrade() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("cause", sa.String(120)))
        batch.add_column(sa.Column("staff_id", sa.Integer()))
        batch.add_column(sa.Column("language", _word("language", LANGUAGES)))
        batch.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("trouble", sa.String(80)))
        batch.add_column(sa.Column("created_at", MOMENT))
        batch.add_column(sa.Column("next_try_at", MOMENT))
        batch.add_column(sa.Column("gives_up_at", MOMENT))
        batch.add_column(sa.Column("sent_at", MOMENT))
    op.execute(
        "UPDATE notice SET cause = 'old/' || message_id, created_at = at, gives_up_at = at, sent_at = at, "
        "language = (SELECT report.language FROM report WHERE report.id = notice.report_id)"
    )
    with op.batch_alter_table("notice") as batch:
        batch.alter_column("cause", existing_type=sa.String(120), nullable=False)
        batch.alter_column("report_id", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("language", existing_type=sa.String(32), nullable=False)
        batch.alter_column("state", existing_type=sa.String(20), type_=_word("notice_state", STATES), nullable=False)
        batch.alter_column("tries", existing_type=sa.Integer(), server_default=None)
        batch.alter_column("created_at", existing_type=MOMENT, nullable=False)
        batch.alter_column("gives_up_at", existing_type=MOMENT, nullable=False)
        batch.drop_column("at")
        batch.create_unique_constraint(op.f("uq_notice_cause"), ["cause"])
        batch.create_foreign_key(op.f("fk_notice_staff_id_staff"), "staff", ["staff_id"], ["id"])
        batch.create_check_constraint(op.f("ck_notice_reporter_or_staff"), "(report_id IS NULL) <> (staff_id IS NULL)")
    op.create_index(op.f("ix_notice_staff_id"), "notice", ["staff_id"])
    op.create_index(
        "ix_notice_next_try_at_id", "notice", ["next_try_at", "id"], sqlite_where=WAITS, postgresql_where=WAITS
    )
    op.create_index(
        "ix_notice_gives_up_at_dead", "notice", ["gives_up_at", "id"], sqlite_where=IS_DEAD, postgresql_where=IS_DEAD
    )
    _make_tables()
    _take_over_jobs()


def _word(name: str, among: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*among, name=name, native_enum=False, create_constraint=True, length=32)


def _make_tables() -> None:
    op.create_table(
        "notice_address",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("language", _word("language", LANGUAGES), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_notice_address_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_notice_address")),
    )
    op.create_table(
        "notice_resend",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_resend_notice_id_notice")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_notice_resend_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_resend")),
    )
    op.create_index(op.f("ix_notice_resend_notice_id"), "notice_resend", ["notice_id"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER notice_resend_no_{verb} BEFORE {verb.upper()} ON notice_resend "
                "BEGIN SELECT RAISE(ABORT, 'notice_resend is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER notice_resend_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON notice_resend "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_kept()"  # of migration 0017
    )


def _take_over_jobs() -> None:
    """What waits to be told as a job waits as a notice from now on."""
    bind, now = op.get_bind(), datetime.now(UTC)  # noqa: TID251 (a migration has no portal clock)
    job = sa.table("job", *(sa.column(name) for name in ("id", "kind", "payload")), sa.column("done_at", MOMENT))
    report = sa.table("report", sa.column("id"), sa.column("language"))
    notice = sa.table(
        "notice",
        *(sa.column(n) for n in ("message_id", "cause", "report_id", "kind", "language", "channel", "state", "tries")),
        *(sa.column(n, MOMENT) for n in ("created_at", "next_try_at", "gives_up_at")),
    )
    waiting = sa.select(job.c.id, job.c.payload).where(job.c.kind == OLD_JOB, job.c.done_at.is_(None))
    for number, stored in bind.execute(waiting.order_by(job.c.id)).all():
        payload = json.loads(stored)
        language = bind.scalar(sa.select(report.c.language).where(report.c.id == payload["report_id"]))
        bind.execute(
            notice.insert().values(
                message_id=secrets.token_hex(16),
                cause=f"{payload['event']}/{payload['report_id']}",
                report_id=payload["report_id"],
                kind=payload["kind"],
                language=language,
                channel="",
                state="waiting",
                tries=0,
                created_at=now,
                next_try_at=now,
                gives_up_at=now + timedelta(hours=48),
            )
        )
        bind.execute(job.update().where(job.c.id == number).values(done_at=now))


def downgrade() -> None:
    op.drop_table("notice_resend")
    op.drop_table("notice_address")
    op.execute("DELETE FROM notice WHERE sent_at IS NULL OR report_id IS NULL")
    op.drop_index("ix_notice_gives_up_at_dead", table_name="notice")
    op.drop_index("ix_notice_next_try_at_id", table_name="notice")
    op.drop_index(op.f("ix_notice_staff_id"), table_name="notice")
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("at", MOMENT))
    op.execute("UPDATE notice SET at = sent_at")
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_reporter_or_staff"), type_="check")
        batch.drop_constraint(op.f("ck_notice_notice_state"), type_="check")
        batch.drop_constraint(op.f("ck_notice_language"), type_="check")
        batch.drop_constraint(op.f("uq_notice_cause"), type_="unique")
        batch.drop_constraint(op.f("fk_notice_staff_id_staff"), type_="foreignkey")
        for name in (
            "cause", "staff_id", "language", "tries", "trouble", "created_at", "next_try_at", "gives_up_at", "sent_at"
        ):  # fmt: skip
            batch.drop_column(name)
        batch.alter_column("state", existing_type=sa.String(32), type_=sa.String(20), nullable=False)
        batch.alter_column("report_id", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("at", existing_type=MOMENT, nullable=False)
