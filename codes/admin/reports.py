"""Errors that readers reported: read, mended elsewhere, and marked as done."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html

from codes.admin.read_only import ReadOnly
from codes.models import ErrorReport


@admin.register(ErrorReport)
class ErrorReportAdmin(ReadOnly, admin.ModelAdmin):
    """A report is the reader's: it is never edited, only put away or taken up again."""

    list_display = ("text", "desk", "date_of_service", "state", "reported_at", "done_by")
    list_display_links = ("text",)
    ordering = ("-state", "-reported_at")  # new before done
    list_filter = ("state", "code__code_set")
    list_select_related = ("code__code_set", "done_by")
    search_fields = ("text", "code__code", "email")
    search_help_text = "Words of the report, a code without its dot, or an e-mail address."
    actions = ("mark_as_done", "take_up_again")

    def has_change_permission(self, request, obj=None):
        """For the two actions; a single report is shown, not edited."""
        return obj is None and super(ReadOnly, self).has_change_permission(request)

    @admin.display(description="page")
    def desk(self, report):
        """The code, with its desk a click away."""
        address = reverse("admin:codes_code_change", args=[report.code_id])
        return format_html('<a href="{}">{} {}</a>', address, report.code.code_set, report.code)

    @admin.action(description="Mark as done", permissions=["change"])
    def mark_as_done(self, request, queryset):
        """Put the chosen reports away."""
        for report in queryset:
            report.close(request.user)
        messages.success(request, f"Marked as done: {len(queryset)}.")

    @admin.action(description="Take up again", permissions=["change"])
    def take_up_again(self, request, queryset):
        """Reports that were put away too early."""
        for report in queryset:
            report.reopen()
        messages.success(request, f"Taken up again: {len(queryset)}.")
