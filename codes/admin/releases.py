"""What is loaded: code sets and their releases, to look at."""

from django.contrib import admin

from codes.admin.read_only import ReadOnly
from codes.models import CodeSet, Release


@admin.register(CodeSet)
class CodeSetAdmin(ReadOnly, admin.ModelAdmin):
    """Code sets with whose they are."""

    list_display = ("name", "what", "publisher", "is_public_domain")


@admin.register(Release)
class ReleaseAdmin(ReadOnly, admin.ModelAdmin):
    """Files as they were loaded, with what each changed."""

    list_display = (
        "edition",
        "source",
        "effective_on",
        "ends_on",
        "state",
        "row_count",
        "added",
        "changed",
        "ended",
    )
    list_filter = ("code_set", "state", "is_demonstration")
    list_select_related = ("code_set",)
    search_fields = ("edition", "source", "source_file")
    search_help_text = "Edition, source or file name."
    date_hierarchy = "effective_on"
