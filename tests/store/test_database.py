"""Which database: names told apart, passwords out of sight, and what cannot hold a database refused."""

import os
from pathlib import Path

import pytest

from salestui.model.values.errors import DatabaseProblem, UsageProblem
from salestui.store.database import (
    Database,
    filesystem_of,
    masked,
    parse,
    refuse_what_cannot_be_a_database,
)

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
fileserver:/sales /srv/sales nfs4 rw 0 0
/dev/sdb1 /srv/sales/local ext4 rw 0 0
//winbox/share /srv/with\\040space cifs rw 0 0
tmpfs /srv/over tmpfs rw 0 0
fileserver:/x /srv/over nfs rw 0 0
"""


def test_a_path_and_its_url_name_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "a b.db"
    assert parse(str(path)) == parse(f"sqlite:///{path}") == Database("sqlite", str(path))


def test_a_relative_path_and_a_home_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse("sales.db").place == parse("sqlite:///sales.db").place == str(tmp_path / "sales.db")
    assert parse("~/sales.db").place == os.path.expanduser("~/sales.db")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg", "PostgreSQL"])
def test_every_way_to_say_postgresql_is_understood(scheme: str) -> None:
    assert parse(f"{scheme}://host:5432/name") == Database("postgresql", "postgresql://host:5432/name")


@pytest.mark.parametrize("text", ["", "   ", "sqlite://", "sqlite:///:memory:", "mysql://host/name", "a\0b"])
def test_what_names_no_database_is_a_usage_problem(text: str) -> None:
    with pytest.raises(UsageProblem):
        parse(text)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://kim:s3cret@host/name",
        "postgresql://:s3cret@host/name",
        "postgresql://kim:s3cret:s3cret@host:5432/name?sslmode=require",
        "postgresql://kim:s3cret@s3cret@host/name",
        "postgresql://kim:s3cret/s3cret@host/name",
        "postgresql://kim:12/s3cret@host/name",
        "postgresql://kim:s3cret?s3cret@host/name",
        "postgresql://kim:s3cret#s3cret@[::1]/name",
        "postgresql://kim@host/name?password=s3cret",
        "postgresql://kim@host/name?sslmode=require&PassWord=s3cret&x=1",
        "postgresql://kim@host/name?sslpassword=s3cret",
        "mysql://kim:s3cret@host/name",
    ],
)
def test_a_password_is_masked_wherever_it_stands(url: str) -> None:
    assert "s3cret" not in masked(url)
    assert "***" in masked(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://host:5432/name",
        "postgresql://kim@host/name",
        "postgresql:///name?host=/run/pg",
        "postgresql://host:5432/name?application_name=a@b",
        "postgresql://[::1]:5432/name",
        "~/sales.db",
    ],
)
def test_what_has_no_password_is_shown_as_it_is(url: str) -> None:
    assert masked(url) == url


def test_a_database_shows_itself_without_its_password() -> None:
    database = parse("postgresql://kim:s3cret@host/name")
    assert database.place == "postgresql://kim:s3cret@host/name"
    assert str(database) == f"{database}" == "postgresql://kim:***@host/name"


@pytest.mark.parametrize(
    "url", ["postgresql://kim:s3cret@host/name", "postgres://host/name?password=s3cret", "postgres://k:s3/cret@h/n"]
)
def test_a_password_in_an_option_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(UsageProblem, match="SALESTUI_DB") as refusal:
        parse(url, from_option=True)
    assert "s3" not in str(refusal.value)
    assert parse("postgresql://kim@host/name", from_option=True).kind == "postgresql"


@pytest.mark.parametrize("url", ["postgresql://kim:s3/cret@host/name", "postgresql://kim:s3@cret@host/name"])
def test_a_password_that_would_be_taken_for_a_host_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(UsageProblem, match="%2F") as refusal:
        parse(url)
    assert "s3" not in str(refusal.value)
    assert "cret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/sales.db", "ext4"),
        ("/srv/sales/x.db", "nfs4"),
        ("/srv/salesman/x.db", "ext4"),
        ("/srv/sales/local/x.db", "ext4"),
        ("/srv/with space/x.db", "cifs"),
        ("/srv/over/x.db", "nfs"),
    ],
)
def test_the_filesystem_of_a_path_is_that_of_the_innermost_mount(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert filesystem_of(path, str(mounts)) == kind


def test_a_link_is_followed_to_the_filesystem_it_leads_to(tmp_path: Path) -> None:
    mounts, shared = tmp_path / "mounts", tmp_path / "shared"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {shared} nfs rw 0 0\n")
    (tmp_path / "sales.db").symlink_to(shared / "sales.db")
    assert filesystem_of(str(tmp_path / "sales.db"), str(mounts)) == "nfs"


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"])
def test_a_network_filesystem_is_refused(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} {kind} rw 0 0\n")
    with pytest.raises(DatabaseProblem, match=f"network filesystem .{kind}.* PostgreSQL"):
        refuse_what_cannot_be_a_database(str(tmp_path / "sales.db"), str(mounts))


def test_where_the_system_tells_no_mounts_a_file_is_allowed(tmp_path: Path) -> None:
    refuse_what_cannot_be_a_database(str(tmp_path / "sales.db"), str(tmp_path / "nothing"))


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem, match="folder"):
        refuse_what_cannot_be_a_database(str(tmp_path))
    with pytest.raises(DatabaseProblem, match="not a file"):
        refuse_what_cannot_be_a_database("/dev/null")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DatabaseProblem, match="not a file"):
        refuse_what_cannot_be_a_database(str(tmp_path / "pipe"))
