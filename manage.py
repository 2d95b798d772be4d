#!/usr/bin/env python3
"""Django's command line for Coding Ahead."""

import os
import sys


def main():
    """Run the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codingahead.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 after the settings' name

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
