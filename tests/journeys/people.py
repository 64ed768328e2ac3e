"""The people of the journeys. What they do are sentences; what they do it with are the pages, as anyone sees them."""

import itertools
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from tests.journeys.browsing import Watch, pictured

_numbers = itertools.count(1)
_SEEN = """() => [
    document.title,
    [...document.querySelectorAll("h1")].map(heading => heading.innerText.trim()),
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
]"""
PREVIEWED = frozenset({"answer", "conclude"})  # first the page shows what the reporter will read
_CODE = re.compile(r"(?:[0-9A-Z]{5}[\s-]*){5}")


class Visitor:
    """Somebody with a browser."""

    def __init__(self, name: str, page: Page, watch: Watch) -> None:
        self.name, self.page, self.watch = name, page, watch

    def opens(self, address: str) -> Response:
        """Goes to an address."""
        response = self.page.goto(address)
        assert response is not None
        self._looks()
        return response

    def presses(self, button: str = "main .govuk-button:not([name=find])") -> None:
        """Presses a button; without saying which, the one that goes on."""
        self._goes_by(button)
        self._looks()

    def _goes_by(self, place: str) -> None:
        """Clicks on what leads to another page, and waits for that page: a click alone does not."""
        with self.page.expect_navigation():
            self.page.locator(place).first.click()

    def fills(self, texts: Mapping[str, str], form: str = "main") -> None:
        """Writes into fields, by their names."""
        for name, text in texts.items():
            self.page.locator(f"{form} [name={name}]").fill(text)

    def chooses(self, choices: Mapping[str, str], form: str = "main") -> None:
        """Chooses one of several, or from a list."""
        for name, value in choices.items():
            place = self.page.locator(f"{form} [name={name}]")
            if place.first.evaluate("element => element.tagName") == "SELECT":
                place.select_option(value)
            else:
                self.page.locator(f'{form} [name={name}][value="{value}"]').check()

    def unfolds(self, inside: str) -> None:
        """Opens what is folded around a place, if it is."""
        details = self.page.locator("details", has=self.page.locator(inside)).last
        if details.get_attribute("open") is None:
            details.locator("summary").click()

    def reads(self) -> str:
        """All words of the page."""
        return self.page.locator("body").inner_text()

    def _looks(self) -> None:
        """Every page fits the phone and says in its title what its heading says."""
        title, headings, wide = self.page.evaluate(_SEEN)
        pictured(self.page, f"{next(_numbers):03d}-{self.name}")
        assert len(headings) == 1, f"{self.page.url} has these h1: {headings}"
        assert headings[0] in title, f"{self.page.url}: “{title}” is not its heading"
        assert wide == 0, f"{self.page.url} is {wide} pixels wider than the phone"


class Reporter(Visitor):
    """Lan. She has no account: her code is all she has."""

    def reports(
        self, what: str, where: Mapping[str, str], happened: Mapping[str, str], about: Mapping[str, str]
    ) -> str:
        """Answers page by page, checks, sends; the code is all she keeps."""
        self.until_check(what, where, happened, about)
        return self.sends()

    def until_check(self, what: str, *pages: Mapping[str, str]) -> None:
        """Answers page by page, as far as the page that shows everything again."""
        self.unfolds(f'[value="{what}"]')
        self.chooses({"category": what})
        self.presses()
        for answers in pages:
            self.answers(answers)
            self.presses()

    def answers(self, answers: Mapping[str, str]) -> None:
        for name, value in answers.items():
            if name in ("agency", "procedure"):
                self._finds(name, value)
            field = self.page.locator(f"main [name={name}]").first
            is_text = field.evaluate("e => e.tagName === 'TEXTAREA' || ['text', 'email', 'tel'].includes(e.type)")
            (self.fills if is_text else self.chooses)({name: value})

    def _finds(self, what: str, value: str) -> None:
        """Searches a body or a procedure, unless it can be chosen already."""
        if not self.page.locator(f'main [name={what}][value="{value}"]').count():
            self.fills({f"{what}_name": value})
            self._goes_by(f"button[name=find][value={what}]")

    def sends(self) -> str:
        """Sends what the last page shows; gives the code of the receipt."""
        assert "/report/check" in self.page.url
        self.presses()
        assert "/report/receipt" in self.page.url
        found = _CODE.search(self.page.locator(".slip__code").inner_text())
        assert found
        return "".join(char for char in found[0] if char.isalnum())

    def tracks(self, code: str) -> str:
        """Looks where it stands; reads the page."""
        self.opens("/track")
        if self.page.locator("[name=receipt_code]").count():
            self.fills({"receipt_code": " ".join(code.lower())})
            self.presses()
        assert code not in self.page.url
        return self.reads()

    def replies(self, text: str) -> None:
        """Answers the question on the tracking page."""
        form = "form[action='/track/reply']"
        self.fills({"text": text}, form)
        self.presses(f"{form} button")

    def asks_again(self, text: str) -> None:
        """Asks on the tracking page for a review of the answer."""
        form = "form[action='/track/ask_review']"
        self.unfolds(form)
        self.fills({"text": text}, form)
        self.presses(f"{form} button")

    def rates(self, score: int, reasons: str) -> None:
        """Says how it went."""
        form = "form[action='/track/rate']"
        self.chooses({"score": str(score)}, form)
        self.fills({"reasons": reasons}, form)
        self.presses(f"{form} button")


