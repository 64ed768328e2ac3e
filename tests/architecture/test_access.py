"""Who may enter where, written out by hand: a new address, or another audience, must be written here too."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from portal.staff.permissions import Permission as P
from portal.web.frame import access
from portal.web.frame.access import Allowed, Who
from portal.web.frame.database import db
from portal.web.frame.security import csrf

HOST = "https://portal.test"
READS_CASES: set[Allowed] = {P.READ_ALL_CASES, P.READ_AGENCY_CASES}
ACTS_ON_CASES: set[Allowed] = {P.ASSIGN_CASE, P.REFER_CASE, P.TRIAGE_CASE}
ACCESS: dict[str, set[Allowed]] = {
    "admin.call_off_change": {P.MANAGE_CATALOGUE},
    "admin.drop_proposal": {P.MANAGE_CATALOGUE},
    "admin.edit_rule": {P.MANAGE_CATALOGUE},
    "admin.list_routing": {P.MANAGE_CATALOGUE},
    "admin.new_rule": {P.MANAGE_CATALOGUE},
    "admin.propose_change": {P.MANAGE_CATALOGUE},
    "admin.propose_end": {P.MANAGE_CATALOGUE},
    "admin.propose_rule": {P.MANAGE_CATALOGUE},
    "admin.show_proposal": {P.MANAGE_CATALOGUE},
    "admin.show_rule": {P.MANAGE_CATALOGUE},
    "admin.take_proposal": {P.MANAGE_CATALOGUE},
    "admin.try_routing": {P.MANAGE_CATALOGUE},
    "desk.check_assisted": {P.FILE_FOR_OTHERS},
    "desk.finish_assisted": {P.FILE_FOR_OTHERS},
    "desk.keep_assisted": {P.FILE_FOR_OTHERS},
    "desk.list_assisted": {P.FILE_FOR_OTHERS},
    "desk.new_assisted": {P.FILE_FOR_OTHERS},
    "desk.send_assisted": {P.FILE_FOR_OTHERS},
    "desk.show_assisted_receipt": {P.FILE_FOR_OTHERS},
    "admin.add_substitute": {P.MANAGE_ACCOUNTS},
    "admin.catalogue_start": {P.MANAGE_CATALOGUE},
    "admin.change_account": {P.MANAGE_ACCOUNTS},
    "admin.change_row": {P.MANAGE_CATALOGUE},
    "admin.close_account": {P.MANAGE_ACCOUNTS},
    "admin.download_links": {P.MANAGE_ACCOUNTS},
    "admin.list_accounts": {P.MANAGE_ACCOUNTS},
    "admin.list_notices": {P.MANAGE_ACCOUNTS},
    "admin.list_catalogue": {P.MANAGE_CATALOGUE},
    "admin.make_account": {P.MANAGE_ACCOUNTS},
    "admin.make_invite": {P.MANAGE_ACCOUNTS},
    "admin.make_row": {P.MANAGE_CATALOGUE},
    "admin.new_account": {P.MANAGE_ACCOUNTS},
    "admin.new_row": {P.MANAGE_CATALOGUE},
    "admin.open_account": {P.MANAGE_ACCOUNTS},
    "admin.plan_invite": {P.MANAGE_ACCOUNTS},
    "admin.remove_row": {P.MANAGE_CATALOGUE},
    "admin.reset_password": {P.MANAGE_ACCOUNTS},
    "admin.resend_notices": {P.MANAGE_ACCOUNTS},
    "admin.show_account": {P.MANAGE_ACCOUNTS},
    "admin.show_invite": {P.MANAGE_ACCOUNTS},
    "admin.show_row": {P.MANAGE_CATALOGUE},
    "admin.stop_substitute": {P.MANAGE_ACCOUNTS},
    "api.answer_follow_up_by_api": {Who.EVERYONE},
    "api.docs": {Who.EVERYONE},
    "api.file_by_api": {Who.EVERYONE},
    "api.healthz": {Who.EVERYONE},
    "api.list_agencies": {Who.EVERYONE},
    "api.list_categories": {Who.EVERYONE},
    "api.openapi": {Who.EVERYONE},
    "api.readyz": {Who.EVERYONE},
    "api.track_by_api": {Who.EVERYONE},
    "desk.drop_view": READS_CASES,
    "desk.export_queue": READS_CASES,
    "desk.keep_view": READS_CASES,
    "desk.edit_text": {P.WRITE_STANDARD_TEXTS},
    "desk.list_exports": READS_CASES,
    "desk.list_late_below": {P.READ_AGENCY_CASES},
    "desk.list_queue": READS_CASES,
    "desk.list_texts": {P.READ_ALL_CASES},
    "desk.make_bulk": ACTS_ON_CASES,
    "desk.make_clearing": {P.CLEAR_TEXT},
    "desk.make_handover": {P.READ_RESTRICTED_CASES},
    "desk.make_move": READS_CASES,
    "desk.open_case": {P.READ_ALL_CASES},
    "desk.plan_bulk": ACTS_ON_CASES,
    "desk.plan_handover": {P.READ_RESTRICTED_CASES},
    "desk.print_case": READS_CASES,
    "desk.print_reminder": READS_CASES,
    "desk.save_own_work": READS_CASES,
    "desk.save_text": {P.WRITE_STANDARD_TEXTS},
    "desk.show_case": READS_CASES,
    "desk.show_clearing": {P.CLEAR_TEXT},
    "desk.show_handover": {P.READ_RESTRICTED_CASES},
    "desk.show_move": READS_CASES,
    "desk.show_opening": {P.READ_ALL_CASES},
    "desk.show_own_work": READS_CASES,
    "desk.show_printing": READS_CASES,
    "desk.change_mail": {Who.SIGNED_IN},
    "desk.show_mail": {Who.SIGNED_IN},
    "desk.show_role": {Who.SIGNED_IN},
    "desk.show_text": {P.READ_ALL_CASES},
    "desk.show_workload": {P.ASSIGN_CASE},
    "desk.sign_in": {Who.EVERYONE},
    "desk.sign_out": {Who.SIGNED_IN},
    "desk.start": {Who.SIGNED_IN},
    "desk.take_next": {P.ASSIGN_CASE},
    "desk.change_cluster": {P.TRIAGE_CASE},
    "desk.open_cluster": {P.TRIAGE_CASE},
    "desk.show_cluster": {P.TRIAGE_CASE},
    "desk.show_patterns": {P.TRIAGE_CASE},
    "desk.print_apology": {P.READ_AGENCY_CASES},
    "desk.print_explanation": {P.TRIAGE_CASE},
    "desk.welcome": {Who.EVERYONE},
    "desk.write_apology": {P.READ_AGENCY_CASES},
    "desk.write_explanation": {P.TRIAGE_CASE},
    "open_data.about": {Who.EVERYONE},
    "open_data.not_published": {Who.EVERYONE},
    "open_data.releases": {Who.EVERYONE},
    "open_data.show_catalogue": {Who.EVERYONE},
    "open_data.show_example": {Who.EVERYONE},
    "open_data.show_feed": {Who.EVERYONE},
    "open_data.show_package": {Who.EVERYONE},
    "open_data.show_table": {Who.EVERYONE},
    "open_data.show_table_over_time": {Who.EVERYONE},
    "oversight.ask_figures": {P.READ_EXACT_FIGURES},
    "oversight.show_figures": {P.READ_EXACT_FIGURES},
    "oversight.show_oversight": {P.READ_OVERSIGHT},
    "public.check_kept_code": {Who.EVERYONE},
    "public.check_report": {Who.EVERYONE},
    "public.code_is_kept": {Who.EVERYONE},
    "public.download_letter": {Who.EVERYONE},
    "public.download_receipt": {Who.EVERYONE},
    "public.find_while_typing": {Who.EVERYONE},
    "public.home": {Who.EVERYONE},
    "public.keep_report_step": {Who.EVERYONE},
    "public.leave": {Who.EVERYONE},
    "public.page": {Who.EVERYONE},
    "public.report_erased": {Who.EVERYONE},
    "public.send_report": {Who.EVERYONE},
    "public.show_letter": {Who.EVERYONE},
    "public.show_receipt": {Who.EVERYONE},
    "public.show_report_step": {Who.EVERYONE},
    "public.start_report": {Who.EVERYONE},
    "public.statistics": {Who.EVERYONE},
    "public.statistics_bodies": {Who.EVERYONE},
    "public.statistics_body": {Who.EVERYONE},
    "public.statistics_method": {Who.EVERYONE},
    "public.statistics_portal": {Who.EVERYONE},
    "public.statistics_topic": {Who.EVERYONE},
    "public.track": {Who.EVERYONE},
    "public.report_retaliation": {Who.EVERYONE},
    "public.track_action": {Who.EVERYONE},
    "public.track_close": {Who.EVERYONE},
    "public.track_code": {Who.EVERYONE},
    "public.track_contact": {Who.EVERYONE},
    "public.track_make_code": {Who.EVERYONE},
    "admin.reorganisations": {P.MANAGE_CATALOGUE},
    "admin.reorganise": {P.MANAGE_CATALOGUE},
    "public.outside": {Who.EVERYONE},
    "public.outside_open": {Who.EVERYONE},
    "public.outside_answer": {Who.EVERYONE},
    "desk.revoke_outside": {P.TRIAGE_CASE},
    "desk.show_hearing": {P.TRIAGE_CASE},
    "desk.make_hearing": {P.TRIAGE_CASE},
    "desk.list_head_supports": {P.ANSWER_SUPPORT},
    "desk.show_head_support": {P.ANSWER_SUPPORT},
    "desk.answer_head_support": {P.ANSWER_SUPPORT},
    "desk.leave_head_support": {P.ANSWER_SUPPORT},
    "desk.list_hearings": {P.ANSWER_REFERRAL},
    "desk.show_statement": {P.ANSWER_REFERRAL},
    "desk.list_quarantine": {P.TRIAGE_CASE},
    "desk.release_from_quarantine": {P.TRIAGE_CASE},
    "desk.explain": {P.ANSWER_REFERRAL},
    "public.track_new_code": {Who.EVERYONE},
    "public.track_replace_code": {Who.EVERYONE},
    "public.track_withdraw_contact": {Who.EVERYONE},
}
FOR_PROGRAMS = {"api.answer_follow_up_by_api", "api.file_by_api", "api.track_by_api"}


def endpoints(app: Flask, method: str) -> Iterator[tuple[str, str]]:
    """Every endpoint that takes a method, with an address of it."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.endpoint != "static":
            yield rule.endpoint, example(rule)


