"""Lay descriptions out to a spreadsheet and back: export, check, import."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from codes import lay_tables
from codes.admin.differences import differences
from codes.models import LayDescription

LARGEST = 1_500_000  # bytes: the checked table comes back in a field of the form
MOST_SHOWN = 100
LIST = "admin:codes_laydescription_changelist"


class TableForm(forms.Form):
    """A file to check; or the table that was checked, to import."""

    file = forms.FileField(
        label="CSV file",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    checked = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self):
        """Exactly one of both, of a size that we take."""
        cleaned = super().clean()
        file = cleaned.get("file")
        if not file and not cleaned.get("checked") and not self.errors:
            self.add_error("file", "Choose the CSV file first.")
        if file and file.size > LARGEST:
            self.add_error(
                "file", f"The file is over {LARGEST // 1000} kB. Split it, each part with the header."
            )
        return cleaned

    @property
    def data_bytes(self):
        """The table."""
        file = self.cleaned_data.get("file")
        return file.read() if file else self.cleaned_data["checked"].encode()


class TablePages:
    """The pages `…/export/` and `…/import/` of the admin."""

    def table_urls(self):
        """Before Django's own, which would take them for a key."""
        view = self.admin_site.admin_view
        return [
            path("export/", view(self.export_view), name="codes_laydescription_export"),
            path("import/", view(self.import_view), name="codes_laydescription_import"),
        ]

    def export_view(self, request):
        """All lay descriptions as CSV, in the encoding that spreadsheets open rightly."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        name = f"lay-descriptions-{timezone.localdate()}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        lay_tables.write(LayDescription.objects.all(), response)
        return response

    def import_view(self, request):
        """Choose a file, see what it would do, import it."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
        context = {"form": form, "columns": lay_tables.COLUMNS, "required": lay_tables.REQUIRED}
        if request.method == "POST" and form.is_valid():
            data = form.data_bytes
            try:
                plan = lay_tables.load(data, request.user, dry_run="_import" not in request.POST)
            except lay_tables.FaultyTable as error:
                context |= {"faults": error.faults, "left_out": error.left_out}
            else:
                if "_import" in request.POST:
                    return self._imported(request, plan)
                context |= checked(plan, data)
        return self._table_page(request, context)

    def _imported(self, request, plan):
        messages.success(
            request,
            f"Imported: {plan.new} new, {plan.changed} changed, {plan.unchanged} as before. What is new or changed "
            "is a draft.",
        )
        return HttpResponseRedirect(reverse(LIST))

    def _table_page(self, request, context):
        context = {
            **self.admin_site.each_context(request),
            "title": "Import lay descriptions",
            "opts": self.opts,
            **context,
        }
        status = 400 if context.get("faults") else 200
        return TemplateResponse(request, "admin/codes/laydescription/import.html", context, status=status)


def checked(plan, data):
    """What the import would do, and the table to be sent with the second button."""
    shown = [
        {
            "line": change.line,
            "code": change.lay.code,
            "is_new": change.is_new,
            "differences": differences(change.before, change.content),
        }
        for change in plan.changes[:MOST_SHOWN]
    ]
    return {
        "plan": plan,
        "shown": shown,
        "not_shown": len(plan.changes) - len(shown),
        "form": TableForm(initial={"checked": data.decode("utf-8-sig")}),
    }