class Clerk(Visitor):
    """Somebody of a body that has no account here."""

    def answers_by(self, link: str, question: str, text: str) -> None:
        """Opens a link that came by mail, by its button, reads, and answers once."""
        assert question not in self._opened(link)
        self.presses("main form .govuk-button")
        assert question in self.reads()
        self.fills({"text": text})
        self.presses("#reading .govuk-button")
        assert text in self.reads()

    def _opened(self, link: str) -> str:
        self.opens(link)
        return self.reads()


class Colleague(Visitor):
    """Somebody who works here."""

    def signs_in(self, password: str) -> None:
        """Login and password; the queue comes next."""
        self.opens("/staff/queue")
        assert "/staff/sign-in" in self.page.url
        self.fills({"login": self.name, "password": password})
        self.presses()
        assert self.page.url.endswith("/staff/queue")

    def finds(self, words: str) -> str:
        """The reference of the case whose words these are, from the queue."""
        self.opens("/staff/queue")
        row = self.page.locator("main tr", has_text=words)
        assert row.count() == 1, f"{self.name} finds {row.count()} cases with “{words}”"
        address = row.locator("a[href^='/staff/cases/']").first.get_attribute("href")
        assert address
        return address.rpartition("/")[2].partition("?")[0]

    def cannot_see(self, case: str, words: str) -> None:
        """Not in the queue, not by its reference, not at its address."""
        self.opens("/staff/queue")
        assert words not in self.reads()
        assert case not in self.page.content()
        self.opens(f"/staff/queue?q={case}")
        assert words not in self.reads()
        address = f"/staff/cases/{case}"
        self.watch.expected.append(f"{self.watch.origin}{address}: Failed to load resource")
        assert self.opens(address).status == 404
        self.watch.expected.pop()

    def opens_case(self, case: str) -> str:
        """Reads a case; one that few may read is opened by its button first."""
        assert self.opens(f"/staff/cases/{case}").status == 200
        button = self.page.get_by_role("button", name="Mở đọc vụ việc")
        if button.count():
            button.click()
        return self.reads()

    def may(self, case: str) -> list[str]:
        """The moves that the case's page offers."""
        self.opens_case(case)
        links = self.page.locator(f"main a[href^='/staff/cases/{case}/']")
        return [str(link.get_attribute("href")).rpartition("/")[2] for link in links.all()]

    def makes(self, move: str, case: str, texts: Mapping[str, str] | None = None, **choices: str) -> None:
        """Opens the page of a move from the case, fills it in, presses the button."""
        assert move in self.may(case), f"{self.name} is not offered {move}"
        self._goes_by(f"main a[href='/staff/cases/{case}/{move}']")
        self._looks()
        self.fills(texts or {})
        self.chooses(choices)
        self.presses("#main-button button")
        if move in PREVIEWED:
            self._looks()
            self.presses("#main-button button")
        assert self.page.url.endswith(f"/staff/cases/{case}"), self.reads()

    def steps_aside(self, case: str, text: str) -> None:
        """Says that they have to do with a case; it is gone for them at once."""
        assert "declare_conflict" in self.may(case)
        self._goes_by(f"main a[href='/staff/cases/{case}/declare_conflict']")
        self._looks()
        self.fills({"text": text})
        self.presses("#main-button button")
        assert self.page.url.endswith("/staff/queue"), self.reads()

    def asks(self, case: str, text: str) -> None:
        """Asks the reporter."""
        self.makes("ask", case, {"text": text})

    def cases_of(self, address: str) -> list[str]:
        """The cases of a list, page after page."""
        found: list[str] = []
        while address:
            self.opens(address)
            links = self.page.locator(".queue a[href^='/staff/cases/']")
            found += [str(link.get_attribute("href")).rpartition("/")[2].partition("?")[0] for link in links.all()]
            further = self.page.locator("a[rel=next]")
            address = str(further.get_attribute("href")) if further.count() else ""
        return found

    def counts(self, view: str) -> int:
        """How many cases the bar above the queue says a view holds."""
        self.opens("/staff/queue")
        link = self.page.locator(".views").get_by_role("link", name=re.compile(rf"^{view}(?: [0-9.+]+)?$"))
        return int(link.locator("b").inner_text())

    def next_within(self, address: str, case: str) -> str:
        """From a list into one of its cases: where the case after it is."""
        self.opens(address)
        self._goes_by(f"main a[href^='/staff/cases/{case}?']")
        return self._next()

    def next_of(self, address: str) -> str:
        """Where the case after this one is, in the list that somebody came from."""
        self.opens(address)
        return self._next()

    def _next(self) -> str:
        further = self.page.locator("a[rel=next]")
        return str(further.get_attribute("href")) if further.count() else ""