def example(rule: Rule) -> str:
    """An address that a rule matches."""
    given: dict[str, str | int] = {}
    for name in rule.arguments - set(rule.defaults or ()):
        converter = rule._converters[name]
        words = sorted(converter.items)[0] if isinstance(converter, AnyConverter) else "VV-AAAAAA"
        given[name] = 1 if isinstance(converter, IntegerConverter) else words
    _, path = rule.build(given, append_unknown=False) or ("", rule.rule)
    return path.partition("|")[2] or path


@pytest.fixture
def written(app: Flask) -> Iterator[list[str]]:
    """The statements that write, as the database is asked to do them."""
    found: list[str] = []
    with app.app_context():
        engine: Engine = db.engine

    def listen(connection: object, cursor: object, statement: str, *more: object) -> None:
        if statement.split()[0].upper() not in ("SELECT", "PRAGMA", "BEGIN", "WITH"):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    yield found
    event.remove(engine, "before_cursor_execute", listen)


def test_every_endpoint_declares_who_may_enter(app: Flask) -> None:
    declared = {name: getattr(view, "allowed", None) for name, view in app.view_functions.items() if name != "static"}
    assert declared == ACCESS


def test_one_that_declares_nothing_is_closed_to_everybody() -> None:
    app = Flask("closed")
    access.install(app)
    app.add_url_rule("/", "open", lambda: "open")
    assert app.test_client().get("/", base_url=HOST).status_code == 403


