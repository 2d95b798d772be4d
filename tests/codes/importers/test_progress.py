"""The bar on a terminal, and lines where there is none."""

from io import StringIO

from codes.importers.progress import Bar


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_without_a_terminal_each_tenth_is_a_line():
    stream = StringIO()
    bar = Bar("load", stream)
    for percent in range(0, 101, 4):
        bar(percent / 100, "codes")
    lines = stream.getvalue().splitlines()
    assert len(lines) == 11
    assert (lines[0], lines[-1]) == ("  0 % load: codes", "100 % load: codes")


def test_a_terminal_gets_a_bar_over_the_same_line():
    stream = Terminal()
    Bar("load", stream)(0.5, "codes")
    assert stream.getvalue() == f"\r\033[K[{'#' * 12:<24}]  50 %  load: codes"


def test_the_bar_is_not_drawn_oftener_than_the_eye_sees():
    stream = Terminal()
    bar = Bar("load", stream)
    for _ in range(50):
        bar(0.5)
    assert stream.getvalue().count("[#") == 1


def test_the_bar_clears_its_line():
    stream = Terminal()
    bar = Bar("load", stream)
    bar(1)
    bar.close()
    assert stream.getvalue().endswith("\r\033[K")


def test_a_fraction_beyond_the_end_is_the_end():
    stream = StringIO()
    Bar("load", stream)(1.7)
    assert stream.getvalue() == "100 % load\n"
