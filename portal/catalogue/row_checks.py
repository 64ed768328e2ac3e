"""What a row of a catalogue file must be beyond its cells."""

from collections.abc import Callable

from portal.catalogue import standard_texts
from portal.catalogue.letter_texts import fault_of
from portal.catalogue.reading import Row, Unreadable
from portal.catalogue.routing_rows import Addressee, Need
from portal.catalogue.words import AccusedRole, AgencyKind, Release
from portal.foundation.text import N_

Check = Callable[[Row], None]


def nothing_more(row: Row) -> None:
    """For files whose cells say it all."""


def area_is_given(row: Row) -> None:
    """Where a district or commune is, reports are routed by."""
    for kind, column in ((AgencyKind.DISTRICT, "district_code"), (AgencyKind.COMMUNE, "commune_code")):
        if row["kind"] is kind and not row[column]:
            raise Unreadable(N_("Cơ quan cấp huyện, cấp xã phải có mã địa bàn."), column)


def period_is_right(row: Row) -> None:
    """Nothing ends before it begins."""
    if row["valid_to"] is not None and row["valid_to"] < row["valid_from"]:
        raise Unreadable(N_("Ngày hết hiệu lực trước ngày có hiệu lực."), "valid_to")


def late_is_part(row: Row) -> None:
    """No more dossiers are late than were handled."""
    if row["late"] > row["handled"]:
        raise Unreadable(N_("Số hồ sơ trễ hạn nhiều hơn số hồ sơ đã giải quyết."), "late")


_LEADS_BEFORE_CLEARING = (Addressee.INSPECTION_COMMITTEE, Addressee.ORGANISATION_COMMITTEE, Addressee.NONE)


def routing_is_safe(row: Row) -> None:
    """No rule lets somebody who may be accused read a report, or leaves it with nobody."""
    period_is_right(row)
    if (row["lead"] == Addressee.NONE) != bool(row["refused_to"]):
        message = N_("Dòng không có cơ quan chủ trì phải chỉ nơi gửi, và chỉ dòng đó.")
        raise Unreadable(message, "refused_to")
    # A body that may be accused reads nothing before an inspector has cleared it (design.md §1).
    nobody = Need.NOBODY_ACCUSED in row["needs"].split() or row["accused"] == AccusedRole.NONE
    if row["release"] == Release.AT_ONCE and not nobody:
        message = N_("Chỉ được chuyển ngay khi không có ai bị phản ánh.")
        raise Unreadable(message, "release")
    # Until an inspector clears a text nobody else may lead: there would be a lead without a referral.
    if row["release"] == Release.AFTER_CLEARING and row["lead"] not in _LEADS_BEFORE_CLEARING:
        message = N_("Khi chưa che thông tin, chỉ Ủy ban Kiểm tra hoặc Ban Tổ chức được chủ trì.")
        raise Unreadable(message, "lead")


def letter_is_whole(row: Row) -> None:
    """Both languages leave the same known things open, and none tells an office what it must not know."""
    for column, other in (("letter_body_vi", "letter_body_en"), ("letter_body_en", "letter_body_vi")):
        fault = fault_of(row[column], row[other], row["track"])
        if fault is not None:
            message, values = fault
            raise Unreadable(message, column, **values)


def standard_text_is_whole(row: Row) -> None:
    """Both languages leave the same known things open."""
    for column, other in (("body_vi", "body_en"), ("body_en", "body_vi")):
        fault = standard_texts.fault_of(row[column], row[other], row["status_or_action"])
        if fault is not None:
            message, values = fault
            raise Unreadable(message, column, **values)
