"""What the law says a case should become, with its ground: proposed to the inspector, never taken by itself. Pure."""

from dataclasses import dataclass

from portal.cases.words import Disclosure
from portal.catalogue.words import Kind, Track
from portal.foundation.text import N_


@dataclass(frozen=True)
class Conversion:
    """A proposal: why, by which article, and by which move (empty: no move, a thing to know)."""

    ground: str
    citation: str
    move: str


TO_COMPLAINT = Conversion(
    N_(
        "Người phản ánh không đồng ý với một quyết định hoặc việc làm: muốn được giải quyết theo Luật Khiếu nại thì "
        "cần đơn có chữ ký. Đến khi có đơn, vụ việc vẫn là phản ánh."
    ),
    "Luật Khiếu nại 02/2011/QH13 Điều 8",
    "record_form",
)
TO_DENUNCIATION = Conversion(
    N_(
        "Nội dung nói về vi phạm pháp luật và người gửi có để lại danh tính: có thể thành tố cáo khi có đơn ký tên, "
        "điểm chỉ hoặc tố cáo trực tiếp. Đến khi có đơn, vụ việc vẫn là phản ánh."
    ),
    "Luật Tố cáo 25/2018/QH14 Điều 22, 23",
    "record_form",
)
TO_INFORMATION = Conversion(
    N_(
        "Nội dung nói về vi phạm pháp luật nhưng không rõ người gửi: không xử lý như tố cáo. Nội dung rõ ràng, kiểm "
        "tra được thì dùng làm thông tin cho thanh tra, kiểm tra."
    ),
    "Luật Tố cáo 25/2018/QH14 Điều 25",
    "",
)
TO_PROPOSAL = Conversion(
    N_("Nội dung là kiến nghị về thủ tục: thời hạn của kiến nghị và việc công khai kết quả áp dụng."),
    "Nghị định 20/2008/NĐ-CP Điều 9, 19",
    "change_track",
)


def conversions(track: Track, may_become: Track, kind: Kind, disclosure: Disclosure) -> tuple[Conversion, ...]:
    """What is proposed for a case of a track. `may_become`: its category's track, once signed."""
    if kind is Kind.PROPOSAL:
        return (TO_PROPOSAL,) if track is not Track.PROPOSAL else ()
    if track is not Track.FEEDBACK:
        return ()
    if may_become is Track.COMPLAINT:
        return (TO_COMPLAINT,)
    if may_become is Track.DENUNCIATION:
        return (TO_INFORMATION,) if disclosure is Disclosure.ANONYMOUS else (TO_DENUNCIATION,)
    return ()
