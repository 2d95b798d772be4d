"""Strict parsers for settings from the environment: a missing or wrong one is named in the error."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def text(name, default=None):
    """The setting as text; without a default it is required."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set: set it in the environment (README, “In production”).")
    return default


def flag(name, default=False):
    """The setting as a truth value: on/off, true/false, yes/no, 1/0."""
    value = text(name, "on" if default else "off").lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is “{value}”; write on or off.")
    return value in TRUE


def number(name, default, least=0):
    """The setting as a whole number, not below `least`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name} is “{value}”; write a whole number from {least} up.")
    return int(value)


def choice(name, default, allowed):
    """The setting as one of a few words."""
    value = text(name, default).lower()
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is “{value}”; write one of {', '.join(allowed)}.")
    return value


def names(name, default=""):
    """The setting as a list, written with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database(name, default=None):
    """A `postgres://user:password@host:port/name?option=value` address as Django's dictionary.

    A socket folder may stand as the host (`postgres://user@%2Frun%2Fpg/name`) or in `?host=`.
    """
    address = text(name, default)
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must read postgres://user:password@host:port/database.")
    options = {"connect_timeout": "10"} | dict(parse_qsl(parts.query))
    return {
        "ENGINE": "codingahead.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # the server plans a query once for each connection: half of a small query's time was its plan
        "OPTIONS": {"server_side_binding": True} | options | {"prepare_threshold": prepared(name, options)},
    }


def prepared(name, options):
    """After how many times a query is prepared: 3, or `?prepare_threshold=`; `off` for a transaction pooler."""
    times = options.get("prepare_threshold", "3")
    if times != "off" and not (times.isascii() and times.isdigit()):
        raise ImproperlyConfigured(f"{name} has prepare_threshold={times}; write a whole number or off.")
    return None if times == "off" else int(times)


def cache(name):
    """`redis://…` as Django's Redis cache; empty means a table in the database."""
    address = text(name, "")
    if not address:
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    if not address.startswith(("redis://", "rediss://")):
        raise ImproperlyConfigured(f"{name} is “{address}”; write redis://host:port/0 or leave it empty.")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address}


def email(name, folder):
    """Django's mail settings from `smtp://user:password@host:587` or `smtps://…`; empty: kept in `folder`."""
    address = text(name, "")
    if not address:
        return {"EMAIL_BACKEND": "codingahead.mail.KeptMail", "EMAIL_FILE_PATH": folder}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must read smtp://user:password@host:port (or smtps://…).")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure,
        "EMAIL_TIMEOUT": 20,
    }
