"""The letter of a reminder: a party body's head, the words as typed, readable to a screen reader."""

from portal.documents.reminders import HEAD, TITLE, ReminderPaper, reminder_pdf
from tests.areas.documents.reading import tags_of, words_of
from tests.makers.days import MONDAY, instant

PAPER = ReminderPaper(
    sender="Ủy ban Kiểm tra Tỉnh ủy Quảng Nam",
    reference="VV-7K2M9Q",
    day="ngày 09 tháng 03 năm 2026",
    to="Ủy ban nhân dân thành phố Hội An",
    text='Đến nay đã quá hạn 3 ngày làm việc.\n\n#read("x") *in đậm* Đề nghị trả lời sớm.',
    due="04/03/2026",
)


def test_what_stands_on_it() -> None:
    words = words_of(reminder_pdf(PAPER, instant(MONDAY)))
    for said in (HEAD, TITLE, PAPER.sender.upper(), PAPER.day, f"Kính gửi: {PAPER.to}", PAPER.reference, PAPER.due):
        assert said in words
    assert "CỘNG HÒA" not in words, "a party body's paper has no such head"
    assert '#read("x") *in đậm* Đề nghị trả lời sớm.' in words, "what was typed is printed, not obeyed"


def test_it_is_tagged_and_the_same_each_time() -> None:
    made = reminder_pdf(PAPER, instant(MONDAY))
    assert "/Title" in tags_of(made)
    assert made == reminder_pdf(PAPER, instant(MONDAY))
