"""The site's own settings with one more address: a bare view behind the same middleware."""

from codingahead.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
