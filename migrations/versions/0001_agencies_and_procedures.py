"""Bodies, categories, procedures, rules and days."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "party",
                "inspection",
                "council",
                "front",
                "provincial",
                "department",
                "inspectorate",
                "district",
                "commune",
                "one_stop",
                name="agency_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column("district_code", sa.String(length=10), nullable=True),
        sa.Column("commune_code", sa.String(length=10), nullable=True),
        sa.Column("area_code", sa.String(length=10), nullable=True),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("succession_note", sa.Text(), nullable=True),
        sa.Column("succession_citation", sa.Text(), nullable=True),
        sa.Column("succession_sure", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "succession_sure IN ('certain', 'likely', 'unsure')", name=op.f("ck_agency_succession_sure")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["agency.id"], name=op.f("fk_agency_parent_id_agency")),
        sa.ForeignKeyConstraint(["successor_id"], ["agency.id"], name=op.f("fk_agency_successor_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_agency_code_valid_from")),
    )
    op.create_index(op.f("ix_agency_parent_id"), "agency", ["parent_id"], unique=False)
    op.create_index(op.f("ix_agency_path"), "agency", ["path"], unique=False)
    op.create_index(op.f("ix_agency_successor_id"), "agency", ["successor_id"], unique=False)
    op.create_index(
        "uq_agency_code_open",
        "agency",
        ["code"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "calendar_day",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("on_date", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "deadline_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("track", sa.String(length=32), nullable=False),
        sa.Column("starts_at", sa.String(length=60), nullable=False),
        sa.Column("body_role", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "working_days",
                "calendar_days",
                "hours",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("extension_amount", sa.Integer(), nullable=False),
        sa.Column("extension_times", sa.Integer(), nullable=False),
        sa.Column(
            "condition",
            sa.Enum(
                "normal",
                "complex",
                "very_complex",
                "remote",
                "remote_complex",
                "verify",
                name="condition",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("consequence_vi", sa.Text(), nullable=False),
        sa.Column("consequence_en", sa.Text(), nullable=False),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rule")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_deadline_rule_code_valid_from")),
    )
    op.create_table(
        "finding",
        sa.Column("guidance_vi", sa.Text(), nullable=False),
        sa.Column("guidance_en", sa.Text(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_finding")),
    )
    op.create_table(
        "forward_body",
        sa.Column("channel", sa.String(length=30), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("guidance_vi", sa.Text(), nullable=False),
        sa.Column("guidance_en", sa.Text(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_forward_body")),
    )
    op.create_table(
        "principle",
        sa.Column("group_name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_principle")),
    )
    op.create_table(
        "procedure",
        sa.Column("field_vi", sa.String(length=200), nullable=False),
        sa.Column("field_en", sa.String(length=200), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "province",
                "district",
                "commune",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "level_2025",
            sa.Enum(
                "province",
                "commune",
                name="two_tier_level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("owner_agency_code", sa.String(length=40), nullable=True),
        sa.Column("owner_kind", sa.String(length=60), nullable=False),
        sa.Column("statutory_days", sa.Integer(), nullable=False),
        sa.Column(
            "day_basis",
            sa.Enum("working", "calendar", name="day_basis", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("days_2026", sa.Integer(), nullable=True),
        sa.Column(
            "online_level",
            sa.Enum(
                "full",
                "part",
                "none",
                name="online_level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fee_note", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("national_code", sa.String(length=20), nullable=True),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_procedure")),
    )
    op.create_table(
        "refusal_ground",
        sa.Column("guidance_vi", sa.Text(), nullable=False),
        sa.Column("guidance_en", sa.Text(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_refusal_ground")),
    )
    op.create_table(
        "remedy",
        sa.Column("guidance_vi", sa.Text(), nullable=False),
        sa.Column("guidance_en", sa.Text(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column(
            "sure",
            sa.Enum(
                "certain",
                "likely",
                "unsure",
                name="sure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_remedy")),
    )
    op.create_table(
        "agency_function",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "function",
            sa.Enum(
                "inspection_committee",
                "organisation_committee",
                "propaganda_committee",
                "standing_committee",
                "party_committee",
                "provincial_committee",
                "home_affairs",
                "online_services",
                "inspectorate",
                "people_council",
                "front",
                name="function",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_function_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_function")),
        sa.UniqueConstraint("function", "valid_from", name=op.f("uq_agency_function_function_valid_from")),
    )
    op.create_index(op.f("ix_agency_function_agency_id"), "agency_function", ["agency_id"], unique=False)
    op.create_table(
        "category",
        sa.Column(
            "kind",
            sa.Enum(
                "delay",
                "conduct",
                "decision",
                "commendation",
                "proposal",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
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
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("example_vi", sa.Text(), nullable=False),
        sa.Column("example_en", sa.Text(), nullable=False),
        sa.Column("directive_clause", sa.String(length=20), nullable=False),
        sa.Column("principle", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name=op.f("ck_category_severity")),
        sa.ForeignKeyConstraint(["principle"], ["principle.code"], name=op.f("fk_category_principle_principle")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_category")),
    )
    op.create_table(
        "routing_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("accused", sa.String(length=200), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("min_severity", sa.Integer(), nullable=True),
        sa.Column("min_recent_reports", sa.Integer(), nullable=True),
        sa.Column("needs", sa.String(length=200), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.Column("lead", sa.String(length=40), nullable=False),
        sa.Column("support", sa.String(length=200), nullable=False),
        sa.Column("inform", sa.String(length=200), nullable=False),
        sa.Column("oversee", sa.String(length=200), nullable=False),
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
        sa.Column("suggestion", sa.String(length=40), nullable=True),
        sa.Column("refused_to", sa.String(length=60), nullable=True),
        sa.Column("reason_vi", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["refused_to"], ["forward_body.code"], name=op.f("fk_routing_rule_refused_to_forward_body")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rule")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_routing_rule_code_valid_from")),
    )
    op.create_index(op.f("ix_routing_rule_rank"), "routing_rule", ["rank"], unique=False)


def downgrade() -> None:
    op.drop_table("routing_rule")
    op.drop_table("category")
    op.drop_table("agency_function")
    op.drop_table("remedy")
    op.drop_table("refusal_ground")
    op.drop_table("procedure")
    op.drop_table("principle")
    op.drop_table("forward_body")
    op.drop_table("finding")
    op.drop_table("deadline_rule")
    op.drop_table("calendar_day")
    op.drop_table("agency")
