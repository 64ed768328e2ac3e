"""Reading standard texts and writing new versions of them: from files, and by chief inspectors."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.catalogue.standard_texts import Fault, Moment, fault_of
from portal.catalogue.storing import Counts, Sheet
from portal.catalogue.text_models import StandardText
from portal.foundation.errors import Conflict, FieldErrors, PortalError
from portal.foundation.text import N_, clean, clean_line
from portal.foundation.time import now

WORDS = ("title_vi", "body_vi", "title_en", "body_en")
LONGEST_TITLE, LONGEST_BODY = 300, 4000
CHANGED_MEANWHILE = N_("Trong lúc anh/chị sửa, có người đã lưu một bản mới. Hãy đối chiếu rồi xem trước lại.")


def newest_texts(session: Session) -> list[StandardText]:
    """The version that holds of each text, by moment and code."""
    last = select(StandardText.code, func.max(StandardText.version).label("version"))
    newest = last.group_by(StandardText.code).subquery()
    rows = session.scalars(
        select(StandardText).join(
            newest, (StandardText.code == newest.c.code) & (StandardText.version == newest.c.version)
        )
    )
    order = list(Moment)
    return sorted(rows, key=lambda one: (order.index(Moment(one.moment)), one.code))


def newest_text(session: Session, code: str) -> StandardText | None:
    """The version of a text that holds; None where there is no such text."""
    query = select(StandardText).where(StandardText.code == code).order_by(StandardText.version.desc()).limit(1)
    return session.scalar(query)


def versions_of(session: Session, code: str) -> Sequence[StandardText]:
    """All versions of a text, the newest first."""
    rows = select(StandardText).where(StandardText.code == code).order_by(StandardText.version.desc())
    return session.scalars(rows).all()


def words_of(row: StandardText) -> dict[str, str]:
    """What of a version can be edited."""
    return {name: str(getattr(row, name)) for name in WORDS}


def checked(words: Mapping[str, str], moment: Moment) -> dict[str, str]:
    """The words of a new version, cleaned. Raises FieldErrors with what is wrong in each field."""
    read = {name: (clean if name.startswith("body") else clean_line)(words.get(name, "")) for name in WORDS}
    errors = {name: error for name, text in read.items() if (error := _error_of(name, text)) is not None}
    for name, other in (("body_vi", "body_en"), ("body_en", "body_vi")):
        fault: Fault | None = fault_of(read[name], read[other], moment)
        if fault is not None and name not in errors:
            errors[name] = PortalError(fault[0], **fault[1])
    if errors:
        raise FieldErrors(N_("Xin kiểm tra lại."), errors)
    return read


def _error_of(name: str, text: str) -> PortalError | None:
    longest = LONGEST_BODY if name.startswith("body") else LONGEST_TITLE
    if not text:
        return PortalError(N_("Hãy viết nội dung."))
    if len(text) > longest:
        return PortalError(N_("Nội dung dài quá %(longest)d ký tự."), longest=longest)
    return None


def write_version(
    session: Session, code: str, words: Mapping[str, str], *, seen: int, by_login: str
) -> StandardText | None:
    """Writes the next version of a text; None where nothing differs.

    `seen` is the version that its writer started from. Raises Conflict when another one holds by now, FieldErrors
    for words that cannot be.
    """
    newest = versions_of(session, code)[0]
    read = checked(words, Moment(newest.moment))
    if newest.version != seen:
        raise Conflict(CHANGED_MEANWHILE)
    if read == words_of(newest):
        return None
    added = _next(newest, read, by_login)
    session.add(added)
    try:
        session.flush()
    except IntegrityError as error:  # somebody saved the same version a moment ago
        raise Conflict(CHANGED_MEANWHILE) from error
    return added


def _next(before: StandardText, words: Mapping[str, str], by_login: str | None, **placed: str) -> StandardText:
    kept = {"code": before.code, "moment": before.moment, "track": before.track, **placed}
    return StandardText(version=before.version + 1, written_at=now(), by_login=by_login, **kept, **words)


def store_standard_texts(session: Session, sheet: Sheet) -> Counts:
    """A file's texts: version 1, or a new version of what came from a file too. What people edited stays theirs."""
    there = {one.code: one for one in newest_texts(session)}
    counts = Counts()
    for row in sheet.rows:
        words = {name: row[name] for name in WORDS}
        placed = {"moment": row["status_or_action"].value, "track": str(row["track"])}
        newest = there.get(row["code"])
        if newest is None:
            session.add(StandardText(code=row["code"], version=1, written_at=now(), by_login=None, **placed, **words))
            counts.note(added=True, changed=False)
            continue
        is_same = {**words, **placed} == {**words_of(newest), "moment": newest.moment, "track": newest.track}
        if not is_same and newest.by_login is not None:
            counts.kept.append(newest.code)
            continue
        if not is_same:
            session.add(_next(newest, words, None, **placed))
        counts.note(added=False, changed=not is_same)
    session.flush()
    return counts
