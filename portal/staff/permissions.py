"""Every right there is, as a word. Roles hold them (`roles.py`), moves and pages ask for them."""

from enum import StrEnum


class Permission(StrEnum):
    """What somebody may do. In alphabetical order."""

    ANSWER_REFERRAL = "answer_referral"
    ANSWER_SUPPORT = "answer_support"
    APPROVE_CONCLUSION = "approve_conclusion"
    ASSIGN_CASE = "assign_case"
    CLEAR_TEXT = "clear_text"
    CLOSE_CASE = "close_case"
    CONCLUDE_CASE = "conclude_case"
    COUNT_RESTRICTED_CASES = "count_restricted_cases"
    FILE_FOR_OTHERS = "file_for_others"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_CATALOGUE = "manage_catalogue"
    OPEN_IDENTITY = "open_identity"
    READ_AGENCY_CASES = "read_agency_cases"
    READ_ALL_CASES = "read_all_cases"
    READ_EXACT_FIGURES = "read_exact_figures"
    READ_OVERSIGHT = "read_oversight"
    READ_RESTRICTED_CASES = "read_restricted_cases"
    REFER_CASE = "refer_case"
    REOPEN_CASE = "reopen_case"
    TRIAGE_CASE = "triage_case"
    WRITE_STANDARD_TEXTS = "write_standard_texts"
