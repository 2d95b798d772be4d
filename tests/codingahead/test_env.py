"""Settings from the environment: strict, and wrong ones are named."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from codingahead import env


@pytest.fixture(autouse=True)
def setting(monkeypatch):
    """Set the one setting that these tests read."""
    return lambda value: monkeypatch.setenv("IT", value)


def test_a_missing_required_setting_is_named():
    with pytest.raises(ImproperlyConfigured, match="IT is not set"):
        env.text("IT")


def test_an_empty_setting_counts_as_missing(setting):
    setting("  ")
    assert env.text("IT", "else") == "else"


@pytest.mark.parametrize(
    ("written", "meant"), [("on", True), ("TRUE", True), ("1", True), ("off", False), ("no", False)]
)
def test_a_flag_reads_common_words(setting, written, meant):
    setting(written)
    assert env.flag("IT") is meant


def test_a_flag_refuses_other_words(setting):
    setting("maybe")
    with pytest.raises(ImproperlyConfigured, match="IT is “maybe”; write on or off"):
        env.flag("IT")


def test_a_number_is_read(setting):
    setting("12")
    assert env.number("IT", 1) == 12


@pytest.mark.parametrize("written", ["-1", "1.5", "many", "²", "٣"])
def test_a_number_refuses_what_is_none(setting, written):
    setting(written)
    with pytest.raises(ImproperlyConfigured, match="write a whole number from 0 up"):
        env.number("IT", 1)


def test_a_choice_refuses_a_word_outside_the_list(setting):
    setting("week")
    with pytest.raises(ImproperlyConfigured, match="write one of month, day"):
        env.choice("IT", "month", ["month", "day"])


def test_a_list_is_written_with_commas(setting):
    setting("a.org, b.org ,")
    assert env.names("IT") == ["a.org", "b.org"]


def test_a_database_address_is_taken_apart(setting):
    setting("postgres://ann:p%40ss@db.example:5433/codes?sslmode=require")
    found = env.database("IT")
    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "codes",
        "ann",
        "p@ss",
        "db.example",
        "5433",
    ]
    assert found["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    "address", ["postgres://ann@%2Frun%2Fpg/codes", "postgres://ann@/codes?host=%2Frun%2Fpg"]
)
def test_a_socket_folder_may_stand_as_the_host(setting, address):
    setting(address)
    assert env.database("IT")["HOST"] == "/run/pg"


@pytest.mark.parametrize("address", ["mysql://a/b", "postgres://host", "codes"])
def test_another_address_than_of_postgres_is_refused(setting, address):
    setting(address)
    with pytest.raises(ImproperlyConfigured, match="IT must read postgres://"):
        env.database("IT")


@pytest.mark.parametrize(("written", "meant"), [("", 3), ("?prepare_threshold=10", 10)])
def test_queries_are_prepared_after_some_times(setting, written, meant):
    setting(f"postgres://ann@db.example/codes{written}")
    assert env.database("IT")["OPTIONS"]["prepare_threshold"] == meant


def test_queries_are_never_prepared_where_that_is_off(setting):
    setting("postgres://ann@db.example/codes?prepare_threshold=off")
    assert env.database("IT")["OPTIONS"]["prepare_threshold"] is None


@pytest.mark.parametrize("word", ["none", "-1", "²"])
def test_a_wrong_word_for_preparing_queries_is_named(setting, word):
    setting(f"postgres://ann@db.example/codes?prepare_threshold={word}")
    with pytest.raises(ImproperlyConfigured, match=f"IT has prepare_threshold={word}; write a whole number"):
        env.database("IT")


def test_an_unset_cache_is_a_table_in_the_database():
    assert env.cache("IT")["BACKEND"].endswith("DatabaseCache")


def test_a_cache_of_an_unknown_kind_is_refused(setting):
    setting("memcached://here")
    with pytest.raises(ImproperlyConfigured, match="redis://"):
        env.cache("IT")


def test_without_a_mail_server_mails_are_kept(tmp_path):
    assert env.email("IT", tmp_path)["EMAIL_FILE_PATH"] == tmp_path


@pytest.mark.parametrize(
    ("address", "port", "tls"), [("smtp://a:b@mail.example", 587, True), ("smtps://mail.example", 465, False)]
)
def test_a_mail_server_is_spoken_to_in_secret(setting, address, port, tls):
    setting(address)
    found = env.email("IT", "")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, tls, not tls)
