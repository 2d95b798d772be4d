"""Filters of the editors' lists."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Q

from codes.models import Code, LayDescription

NONE_YET = "none"


class LayTextFilter(SimpleListFilter):
    """Codes by how far their lay description has come."""

    title = "lay description"
    parameter_name = "lay"

    def lookups(self, request, model_admin):
        """What the editor can choose."""
        return [
            (NONE_YET, "None yet, most opened first"),
            ("seed", "Shown, not yet reviewed"),
            *LayDescription.State.choices,
        ]

    def queryset(self, request, queryset):
        """Code pages with such a text."""
        if self.value() is None:
            return queryset
        pages = queryset.filter(kind=Code.Kind.CODE)
        if self.value() == NONE_YET:
            return pages.filter(lay_description=None)
        if self.value() == "seed":
            return pages.filter(lay_description__is_seed=True)
        return pages.filter(lay_description__state=self.value())


class ReadersSeeFilter(SimpleListFilter):
    """Lay descriptions by what readers see of them."""

    title = "what readers see"
    parameter_name = "readers"

    def lookups(self, request, model_admin):
        """What the editor can choose."""
        return [
            ("nothing", "Nothing yet"),
            ("older", "An older text than the one here"),
            ("seed", "A text that no Reviewer has seen"),
        ]

    def queryset(self, request, queryset):
        """Texts of which readers see so much."""
        shown = ~Q(published_body="")
        chosen = {
            "nothing": ~shown,
            "older": shown & ~Q(state=LayDescription.State.PUBLISHED),
            "seed": shown & Q(is_seed=True),
        }
        return queryset.filter(chosen.get(self.value(), Q()))
