"""A filing: complete answers on their way to becoming a report, and what of them may be stored in clear.

Pure. `intake` makes a Filing from what somebody typed; `prepare` cuts the reporter's own data out of the texts.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum

from portal.cases.clearing import clearing_masks
from portal.cases.masking import IdentityWords, Span, cut, identity_cuts
from portal.cases.words import Channel, Disclosure, Language, ReporterType
from portal.catalogue.words import AccusedRole
from portal.foundation.phones import former
from portal.identity.contact import Contact
from portal.identity.envelope import PersonalData


@dataclass(frozen=True)
class PaidBack:
    """What somebody says who is paid back for an earlier report. The code of that report is looked up, never stored."""

    code: str = field(repr=False)
    wants_protection: bool
    fears: str = field(repr=False)


@dataclass(frozen=True)
class Filing:
    """Complete, normalised answers."""

    category: str
    agency: str | None
    area: str | None
    procedure: str | None
    dossier_code: str | None
    promised_on: date | None
    committee_first: bool
    occurred_on: date | None
    occurred_until: date | None
    accused_role: AccusedRole
    narrative: str = field(repr=False)
    wish: str = field(repr=False)
    elsewhere: str = field(repr=False)
    language: Language
    channel: Channel
    disclosure: Disclosure
    reporter_type: ReporterType
    identity: PersonalData
    contact: Contact | None
    paid_back: PaidBack | None = None

    def canonical(self) -> dict[str, object]:
        """The answers as plain values, for the digest that the receipt code is made from."""
        answers = {name: _plain(value) for name, value in asdict(self).items() if name != "channel"}
        if self.paid_back is None:
            del answers["paid_back"]  # as it was before the question was asked: the same answers, the same code
        return answers


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return value


@dataclass(frozen=True)
class StoredTexts:
    """The texts as they are stored, the pieces that were cut from them, and the spans an agency must not read."""

    narrative: str
    wish: str
    elsewhere: str
    cuts: tuple[tuple[str, int, str], ...] = field(repr=False)  # field, offset in the stored text, what was cut
    mask_spans: tuple[Span, ...] = ()
    fears: str = ""


def prepare(filing: Filing) -> StoredTexts:
    """Cuts the reporter's own name, phone, e-mail and tax code from the texts and finds what else to mask."""
    identity, contact = filing.identity, filing.contact or Contact()
    phones = [phone for phone in (identity.phone, contact.phone) if phone]
    words = IdentityWords(
        name=identity.name,
        phones=(*phones, *filter(None, map(former, phones))),
        emails=tuple(email for email in (identity.email, contact.email) if email),
        tax_codes=(identity.tax_code,) if identity.tax_code else (),
    )
    stored: dict[str, str] = {}
    cuts: list[tuple[str, int, str]] = []
    texts = {"narrative": filing.narrative, "wish": filing.wish, "elsewhere": filing.elsewhere}
    if filing.paid_back is not None:
        texts["fears"] = filing.paid_back.fears
    for name, text in texts.items():
        stored[name], pieces = cut(text, identity_cuts(text, words))
        cuts += [(name, piece.at, piece.text) for piece in pieces]
    return StoredTexts(**stored, cuts=tuple(cuts), mask_spans=tuple(clearing_masks(stored["narrative"])))
