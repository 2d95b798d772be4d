"""./run backup and ./run restore: everything back, or everything as it was."""

import stat

import psycopg
import pytest

from codingahead import backups
from codingahead.devdb import ROOT
from codingahead.pgprograms import Problem

OTHERS = "SELECT count(*) FROM pg_database WHERE datname ~ '^own_.*(restoring|before)$'"
TITLE = "SELECT long FROM codes_descriptor"


@pytest.fixture
def small(empty_database):
    """A database with one table that is not ours."""
    with psycopg.connect(empty_database) as own:
        own.execute("CREATE TABLE kept AS SELECT 'as it was' AS word")
    return empty_database


def asked(url, question):
    """The one value that a database answers."""
    with psycopg.connect(url) as own:
        return own.execute(question).fetchone()[0]


def test_what_was_saved_comes_back_under_a_running_site(site, server_url, tmp_path):
    backups.save(site, tmp_path / "saved")
    with psycopg.connect(site) as visitor:
        visitor.execute("UPDATE codes_descriptor SET long = 'Spoilt since'")
        visitor.commit()
        backups.restore(site, tmp_path / "saved")
        assert asked(site, TITLE) == "Drawn for a backup"
        with pytest.raises(psycopg.OperationalError):
            visitor.execute(TITLE)
    assert asked(server_url, OTHERS) == 0


@pytest.mark.parametrize("kept", [0, 0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_off_changes_nothing(small, tmp_path, kept):
    saved = tmp_path / "saved"
    backups.save(small, saved)
    saved.write_bytes(saved.read_bytes()[: int(saved.stat().st_size * kept)])
    with pytest.raises(Problem, match=r"cut off.* The database is as it was"):
        backups.restore(small, saved)
    assert asked(small, "SELECT word FROM kept") == "as it was"


def test_a_backup_with_another_byte_is_refused(small, tmp_path):
    saved = tmp_path / "saved"
    backups.save(small, saved)
    spoilt = bytearray(saved.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    saved.write_bytes(spoilt)
    with pytest.raises(Problem, match="changed"):
        backups.restore(small, saved)


def test_a_file_of_another_kind_is_refused(small, tmp_path):
    (tmp_path / "notes.txt").write_text("Not a backup.")
    with pytest.raises(Problem, match=r"notes\.txt is no backup of Coding Ahead"):
        backups.restore(small, tmp_path / "notes.txt")


def test_a_restore_that_fails_leaves_no_other_database_behind(small, server_url, tmp_path):
    backups.save(small, tmp_path / "saved")
    with pytest.raises(Problem):
        backups.restore(small, tmp_path / "saved")
    assert asked(server_url, OTHERS) == 0


def test_a_backup_of_another_program_is_refused(small, tmp_path):
    backups.save(small, tmp_path / "saved")
    with pytest.raises(Problem, match="its tables are missing"):
        backups.restore(small, tmp_path / "saved")


def test_a_missing_file_is_named(small, tmp_path):
    with pytest.raises(Problem, match="nowhere cannot be read: No such file"):
        backups.restore(small, tmp_path / "nowhere")


def test_a_backup_is_for_its_owner_alone(small, tmp_path):
    backups.save(small, tmp_path / "saved")
    assert stat.S_IMODE((tmp_path / "saved").stat().st_mode) == 0o600


def test_a_backup_that_fails_leaves_the_one_before(small, tmp_path):
    (tmp_path / "saved").write_text("the one before")
    with pytest.raises(Problem, match="does not answer"):
        backups.save(backups.replaced(small, "nowhere"), tmp_path / "saved")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["the one before"]


def test_a_backup_into_a_missing_folder_says_so(small, tmp_path):
    with pytest.raises(Problem, match="cannot be written: No such file or directory"):
        backups.save(small, tmp_path / "nowhere" / "saved")


def test_the_password_stands_in_no_command_line(monkeypatch):
    seen = {}
    monkeypatch.setattr(backups, "clients", lambda url: ROOT)
    monkeypatch.setattr(
        backups.subprocess, "run", lambda command, **options: seen.update(options, command=command)
    )
    backups.client("postgres://ann:p%40ss@db.example/codes", "pg_dump")
    assert seen["command"][1] == "--dbname=postgres://ann@db.example/codes"
    assert seen["env"]["PGPASSWORD"] == "p@ss"
