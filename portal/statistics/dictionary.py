"""The data dictionary: what each published table, column and word means, in both languages. Pure.

The names of `NAMED` stand in frozen files, so they stay as they are. All other words may be said better at any time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from portal.statistics.cells import ALL, DEPARTMENTS, OTHER, OWN, Days, Late, Outcome, Score, Topic, Total, dimensions
from portal.statistics.measures import TABLES, Partition, Table
from portal.statistics.periods import Grain


class Words(NamedTuple):
    """The same in Vietnamese and in English."""

    vi: str
    en: str

    def told(self, language: str) -> str:
        """In one of the two."""
        return self.en if language == "en" else self.vi


BY_NAME: Mapping[str, Table] = {table.name: table for tables in TABLES.values() for table in tables}

NAMED: Mapping[str, Words] = {
    ALL: Words("Toàn tỉnh", "Whole province"),
    DEPARTMENTS: Words("Các sở, ban, ngành và cơ quan khác", "Departments and other bodies"),
    OTHER: Words("Cơ quan khác", "Other bodies"),
    OWN: Words("Cơ quan của huyện, hoặc không nêu xã", "The district's own offices, or no commune named"),
}

_LATE = {
    Late.IN_TIME: Words("Trả lời đúng hạn, hoặc chưa đến hạn", "Answered in time, or not due yet"),
    Late.LATE: Words("Trả lời trễ, hoặc quá hạn mà chưa trả lời", "Answered late, or overdue without an answer"),
}
_DAYS = {
    Days.TO_5: Words("Đến 5 ngày làm việc", "Up to 5 working days"),
    Days.TO_10: Words("6 đến 10 ngày làm việc", "6 to 10 working days"),
    Days.TO_15: Words("11 đến 15 ngày làm việc", "11 to 15 working days"),
    Days.TO_30: Words("16 đến 30 ngày làm việc", "16 to 30 working days"),
    Days.MORE: Words("Lâu hơn, hoặc chưa có trả lời", "Longer, or no answer yet"),
}
_OUTCOMES = {
    Outcome.UPHELD: Words("Đúng, hoặc đúng một phần", "Upheld, or upheld in part"),
    Outcome.NOT_UPHELD: Words("Không đúng, hoặc không kết luận được", "Not upheld, or nothing could be found"),
    Outcome.NONE_YET: Words("Chưa có kết luận", "No finding yet"),
}
_SCORES = {
    Score.NONE: Words("Không chấm điểm", "Not rated"),
    Score.LOW: Words("1 hoặc 2 điểm", "1 or 2 points"),
    Score.MIDDLE: Words("3 điểm", "3 points"),
    Score.HIGH: Words("4 hoặc 5 điểm", "4 or 5 points"),
}
TOPICS = {
    Topic.DELAY: Words("Trễ hẹn, đi lại nhiều lần", "Delay, many visits"),
    Topic.MONEY: Words("Tiền, giấy tờ ngoài quy định", "Money or papers beyond the rules"),
    Topic.TROUBLE: Words("Gây khó, từ chối hồ sơ", "Obstruction, dossiers refused"),
    Topic.ATTITUDE: Words("Thái độ, tác phong", "Attitude and manners"),
    Topic.DECISION: Words("Không đồng ý với một quyết định", "Disagreement with a decision"),
    Topic.ONLINE: Words("Trực tuyến, niêm yết", "Online services, open rules"),
    Topic.OTHER: Words("Việc khác", "Something else"),
}
_KINDS = {
    "delay": Words("Chậm trễ", "Delay"),
    "conduct": Words("Thái độ, hành vi", "Conduct"),
    "decision": Words("Quyết định", "Decision"),
    "praise": Words("Lời khen", "Commendation"),
    "proposal": Words("Góp ý", "Proposal"),
}
_WORDS_OF_KINDS: Mapping[Partition, tuple[str, ...]] = {
    Partition.RESULT: ("delay", "conduct", "decision"),
    Partition.PRAISE: ("praise", "proposal"),
    Partition.PRAISE_BODY: ("praise", "proposal"),
}

_TITLES: Mapping[Partition, Words] = {
    Partition.PROVINCE: Words("Phản ánh toàn tỉnh", "Complaints in the whole province"),
    Partition.AREA: Words("Phản ánh theo huyện, đúng hạn hay trễ", "Complaints by district, in time or late"),
    Partition.DEPARTMENT: Words("Phản ánh theo sở, đúng hạn hay trễ", "Complaints by department, in time or late"),
    Partition.BODY: Words("Phản ánh theo cơ quan, đúng hạn hay trễ", "Complaints by body, in time or late"),
    Partition.CATEGORY: Words("Phản ánh theo nội dung", "Complaints by category"),
    Partition.DAYS: Words("Phản ánh theo thời gian chờ trả lời", "Complaints by time until the answer"),
    Partition.RESULT: Words("Phản ánh theo kết luận", "Complaints by finding"),
    Partition.RATING: Words("Phản ánh theo điểm người gửi chấm", "Complaints by the reporter's rating"),
    Partition.PRAISE: Words("Lời khen và góp ý toàn tỉnh", "Commendations and proposals in the whole province"),
    Partition.PRAISE_BODY: Words("Lời khen và góp ý theo cơ quan", "Commendations and proposals by body"),
    Partition.TOPIC_BODY: Words("Phản ánh theo cơ quan và nhóm việc", "Complaints by body and topic"),
    Partition.COMMUNE: Words("Phản ánh theo xã", "Complaints by commune"),
}
_COUNTED: Mapping[Partition, Words] = {
    Partition.PROVINCE: Words("Mọi phản ánh nhận được trong kỳ.", "All complaints received in the period."),
    Partition.AREA: Words(
        "Phản ánh về từng huyện, kể cả xã thuộc huyện; các sở và cơ quan khác gộp làm một.",
        "Complaints about each district with its communes; departments and other bodies together.",
    ),
    Partition.DEPARTMENT: Words(
        "Phản ánh về từng sở, kể cả đơn vị thuộc sở.", "Complaints about each department with its units."
    ),
    Partition.BODY: Words(
        "Phản ánh về từng huyện và từng sở, kể cả đơn vị trực thuộc.",
        "Complaints about each district and each department, with what belongs to them.",
    ),
    Partition.CATEGORY: Words(
        "Phản ánh theo nội dung mà người gửi chọn.", "Complaints by the category that the reporter chose."
    ),
    Partition.DAYS: Words(
        "Số ngày làm việc từ khi nhận đến lần trả lời đầu tiên, từ chối hay chuyển đi.",
        "Working days from receipt to the first answer, refusal or forwarding.",
    ),
    Partition.RESULT: Words(
        "Loại phản ánh, và cơ quan kết luận thế nào.", "The kind of complaint, and what the body found."
    ),
    Partition.RATING: Words(
        "Người gửi chấm câu trả lời mấy điểm, từ 1 đến 5.", "How reporters rated the answer, from 1 to 5."
    ),
    Partition.PRAISE: Words("Lời khen và góp ý nhận được trong kỳ.", "Commendations and proposals of the period."),
    Partition.PRAISE_BODY: Words(
        "Lời khen và góp ý về từng huyện và từng sở.", "Commendations and proposals for each district and department."
    ),
    Partition.TOPIC_BODY: Words(
        "Phản ánh về từng huyện và từng sở, chia theo bảy nhóm việc của trang gửi phản ánh.",
        "Complaints about each district and department, by the seven topics of the filing page.",
    ),
    Partition.COMMUNE: Words(
        "Phản ánh về từng xã; của chính huyện thì để riêng.",
        "Complaints about each commune; the district's own are kept apart.",
    ),
}
EACH: Mapping[Grain, Words] = {
    Grain.MONTH: Words("mỗi tháng", "each month"),
    Grain.QUARTER: Words("mỗi quý", "each quarter"),
    Grain.HALF_YEAR: Words("mỗi nửa năm", "each half-year"),
    Grain.YEAR: Words("mỗi năm", "each year"),
}


def title(table: Table) -> Words:
    """What a table is called."""
    of, each = _TITLES[table.partition], EACH[table.grain]
    return Words(f"{of.vi}, {each.vi}", f"{of.en}, {each.en}")


def counted(table: Table) -> Words:
    """What it counts, and when it comes out."""
    of, wait = _COUNTED[table.partition], table.wait_days
    return Words(
        f"{of.vi} Ra {EACH[table.grain].vi}, {wait} ngày sau khi hết kỳ.",
        f"{of.en} Published {EACH[table.grain].en}, {wait} days after the period ends.",
    )


@dataclass(frozen=True)
class Column:
    """One column. `kind` is a type of Frictionless Table Schema; `words`: all that it can hold, where that is fixed."""

    name: str
    kind: str
    title: Words
    meaning: Words
    words: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))
    minimum: int | None = None
    may_be_empty: bool = False


RELEASE = Column(
    "release",
    "string",
    Words("Kỳ", "Period"),
    Words("Kỳ: 2026-10, 2026-Q3, 2026-H1 hoặc 2026.", "The period: 2026-10, 2026-Q3, 2026-H1 or 2026."),
)
_KEY = Column(
    "key",
    "string",
    Words("Khóa", "Key"),
    Words(
        "Dòng này đếm gì; các phần cách nhau bằng dấu gạch chéo. Mỗi khóa một dòng.",
        "What the row counts; its parts are separated by slashes. One row for each key.",
    ),
)
_NAMES = (
    Column(
        "name_vi",
        "string",
        Words("Tên", "Name in Vietnamese"),
        Words("Tên tiếng Việt lúc công bố.", "The name in Vietnamese when it was published."),
    ),
    Column(
        "name_en",
        "string",
        Words("Tên tiếng Anh", "Name in English"),
        Words("Tên tiếng Anh lúc công bố.", "The name in English when it was published."),
    ),
)
_NUMBERS = (
    Column(
        "is_sum",
        "boolean",
        Words("Là tổng", "Is a sum"),
        Words(
            "true: dòng này là tổng của những dòng chi tiết dưới nó. Khi cộng cả cột, bỏ những dòng này.",
            "true: the row is the sum of the detailed rows below it. Leave such rows out when adding the column up.",
        ),
    ),
    Column(
        "value",
        "integer",
        Words("Con số công bố", "Published number"),
        Words("Số phản ánh, đã cộng nhiễu rồi cân cho khớp tổng.", "Reports, with noise, fitted to the totals."),
        minimum=0,
    ),
    Column(
        "margin",
        "integer",
        Words("Sai số", "Margin"),
        Words("Sai số của value, với 95% chắc chắn.", "How far off value is at most, with 95% confidence."),
        minimum=0,
    ),
    Column(
        "low",
        "integer",
        Words("Ít nhất", "At least"),
        Words("Số thật ít nhất là chừng này, với 95% chắc chắn.", "The least the true number may be, at 95%."),
        minimum=0,
    ),
    Column(
        "high",
        "integer",
        Words("Nhiều nhất", "At most"),
        Words("Số thật nhiều nhất là chừng này, với 95% chắc chắn.", "The most the true number may be, at 95%."),
        minimum=0,
    ),
    Column(
        "noisy",
        "integer",
        Words("Số đã cộng nhiễu", "Noisy number"),
        Words("Số đếm cộng nhiễu, trước khi cân; có thể âm.", "The count with noise, before fitting; may be negative."),
    ),
)
_DIMENSIONS: Mapping[str, tuple[Words, Words]] = {
    "body": (
        Words("Mã cơ quan", "Code of the body"),
        Words(
            "Mã huyện hoặc sở. departments: các sở và cơ quan khác gộp lại; other: cơ quan khác.",
            "Code of the district or department. departments: these and other bodies together; other: other bodies.",
        ),
    ),
    "late": (Words("Đúng hạn hay trễ", "In time or late"), Words("Để trống ở dòng tổng.", "Empty where it is a sum.")),
    "category": (Words("Mã nội dung", "Code of the category"), Words("Nội dung đã chọn.", "The category chosen.")),
    "days": (Words("Thời gian chờ", "Time taken"), Words("Ngày làm việc.", "Working days.")),
    "kind": (Words("Loại", "Kind"), Words("Loại phản ánh.", "The kind of report.")),
    "outcome": (Words("Kết luận", "Finding"), Words("Cơ quan kết luận thế nào.", "What the body found.")),
    "score": (Words("Điểm", "Rating"), Words("Điểm người gửi chấm.", "The reporter's rating.")),
    "topic": (Words("Nhóm việc", "Topic"), Words("Nhóm việc ở trang gửi.", "The topic of the filing page.")),
    "commune": (
        Words("Mã xã", "Code of the commune"),
        Words("Mã xã; own là cơ quan của huyện.", "Code of the commune; own is the district's own offices."),
    ),
}
_FIXED: Mapping[str, Mapping[str, Words]] = {
    "late": {word.value: words for word, words in _LATE.items()},
    "days": {word.value: words for word, words in _DAYS.items()},
    "outcome": {word.value: words for word, words in _OUTCOMES.items()},
    "score": {word.value: words for word, words in _SCORES.items()},
    "topic": {word.value: words for word, words in TOPICS.items()},
}
WITH_NAMES = ("body", "category", "commune")  # dimensions whose codes have names of their own


def columns(partition: Partition) -> tuple[Column, ...]:
    """The columns of a table, in their order."""
    found = tuple(_dimension(partition, name) for name in dimensions(partition))
    names = _NAMES if any(column.name in WITH_NAMES for column in found) else ()
    return (_KEY, *found, *names, *_NUMBERS)


def _dimension(partition: Partition, name: str) -> Column:
    told, meaning = _DIMENSIONS[name]
    words = _FIXED.get(name, {})
    if name == "kind":
        words = {word: _KINDS[word] for word in _WORDS_OF_KINDS[partition]}
    return Column(name, "string", told, meaning, words, may_be_empty=name == "late")


def total_of(partition: Partition, key: str) -> Total | None:
    """What the group of a key adds up to, as `cells.groups_of` has it; None for nothing known."""
    first = key.partition("/")[0]
    if partition in (Partition.PROVINCE, Partition.PRAISE):
        return None
    if partition is Partition.DEPARTMENT:
        return Total(Partition.AREA, DEPARTMENTS)
    if partition is Partition.PRAISE_BODY:
        return Total(Partition.PRAISE, first)
    if partition in (Partition.TOPIC_BODY, Partition.COMMUNE):
        return Total(Partition.BODY, first)
    return Total(Partition.PROVINCE, ALL)