class Inspector(Colleague):
    """Minh, Hạnh, Dũng: the Inspection Committee."""

    def picks(self, address: str, many: int) -> None:
        """Ticks the first cases of a list."""
        self.opens(address)
        boxes = self.page.locator("input[name=case]")
        for number in range(many):
            boxes.nth(number).check()

    def does_with_the_picked(self, what: str, **given: str) -> None:
        """Presses one of the buttons above the list, says once what is asked for, and confirms."""
        self._goes_by(f"button[form=bulk][value={what}]")
        self._looks()
        text = {name: value for name, value in given.items() if name == "text"}
        self.fills(text)
        self.chooses({name: value for name, value in given.items() if name not in text})
        self.presses("form[action='/staff/bulk/confirmed'] .govuk-button")

    def takes_the_next(self) -> str:
        """Asks for the next case; gives its reference."""
        self.opens("/staff/queue")
        self.presses(".next-case button")
        assert "/staff/cases/" in self.page.url, self.reads()
        return self.page.url.rpartition("/")[2]

    def accepts(self, case: str) -> None:
        """Takes it up."""
        self.makes("accept", case)

    def clears(self, case: str, text: str) -> None:
        """Tells what an agency may read in other words, looks at the preview, saves just that."""
        assert "clear" in self.may(case), f"{self.name} is not offered clear"
        self._goes_by(f"main a[href='/staff/cases/{case}/clear']")
        self._looks()
        self.page.locator("main details summary").first.click()
        self.fills({"text": text})
        self.presses("main button[value=preview]")
        self.presses("#main-button button")
        assert self.page.url.endswith(f"/staff/cases/{case}"), self.reads()

    def asks_outside(self, case: str, body: str, question: str) -> str:
        """Makes a link for a body that has no account here; gives where it leads."""
        assert "send_outside" in self.may(case)
        self._goes_by(f"main a[href='/staff/cases/{case}/send_outside']")
        self._looks()
        self.fills({"text": question})
        self.chooses({"body": body, "cleared": "1"})
        self.presses("#main-button button")
        return urlsplit(self.page.locator("main textarea").first.input_value().strip()).path

    def has_heard(self, case: str, agency: str, person: str, statement: str) -> None:
        """Writes what somebody is to explain, looks at it as their superiors will read it, sends just that."""
        assert "hear" in self.may(case), f"{self.name} is not offered hear"
        self._goes_by(f"main a[href='/staff/cases/{case}/hear']")
        self._looks()
        assert self.page.locator("main [name=agency]").input_value() == agency
        self.fills({"person": person, "statement": statement})
        self.presses("main button[value=preview]")
        self.presses("main button[value=hear]")
        assert self.page.url.endswith(f"/staff/cases/{case}"), self.reads()

    def refers(self, case: str, agency: str) -> None:
        """Sends it to a body that leads from now on."""
        self.makes("refer", case, {"note": "Xin trả lời trong thời hạn."}, agency=agency, role="lead")

    def concludes(self, case: str, text: str) -> None:
        """Writes what was found and what the reporter will read."""
        self.makes("conclude", case, {"text": text}, finding="upheld", remedy="apology_letter")

    def approves(self, case: str) -> None:
        """Lets the answer out."""
        self.makes("approve", case)

    def closes(self, case: str) -> None:
        """Ends it."""
        self.makes("close", case)


class Officer(Colleague):
    """Quý, Tâm, Sơn: an agency."""

    def answers(self, case: str, text: str) -> None:
        """Answers the reporter."""
        self.makes("answer", case, {"text": text}, finding="upheld", remedy="result_handed_out")

    def answers_the_inspectors(self, case: str, text: str) -> None:
        """Answers what was referred to them."""
        self.makes("answer_referral", case, {"text": text})

    def explains(self, person: str, statement: str, text: str) -> None:
        """Reads on its page what somebody is to explain, and writes down what they say."""
        self.opens("/staff/queue")
        self._goes_by(".views a[href='/staff/hearings']")
        self._looks()
        self._goes_by(f"main a:has-text('{person}')")
        self._looks()
        assert statement in self.reads()
        self.fills({"explanation": text})
        self.presses()
        assert text in self.reads()
