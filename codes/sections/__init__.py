"""The sections of a code page. A module of this package that defines `SECTION` adds one: an eighth is one new file."""

import importlib
import pkgutil
from functools import cache

from codes.sections.base import Answer, DoesNotApply, Face, Filled, NotLoaded, Section, Subject

__all__ = ["Answer", "DoesNotApply", "Face", "Filled", "NotLoaded", "Section", "Subject", "for_code_set"]


@cache
def every_section():
    """One instance of each section, in no order."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)
    )
    return [module.SECTION for module in modules if hasattr(module, "SECTION")]


@cache
def for_code_set(code_set):
    """The sections of a code set's pages, in the order of need; those that do not apply stand last."""
    return sorted(every_section(), key=lambda section: section.face(code_set).order)
