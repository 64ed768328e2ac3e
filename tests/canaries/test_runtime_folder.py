"""The folder on the memory file system is an instance's own, and its name says nothing of the database's address."""

import pytest

from config import default_runtime_dir


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sqlite:////srv/a/instance/portal.sqlite", "sqlite:////srv/b/instance/portal.sqlite"),
        ("postgresql+psycopg://portal@one/portal", "postgresql+psycopg://portal@two/portal"),
    ],
)
def test_two_instances_never_share_one(one: str, other: str) -> None:
    assert default_runtime_dir(one) == default_runtime_dir(one)
    assert default_runtime_dir(one) != default_runtime_dir(other)


def test_its_name_does_not_hang_on_the_password() -> None:
    assert len({default_runtime_dir(f"postgresql://p:{password}@db/portal") for password in ("k3t", "thuyền")}) == 1
