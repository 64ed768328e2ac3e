"""The directive's scorecard as the page of statistics shows it."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.catalogue.models import Principle
from portal.foundation.text import N_
from portal.foundation.time import today
from portal.statistics.publication import Releases
from portal.statistics.scorecard import Promise, Verdict, scorecard
from portal.web.frame.charts import Spark, spark
from portal.web.frame.language import named
from portal.web.public.statistics_words import Figure, figure, period_words, written


@dataclass(frozen=True)
class PromiseLine:
    """One promise as it is shown."""

    name: str
    figure: Figure
    words: str
    verdict: Verdict
    verdict_words: str
    spark: Spark | None


INDICATORS = {
    "on_time": N_("kỳ số liệu công bố đúng ngày trong 12 tháng qua. Số này không nói về ai, nên không cần sai số"),
    "in_time": N_("phản ánh được trả lời đúng hạn, bốn quý đến hết %(period)s"),
    "online": N_(
        "Đo thêm một việc thì phải bớt phần riêng tư của việc khác. "
        "Số hồ sơ trực tuyến đã có ở Cổng dịch vụ công của tỉnh"
    ),
    "satisfied": N_("người chấm điểm cho 4 hoặc 5 trên 5, %(period)s"),
    "soon": N_("phản ánh có trả lời trong 15 ngày làm việc, %(period)s"),
    "extra": N_("phản ánh bị thu thêm tiền hoặc đòi thêm giấy tờ, %(period)s"),
    "conduct": N_("phản ánh về cách phục vụ được kết luận là đúng, %(period)s"),
    "delay": N_("phản ánh trễ hẹn được kết luận là đúng, %(period)s"),
}
VERDICTS = {
    Verdict.BETTER: N_("tốt hơn kỳ trước"),
    Verdict.WORSE: N_("kém hơn kỳ trước"),
    Verdict.SAME: N_("như kỳ trước"),
    Verdict.UNSURE: N_("chưa thể nói hơn hay kém"),
    Verdict.FIRST: N_("kỳ đầu, chưa có gì để so"),
    Verdict.SILENT: N_("Cổng này không nói được"),
}
NOT_YET = N_("chưa có kỳ nào")
TIMELESS = frozenset({"on_time", "online"})  # indicators that name no period
GROUPS = (N_("4 tăng"), N_("2 giảm"), N_("2 không"))  # as the data write them, so that they can be translated


def promises_of(session: Session, found: Releases) -> list[tuple[str, list[PromiseLine]]]:
    """By group, in the directive's words."""
    rows = {row.code: row for row in session.scalars(select(Principle))}
    groups: dict[str, list[PromiseLine]] = {}
    for promise in scorecard(found, today()):
        if promise.principle in rows:
            row = rows[promise.principle]
            groups.setdefault(row.group, []).append(_promise_line(promise, named(row)))
    return list(groups.items())


def _promise_line(promise: Promise, name: str) -> PromiseLine:
    if promise.period is not None:
        words = _(INDICATORS[promise.indicator], period=period_words(promise.period))
    else:
        words = _(INDICATORS[promise.indicator] if promise.indicator in TIMELESS else NOT_YET)
    before = written(promise.before)
    if before:
        words = _("%(words)s; kỳ trước %(before)s", words=words, before=before)
    verdict = promise.verdict
    if verdict is Verdict.SILENT and promise.indicator != "online":
        said = _("chưa đủ số liệu để nói")
    else:
        said = _(VERDICTS[verdict])
    return PromiseLine(name, figure(promise.now), words, verdict, said, spark(promise.series))
