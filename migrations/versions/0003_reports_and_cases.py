"""Reports, cases and everything that belongs to them; sealed identities."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "body_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_body_key_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_key")),
        sa.UniqueConstraint("public", name=op.f("uq_body_key_public")),
    )
    op.create_index(
        "uq_body_key_agency_id_live",
        "body_key",
        ["agency_id"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "body_key_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("is_recovery", sa.Boolean(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("(staff_id IS NULL) = is_recovery", name=op.f("ck_body_key_share_staff_or_recovery")),
        sa.ForeignKeyConstraint(["key_id"], ["body_key.id"], name=op.f("fk_body_key_share_key_id_body_key")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_body_key_share_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_key_share")),
        sa.UniqueConstraint("key_id", "staff_id", name=op.f("uq_body_key_share_key_id_staff_id")),
    )
    op.create_index(op.f("ix_body_key_share_staff_id"), "body_key_share", ["staff_id"], unique=False)
    op.create_index(
        "uq_body_key_share_key_id_recovery",
        "body_key_share",
        ["key_id"],
        unique=True,
        sqlite_where=sa.text("is_recovery"),
        postgresql_where=sa.text("is_recovery"),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "accepted",
                "waiting_for_reporter",
                "verifying",
                "concluded",
                "answered",
                "closed",
                "refused",
                "forwarded",
                "withdrawn",
                "merged",
                "reopened",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "former_status",
            sa.Enum(
                "received",
                "accepted",
                "waiting_for_reporter",
                "verifying",
                "concluded",
                "answered",
                "closed",
                "refused",
                "forwarded",
                "withdrawn",
                "merged",
                "reopened",
                name="former_status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "track",
            sa.Enum(
                "feedback",
                "complaint",
                "denunciation",
                "commendation",
                "proposal",
                name="track",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("is_direct", sa.Boolean(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("assigned_id", sa.Integer(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("routing_rule", sa.String(length=60), nullable=False),
        sa.Column("suggested_id", sa.Integer(), nullable=True),
        sa.Column("refusal_ground", sa.String(length=60), nullable=True),
        sa.Column("forward_body", sa.String(length=60), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assigned_id"], ["staff.id"], name=op.f("fk_case_assigned_id_staff")),
        sa.ForeignKeyConstraint(["category"], ["category.code"], name=op.f("fk_case_category_category")),
        sa.ForeignKeyConstraint(
            ["forward_body"], ["forward_body.code"], name=op.f("fk_case_forward_body_forward_body")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["agency.id"], name=op.f("fk_case_lead_id_agency")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["case.id"], name=op.f("fk_case_merged_into_id_case")),
        sa.ForeignKeyConstraint(
            ["refusal_ground"], ["refusal_ground.code"], name=op.f("fk_case_refusal_ground_refusal_ground")
        ),
        sa.ForeignKeyConstraint(["suggested_id"], ["agency.id"], name=op.f("fk_case_suggested_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
    )
    op.create_index(
        "ix_case_assigned_id_open",
        "case",
        ["assigned_id", "next_due_on", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index("ix_case_category_received_on_id", "case", ["category", "received_on", "id"], unique=False)
    op.create_index("ix_case_lead_id_received_on_id", "case", ["lead_id", "received_on", "id"], unique=False)
    op.create_index(
        "ix_case_next_due_on_open",
        "case",
        ["next_due_on", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index("ix_case_received_on_id", "case", ["received_on", "id"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("procedure", sa.String(length=60), nullable=True),
        sa.Column("dossier_code", sa.String(length=80), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("occurred_until", sa.Date(), nullable=True),
        sa.Column(
            "accused_role",
            sa.Enum(
                "none",
                "officer",
                "deputy",
                "head",
                "unknown",
                name="accused_role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("committee_first", sa.Boolean(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("mask_spans", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("elsewhere", sa.Text(), nullable=False),
        sa.Column(
            "language",
            sa.Enum("vi", "en", name="language", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "api",
                "counter",
                "hotline",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "disclosure",
            sa.Enum(
                "anonymous",
                "confidential",
                "named",
                name="disclosure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "reporter_type",
            sa.Enum(
                "citizen",
                "business",
                name="reporter_type",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("area_code", sa.String(length=20), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_report_agency_id_agency")),
        sa.ForeignKeyConstraint(["category"], ["category.code"], name=op.f("fk_report_category_category")),
        sa.ForeignKeyConstraint(["procedure"], ["procedure.code"], name=op.f("fk_report_procedure_procedure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("uid", name=op.f("uq_report_uid")),
    )
    op.create_index(op.f("ix_report_agency_id"), "report", ["agency_id"], unique=False)
    op.create_table(
        "case_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unlinked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_report_case_id_case")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_case_report_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_report")),
    )
    op.create_index(
        "uq_case_report_case_id_report_id_live",
        "case_report",
        ["case_id", "report_id"],
        unique=True,
        sqlite_where=sa.text("unlinked_at IS NULL"),
        postgresql_where=sa.text("unlinked_at IS NULL"),
    )
    op.create_index(
        "uq_case_report_report_id_primary",
        "case_report",
        ["report_id"],
        unique=True,
        sqlite_where=sa.text("is_primary AND unlinked_at IS NULL"),
        postgresql_where=sa.text("is_primary AND unlinked_at IS NULL"),
    )
    op.create_table(
        "cleared_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shows_dossier", sa.Boolean(), nullable=False),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_cleared_text_case_id_case")),
        sa.ForeignKeyConstraint(["cleared_by_id"], ["staff.id"], name=op.f("fk_cleared_text_cleared_by_id_staff")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_cleared_text_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cleared_text")),
    )
    op.create_index("uq_cleared_text_case_id_version", "cleared_text", ["case_id", "version"], unique=True)
    op.create_table(
        "conclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("finding", sa.String(length=60), nullable=False),
        sa.Column("remedy", sa.String(length=60), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("visible_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_conclusion_agency_id_agency")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["staff.id"], name=op.f("fk_conclusion_approved_by_id_staff")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_conclusion_case_id_case")),
        sa.ForeignKeyConstraint(["finding"], ["finding.code"], name=op.f("fk_conclusion_finding_finding")),
        sa.ForeignKeyConstraint(["remedy"], ["remedy.code"], name=op.f("fk_conclusion_remedy_remedy")),
        sa.ForeignKeyConstraint(["written_by_id"], ["staff.id"], name=op.f("fk_conclusion_written_by_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion")),
    )
    op.create_index("uq_conclusion_case_id_version", "conclusion", ["case_id", "version"], unique=True)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "audience",
            sa.Enum(
                "everyone",
                "reporter",
                "agency",
                "inspection",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.Column("format", sa.SmallInteger(), nullable=False),
        sa.Column("ledger_index", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["staff.id"], name=op.f("fk_event_actor_id_staff")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_event_agency_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_event_case_id_case")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_event_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("ledger_index", name=op.f("uq_event_ledger_index")),
        sa.UniqueConstraint("uid", name=op.f("uq_event_uid")),
    )
    op.create_index("ix_event_case_id_id", "event", ["case_id", "id"], unique=False)
    op.create_index(
        "ix_event_id_unsequenced",
        "event",
        ["id"],
        unique=False,
        sqlite_where=sa.text("ledger_index IS NULL"),
        postgresql_where=sa.text("ledger_index IS NULL"),
    )
    op.create_table(
        "identity",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("envelope", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_identity_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_identity")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "to_reporter",
                "from_reporter",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "question",
                "reply",
                "facts",
                name="message_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "everyone",
                "reporter",
                "agency",
                "inspection",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("masked_text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_message_agency_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_message_case_id_case")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_message_report_id_report")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_message_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index("ix_message_case_id_id", "message", ["case_id", "id"], unique=False)
    op.create_table(
        "notice_contact",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_notice_contact_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_notice_contact")),
    )
    op.create_table(
        "rating",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_rating_score_range")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_rating_report_id_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_rating")),
    )
    op.create_table(
        "receipt",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_receipt_report_id_report")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_receipt")),
    )
    op.create_index(
        "uq_receipt_report_id_live",
        "receipt",
        ["report_id"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "wall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("except_staff_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(agency_id IS NULL) <> (staff_id IS NULL)", name=op.f("ck_wall_agency_or_staff")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_wall_agency_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_wall_case_id_case")),
        sa.ForeignKeyConstraint(["except_staff_id"], ["staff.id"], name=op.f("fk_wall_except_staff_id_staff")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_wall_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wall")),
    )
    op.create_index("ix_wall_agency_id", "wall", ["agency_id"], unique=False)
    op.create_index("ix_wall_case_id", "wall", ["case_id"], unique=False)
    op.create_index("ix_wall_staff_id", "wall", ["staff_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "support",
                "inform",
                "oversee",
                name="referral_role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "sent",
                "received",
                "answered",
                "returned",
                "extended",
                "late",
                "reminded",
                "ended",
                name="referral_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "release",
            sa.Enum(
                "at_once",
                "after_clearing",
                name="release",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("routing_rule", sa.String(length=60), nullable=True),
        sa.Column("reason_vi", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("cleared_text_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_referral_agency_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_referral_case_id_case")),
        sa.ForeignKeyConstraint(
            ["cleared_text_id"], ["cleared_text.id"], name=op.f("fk_referral_cleared_text_id_cleared_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(
        "ix_referral_agency_id_due_on_open",
        "referral",
        ["agency_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_index("ix_referral_agency_id_id", "referral", ["agency_id", "id"], unique=False)
    op.create_index(
        "uq_referral_case_id_agency_id_live",
        "referral",
        ["case_id", "agency_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_referral_case_id_lead",
        "referral",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("role = 'lead' AND ended_at IS NULL"),
        postgresql_where=sa.text("role = 'lead' AND ended_at IS NULL"),
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("starts", sa.String(length=32), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_clock_case_id_case")),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name=op.f("fk_clock_referral_id_referral")),
        sa.ForeignKeyConstraint(["rule_id"], ["deadline_rule.id"], name=op.f("fk_clock_rule_id_deadline_rule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_index("ix_clock_case_id", "clock", ["case_id"], unique=False)
    op.create_index(
        "ix_clock_due_on_unmet",
        "clock",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text("met_at IS NULL AND stopped_at IS NULL"),
        postgresql_where=sa.text("met_at IS NULL AND stopped_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("clock")
    op.drop_table("referral")
    op.drop_table("wall")
    op.drop_table("receipt")
    op.drop_table("rating")
    op.drop_table("notice_contact")
    op.drop_table("message")
    op.drop_table("identity")
    op.drop_table("event")
    op.drop_table("conclusion")
    op.drop_table("cleared_text")
    op.drop_table("case_report")
    op.drop_table("report")
    op.drop_table("case")
    op.drop_table("body_key_share")
    op.drop_table("body_key")
