"""`demo load`: accounts and vault, the played situations, and clones of them over the last three years."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random  # noqa: TID251 (demo data: the same seed makes the same province)
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.words import Language
from portal.catalogue import queries as catalogue
from portal.catalogue.functions import function_agency
from portal.catalogue.models import Announcement, Category, DeadlineRule
from portal.catalogue.words import AgencyKind, Function, Kind
from portal.demo.accounts import make_accounts, make_officers, make_vault
from portal.demo.beside import made_beside
from portal.demo.bulk import insert_values, move_sequences, stored_values, widen_cache
from portal.demo.choosing import Choice, Days
from portal.demo.cloning import Cloner
from portal.demo.dossiers import make_dossiers
from portal.demo.due_dates import DueDates
from portal.demo.indexes import made_afterwards
from portal.demo.models import DemoLoad
from portal.demo.outcomes import with_siblings
from portal.demo.play import Stage, play
from portal.demo.situations import SITUATIONS
from portal.demo.templates import NUMBERED, TABLES, read_template
from portal.foundation.database import transaction
from portal.foundation.errors import PortalError
from portal.foundation.installation import Secrets
from portal.foundation.text import N_
from portal.foundation.time import at, now, today
from portal.identity.contact import notice_public_key
from portal.identity.keystore import KeyStore, StoredKey
from portal.identity.sealing import recipients_of
from portal.identity.vault import current_body_key
from portal.identity.wrapping import Cost
from portal.notices.addresses import set_address
from portal.staff.accounts import Hash
from portal.staff.models import Staff
from portal.statistics.laplace import opendp_draw
from portal.statistics.periods import Period, begins
from portal.statistics.release import due_releases, make_release

YEARS = 3
WORKER = timedelta(hours=3)  # after midnight, on the day of a release
BATCH = 1000
WORTH_A_PROCESS = 20_000  # clones

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Parts:
    """What loading needs of the installation."""

    key_store: KeyStore
    secrets: Secrets
    hash_password: Hash
    cost: Cost


def load_demo(session: Session, parts: Parts, reports: int, seed: int, progress: Progress) -> str | None:
    """Loads so many reports; returns the vault's recovery key if it was made now. Raises PortalError when loaded."""
    if reports < len(SITUATIONS):
        raise PortalError(N_("Dữ liệu thử cần ít nhất %(fewest)d phản ánh."), fewest=len(SITUATIONS))
    draw = Random(seed)  # noqa: S311 (demo data: the same seed makes the same province)
    with transaction(session):
        if session.scalar(select(DemoLoad.id).limit(1)) is not None:
            raise PortalError(N_("Dữ liệu thử đã được nạp."))
        load = DemoLoad(reports=reports, seed=seed, started_at=now())
        session.add(load)
        staff = make_accounts(session, parts.hash_password)
        make_officers(session)
        _announce(session)
        make_dossiers(session, seed)
        committee = function_agency(session, Function.INSPECTION_COMMITTEE, today())
        if committee is None:
            raise PortalError(N_("Hãy nạp danh mục cơ quan trước."))
        recovery_key = make_vault(session, staff, committee.id, parts.cost)
        organisation = function_agency(session, Function.ORGANISATION_COMMITTEE, today())
        if organisation is not None:
            make_vault(session, staff, organisation.id, parts.cost)
    choice = _play_all(session, parts, staff, draw, progress)
    tables = [model.__table__ for model in TABLES]
    with made_afterwards(session, tables):
        _clone_all(session, parts, choice, reports - len(SITUATIONS), draw, progress)
    _publish(session)
    with transaction(session):
        for account in staff.values():
            set_address(session, account, f"{account.login}@thu.portal.local", Language.VI)
        session.get_one(DemoLoad, load.id).finished_at = now()
    return recovery_key


def _publish(session: Session) -> None:
    """The public numbers of the whole periods that there are reports of, each on its day, as the worker makes them."""
    first, draw = Period.of(today() - timedelta(days=YEARS * 365)).plus(1), opendp_draw()
    while due := due_releases(session, today(), first=first):
        session.rollback()
        for one in due:
            with at(begins(one.day) + WORKER):
                make_release(session, one, draw)


