"""What ./run installs before anything else of ours can run."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from codingahead import install


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A checkout with two locks and an environment that was made, and what was installed since."""
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (tmp_path / lock).write_text(lock)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    stamp = tmp_path / ".venv" / "installed"
    for name, value in {
        "ROOT": tmp_path,
        "PYTHON": python,
        "STAMP": stamp,
        "VENV": tmp_path / ".venv",
    }.items():
        monkeypatch.setattr(install, name, value)
    installed, made = [], []
    monkeypatch.setattr(install, "install", lambda lock, options: installed.append(lock))
    monkeypatch.setattr(install, "make_venv", lambda: made.append(True))
    return SimpleNamespace(root=tmp_path, stamp=stamp, installed=installed, made=made)


LOCK = {"requirements.txt": ()}


def test_a_second_start_installs_nothing(place):
    install.bring_up_to_date(LOCK)
    install.bring_up_to_date(LOCK)
    assert place.installed == ["requirements.txt"]
    assert place.made == [True]


def test_a_changed_lock_is_installed_again_into_the_same_environment(place):
    install.bring_up_to_date(LOCK)
    (place.root / "requirements.txt").write_text("another")
    install.bring_up_to_date(LOCK)
    assert place.installed == ["requirements.txt"] * 2
    assert place.made == [True]


def test_the_tools_of_the_tests_are_added_to_what_is_there(place):
    install.bring_up_to_date(LOCK)
    install.bring_up_to_date(LOCK | {"requirements-dev.txt": ()})
    assert place.installed == ["requirements.txt", "requirements-dev.txt"]
    assert len(place.stamp.read_text().splitlines()) == 3


def test_an_interrupted_install_starts_from_the_beginning(place, monkeypatch):
    install.bring_up_to_date(LOCK)
    (place.root / "requirements.txt").write_text("another")
    monkeypatch.setattr(install, "install", lambda lock, options: sys.exit("killed"))
    with pytest.raises(SystemExit):
        install.bring_up_to_date(LOCK)
    assert install.stamped() == []


def test_an_environment_of_another_place_is_made_anew(place):
    install.bring_up_to_date(LOCK)
    place.stamp.write_text(place.stamp.read_text().replace(str(place.root), "/elsewhere"))
    install.bring_up_to_date(LOCK)
    assert place.made == [True, True]


def test_with_a_database_of_ones_own_no_postgres_is_installed(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db/codes")
    assert "requirements-local.txt" not in install.locks_for("serve")
    assert "requirements-local.txt" in install.locks_for("backup")


def test_only_the_tests_bring_their_tools():
    assert "requirements-dev.txt" in install.locks_for("test")
    assert "requirements-dev.txt" not in install.locks_for("serve")


def test_data_packages_come_without_what_they_ask_for():
    assert install.LOCKS["requirements-data.txt"] == ("--no-deps",)


def test_without_venv_and_pip_a_sentence_names_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(install, "quietly", lambda *command: subprocess.CompletedProcess(command, 1))
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        install.make_venv()


def test_root_installs_what_venv_needs(monkeypatch, tmp_path):
    asked = []

    def quietly(*command):
        asked.append(command)
        return subprocess.CompletedProcess(command, 0 if any("install" in one for one in asked) else 1)

    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install.os, "geteuid", lambda: 0)
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(install, "quietly", quietly)
    install.make_venv()
    assert any("python3-venv" in command for command in asked)
