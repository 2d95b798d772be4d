"""Mutated copies of a drawn file: whatever was broken, a load is refused in a sentence or done whole."""

from contextlib import contextmanager

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EVERYDAY, FULL = 50, 1_000  # copies: the everyday suite's, and those of ./run test --full


def copies(count):
    """Hypothesis's settings for so many copies of a file that a test loads into the same database."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@contextmanager
def undone():
    """Let nothing of a copy stay for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@st.composite
def mutated(draw, content):
    """The bytes of a file with one to four things done to them: cut, doubled, turned round, overwritten."""
    for _ in range(draw(st.integers(1, 4))):
        content = draw(st.sampled_from(WAYS))(draw, content)
    return content


def cut_short(draw, content):
    return content[: draw(st.integers(0, len(content)))]


def overwritten(draw, content):
    at = draw(st.integers(0, max(len(content) - 1, 0)))
    return content[:at] + draw(st.binary(min_size=1, max_size=4)) + content[at + 1 :]


def without(draw, content):
    at = draw(st.integers(0, len(content)))
    return content[:at] + content[at + draw(st.integers(1, 12)) :]


def line_doubled(draw, content):
    lines = content.splitlines(keepends=True) or [b""]
    at = draw(st.integers(0, len(lines) - 1))
    return b"".join([*lines[: at + 1], *lines[at:]])


def lines_swapped(draw, content):
    lines = content.splitlines(keepends=True) or [b""]
    first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def recoded(draw, content):
    return content.decode("latin-1").encode(draw(st.sampled_from(["utf-16", "utf-8-sig", "utf-32", "cp037"])))


def other_separator(draw, content):
    one, other = draw(st.permutations([b"\t", b",", b"\n", b"\r\n", b" ", b'"']))[:2]
    return content.replace(one, other)


WAYS = (cut_short, overwritten, without, line_doubled, lines_swapped, recoded, other_separator)
