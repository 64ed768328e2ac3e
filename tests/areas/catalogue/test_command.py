"""`flask catalogue import`: what it prints, and that a refused file leaves nothing behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import func, select

from portal.catalogue.models import Agency
from portal.cli.catalogue import catalogue
from portal.web.frame.database import db
from tests.areas.catalogue.files import TREE_2022, Cells, changed, ours


@pytest.fixture
def command(tmp_path: Path) -> Iterator[FlaskCliRunner]:
    """The command line over an empty catalogue."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    db.init_app(app)
    app.cli.add_command(catalogue)
    with app.app_context():
        db.create_all()
    yield app.test_cli_runner()
    with app.app_context():
        db.engine.dispose()


def bodies(command: FlaskCliRunner) -> int:
    """How many bodies were kept."""
    with command.app.app_context():
        return db.session.scalar(select(func.count()).select_from(Agency)) or 0


def test_it_counts_what_it_did(command: FlaskCliRunner) -> None:
    files = [str(path) for path in ours(*TREE_2022)]
    first = command.invoke(args=["catalogue", "import", *files])
    assert first.exit_code == 0
    assert first.output.splitlines() == [
        "agencies_quang_nam_2022.csv: 307 mới, 0 thay đổi, 0 giữ nguyên",
        "functions_quang_nam_2022.csv: 11 mới, 0 thay đổi, 0 giữ nguyên",
    ]
    again = command.invoke(args=["catalogue", "import", *files])
    assert "0 mới, 0 thay đổi, 307 giữ nguyên" in again.output
    assert bodies(command) == 307


def test_it_names_the_bad_row_and_keeps_nothing(command: FlaskCliRunner, tmp_path: Path) -> None:
    def spoil(rows: Cells) -> None:
        rows[-1]["kind"] = "castle"

    bad = changed(tmp_path, "agencies_quang_nam_2022", spoil)
    result = command.invoke(args=["catalogue", "import", str(bad), *map(str, ours("principles"))])
    assert result.exit_code == 1
    assert result.output.startswith("agencies_quang_nam_2022.csv:308 [kind]: Không có từ “castle”.")
    assert bodies(command) == 0


def test_it_says_which_functions_nobody_has(command: FlaskCliRunner) -> None:
    result = command.invoke(args=["catalogue", "import", *map(str, ours("agencies_quang_nam_2022"))])
    assert result.exit_code == 0
    assert "home_affairs" in result.output.splitlines()[-1]
