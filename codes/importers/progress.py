"""How far a load has come, on the error stream: a bar on a terminal, else a line every tenth."""

import sys
import time

WIDTH = 24
EVERY = 0.1  # seconds between two drawings


def quiet(_fraction, _doing=""):
    """Tell nobody."""


class Bar:
    """Draws `[#####     ]  41 %  icd10cm-tabular: notes` when called with a fraction (0 to 1) and a word."""

    def __init__(self, name, stream=None):
        self.name = name
        self.stream = stream or sys.stderr
        self.is_terminal = self.stream.isatty()
        self.told = -1
        self.drawn_at = 0.0

    def __call__(self, fraction, doing=""):
        percent = int(min(max(fraction, 0), 1) * 100)
        text = f"{self.name}: {doing}" if doing else self.name
        if self.is_terminal:
            self.draw(percent, text)
        elif percent // 10 > self.told // 10:
            self.told = percent
            self.write(f"{percent:3d} % {text}\n")

    def draw(self, percent, text):
        """Draw over the line, not oftener than the eye sees."""
        if percent < 100 and time.monotonic() - self.drawn_at < EVERY:
            return
        self.drawn_at = time.monotonic()
        full = "#" * (percent * WIDTH // 100)
        self.write(f"\r\033[K[{full:<{WIDTH}}] {percent:3d} %  {text[:48]}")

    def close(self):
        """Clear the line, so that what is printed next stands alone."""
        if self.is_terminal:
            self.write("\r\033[K")

    def write(self, text):
        """Put text on the stream at once."""
        self.stream.write(text)
        self.stream.flush()