def _announce(session: Session) -> None:
    """An announcement as the filing pages show it, at the first one-stop office of the tree."""
    first = next((one for one in catalogue.agencies_on(session, today()) if one.kind is AgencyKind.ONE_STOP), None)
    if first is not None:
        session.add(
            Announcement(
                code="demo.moved",
                position=0,
                agency_code=first.code,
                text_vi="Trong tháng này quầy tiếp nhận làm việc ở tầng 2. Hồ sơ vẫn được nhận như thường.",
                text_en="This month the counter is on the second floor. Dossiers are taken as usual.",
                valid_from=today(),
                valid_to=today() + timedelta(days=30),
            )
        )


def _play_all(session: Session, parts: Parts, staff: dict[str, Staff], draw: Random, progress: Progress) -> Choice:
    stage = Stage(session, parts.key_store, parts.secrets, staff, draw, catalogue.calendar(session), now())
    templates = []
    for situation in SITUATIONS:
        case_id = play(stage, situation)
        if situation.is_cloned:
            templates.append(read_template(session, situation, case_id, stage.calendar))
        progress(1)
    kinds = {one.code: Kind(one.kind) for one in session.scalars(select(Category))}
    return Choice(with_siblings(templates, kinds), kinds)


def _clone_all(session: Session, parts: Parts, choice: Choice, count: int, draw: Random, progress: Progress) -> None:
    with transaction(session):
        cloner = _cloner(session, parts, draw)
    batches = _batches(cloner, choice, count, session.get_bind().dialect.name)
    for batch in made_beside(batches) if count >= WORTH_A_PROCESS else batches:
        parts.key_store.put_many(batch.keys)
        with transaction(session):
            _insert(session.connection(), batch.values)
        progress(batch.size)


@dataclass(frozen=True)
class Batch:
    """Some clones, ready for the tables in their order, and what the key store gets."""

    size: int
    keys: list[StoredKey]
    values: list[list[list[Any]]]


def _batches(cloner: Cloner, choice: Choice, count: int, dialect: str) -> Iterator[Batch]:
    present, draw = today(), cloner.draw
    days = Days(YEARS * 365, present)
    for start in range(0, count, BATCH):
        clones = []
        for _ in range(min(BATCH, count - start)):
            days_ago = days.drawn(draw)
            clones.append(cloner.clone(choice.of(days_ago, draw), days_ago, present))
        keys = [
            StoredKey(clone.uid, recipient, key, clone.stored_on)
            for clone in clones
            for recipient, key in clone.sealed.keys.items()
        ]
        rows = {model: [row for clone in clones for row in clone.rows[model]] for model in TABLES}
        values = [stored_values(dialect, model.__table__, rows[model]) for model in TABLES]
        yield Batch(len(clones), keys, values)


def _cloner(session: Session, parts: Parts, draw: Random) -> Cloner:
    tree = catalogue.agency_tree(session, today())
    committee = tree.function(Function.INSPECTION_COMMITTEE)
    key = current_body_key(session, tree.body(committee).id) if committee else None
    return Cloner(
        tree=tree,
        due_dates=DueDates(
            catalogue.calendar(session), {rule.id: rule for rule in session.scalars(select(DeadlineRule))}
        ),
        officers=make_officers(session),
        recipients=recipients_of([key] if key else []),
        notice_public=notice_public_key(parts.secrets.notice_key),
        next_id={model: (session.scalar(select(func.max(model.id))) or 0) + 1 for model in NUMBERED},
        taken=frozenset(session.scalars(select(Case.reference))),
        draw=draw,
    )


def _insert(connection: Connection, values: list[list[list[Any]]]) -> None:
    widen_cache(connection)
    for model, lists in zip(TABLES, values, strict=True):
        insert_values(connection, model.__table__, lists)
    move_sequences(connection)
