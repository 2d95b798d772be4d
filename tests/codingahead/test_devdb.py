"""Postgres on one's own machine: started, found again, stopped, and nothing lost by a kill."""

import os
import signal
import subprocess
import sys
from dataclasses import replace

import psycopg
import pytest

from codingahead import devdb, pgcluster, pgprograms
from codingahead.pgprograms import Problem


@pytest.fixture
def started(cluster):
    """The cluster, running."""
    devdb.start(cluster)
    return cluster


def test_a_start_makes_role_and_database(started):
    with psycopg.connect(started.url) as connection:
        said = connection.execute("SELECT current_user || ' ' || current_database()").fetchone()[0]
    assert said == "codingahead codingahead"


def test_a_killed_postgres_starts_again_with_its_data(cluster):
    safe = replace(cluster, settings={})
    devdb.start(safe)
    with psycopg.connect(safe.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")
    os.kill(devdb.process(safe), signal.SIGKILL)
    devdb.start(safe)
    with psycopg.connect(safe.url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone()[0] == 1


def test_a_second_start_finds_the_first_and_a_stop_ends_it(started):
    before = devdb.process(started)
    devdb.start(started)
    assert devdb.process(started) == before
    assert devdb.stop(started)
    assert devdb.process(started) is None
    assert not devdb.stop(started)


def test_the_last_to_leave_stops_it(cluster):
    with devdb.in_use(cluster):
        with devdb.in_use(cluster):
            pass
        assert devdb.ready(cluster)
    assert devdb.process(cluster) is None


def test_a_used_postgres_is_not_stopped_from_outside(cluster):
    with devdb.in_use(cluster), pytest.raises(Problem, match=r"A running \./run uses this Postgres"):
        devdb.stop_unless_used(cluster)


def test_a_foreign_process_number_is_not_taken_for_postgres(cluster):
    cluster.data.mkdir()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert devdb.process(cluster) is None


def test_data_of_another_major_version_are_left_alone(cluster):
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(Problem, match=r"are of Postgres 13.* left as they are"):
        devdb.start(cluster)


def test_a_throw_away_cluster_leaves_no_folder():
    with devdb.throw_away() as url:
        home = devdb.throw_away_at(url).home
        assert home.exists()
    assert not home.exists()


def test_a_throw_away_cluster_dies_with_its_maker(cluster):
    maker = subprocess.Popen([sys.executable, "-c", MAKER], stdout=subprocess.PIPE, text=True, cwd=devdb.ROOT)
    this = devdb.throw_away_at(maker.stdout.readline().strip())
    maker.kill()
    maker.wait()
    devdb.wait_for(lambda: devdb.process(this) is None, 10)
    assert devdb.process(this) is None
    devdb.remove(this)


MAKER = """
import time
from codingahead import devdb
with devdb.throw_away() as url:
    print(url, flush=True)
    time.sleep(60)
"""


def test_another_address_is_not_removed_as_a_throw_away():
    with pytest.raises(Problem, match="Write the address that start --ephemeral printed"):
        devdb.throw_away_at("postgres://codingahead@/codingahead?host=%2Fvar%2Flib%2Fmine")


def test_a_long_path_gets_a_short_socket_folder(cluster, tmp_path):
    deep = pgcluster.Cluster(tmp_path / ("long" * 30), cluster.programs, cluster.account)
    assert len(str(deep.socket)) <= pgcluster.LONGEST_SOCKET_FOLDER


def test_a_path_with_a_space_is_written_into_the_address_and_the_settings(cluster, tmp_path):
    spaced = pgcluster.Cluster(tmp_path / "a b", cluster.programs, cluster.account)
    spaced.data.mkdir(parents=True)
    pgcluster.write_settings(spaced)
    assert "a%20b" in spaced.url or "codingahead-" in spaced.url
    assert f'"{spaced.socket}"' in (spaced.data / "codingahead.conf").read_text()


def test_a_folder_of_another_account_is_refused(tmp_path, cluster):
    folder = tmp_path / "linked"
    folder.symlink_to(tmp_path)
    with pytest.raises(Problem, match="belongs to another account"):
        pgprograms.make_folder(folder, cluster.account)


def test_without_any_postgres_a_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("POSTGRES_PROGRAMS", str(tmp_path))
    with pytest.raises(Problem, match="apt-get install postgresql, or set DATABASE_URL"):
        pgprograms.find()


def test_pg_dump_is_never_older_than_the_server():
    with pytest.raises(Problem, match="postgresql-client-99"):
        pgprograms.clients(99)
