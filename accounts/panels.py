"""What the apps above add to the account page, to the export and to a deletion.

An app adds its panel in `AppConfig.ready()`:

    panels.PANELS.append(Panel(name="questions", export=..., delete=..., template="casepilot/_panel.html"))
"""

from collections.abc import Callable
from dataclasses import dataclass


def nothing(user):
    """What a panel without a callable of its own does."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """What one app keeps about a reader. Each callable takes the `User`."""

    name: str  # its key in the export
    goes: str = ""  # what a deletion takes along, as an item of a list: “your questions to the assistant”
    export: Callable = nothing  # what stands under `name`: anything that JSON can hold
    delete: Callable = nothing  # called before the account goes, in the same transaction
    template: str = ""  # a part of the account page; it sees the context as `panel`
    context: Callable = nothing


PANELS = []


def shown(user):
    """The panels of the account page: (template, context) each."""
    return [(panel.template, panel.context(user)) for panel in PANELS if panel.template]


def exported(user):
    """What the panels add to the reader's export."""
    return {panel.name: panel.export(user) for panel in PANELS if panel.export is not nothing}


def going():
    """What a deletion takes along, in words."""
    return [panel.goes for panel in PANELS if panel.goes]