def test_nobody_gets_behind_the_sign_in(app: Flask, written: list[str]) -> None:
    for name, address in endpoints(app, "GET"):
        answer = app.test_client().get(address, base_url=HOST)
        turned_away = answer.status_code == 302 and answer.headers["Location"].startswith("/staff/sign-in")
        assert turned_away == (Who.EVERYONE not in ACCESS[name]), f"{address}: {answer.status_code}"
    assert written == []


def test_reading_never_writes(app: Flask, written: list[str]) -> None:
    for _, address in endpoints(app, "GET"):
        for more in ("", "?lang=en", "?draft=unknown"):
            app.test_client().get(f"{address}{more}", base_url=HOST)
    assert written == []


def test_every_form_needs_its_token(app: Flask, written: list[str]) -> None:
    """Also where a wrong token is sent; only the API, which has no cookies, needs none."""
    assert {door.name for door in csrf._exempt_blueprints} == {"api"}
    assert csrf._exempt_views == set()
    tried = set()
    for name, address in endpoints(app, "POST"):
        if name in FOR_PROGRAMS:
            continue
        tried.add(name)
        for form in ({}, {"csrf_token": "wrong"}):
            answer = app.test_client().post(address, base_url=HOST, data=form)
            sent_back = answer.status_code == 302 and answer.headers["Location"] == "/track"
            assert answer.status_code in (400, 422) or sent_back, f"{address}: {answer.status_code}"
    assert tried == {name for name, _ in endpoints(app, "POST")} - FOR_PROGRAMS
    assert written == []


def test_other_methods_are_refused(app: Flask, written: list[str]) -> None:
    taken: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            taken.setdefault(example(rule), set()).update(rule.methods or ())
    client: FlaskClient = app.test_client()
    for address, methods in taken.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - methods:
            answer = client.open(address, method=method, base_url=HOST)
            assert answer.status_code in (400, 405), f"{method} {address}: {answer.status_code}"
        assert client.open(address, method="PUT", base_url=HOST).headers.get("Allow", "") or "PUT" in methods
    assert written == []
