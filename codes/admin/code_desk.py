"""A code on the desk: found by number or words, the official text beside the lay description."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from codes.admin.desk import desk
from codes.admin.filters import NONE_YET, LayTextFilter
from codes.admin.openings import with_openings
from codes.admin.read_only import ReadOnly
from codes.admin.titles import cleaned, title
from codes.models import Code
from codes.models.codes import IMPORTED_FIELDS


@admin.register(Code)
class CodeAdmin(ReadOnly, admin.ModelAdmin):
    """Codes are imported, so nothing of them is edited; what is written here is the lay description."""

    fields = readonly_fields = IMPORTED_FIELDS["code"]
    list_display = ("display", "code_set", "title", "lay_text", "opened")
    list_filter = (LayTextFilter, "code_set", "kind")
    list_select_related = ("code_set", "lay_description")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("code",)
    search_help_text = (
        "A code in any spelling (e119, E11.9, 20703), the beginning of one, or words of its title."
    )

    def get_queryset(self, request):
        """With the title and how often the page was opened; the list orders it."""
        return with_openings(Code.objects.annotate(title=title()))

    def get_ordering(self, request):
        """The publisher's order; where texts are missing, the pages that are opened most."""
        most_opened = ["-opened"] if request.GET.get(LayTextFilter.parameter_name) == NONE_YET else []
        return [*most_opened, "code_set__position", "position"]

    def get_search_results(self, request, queryset, search_term):
        """What the site's own search finds, best first."""
        term = cleaned(search_term)
        return (queryset.search(term) if term else queryset), False

    @admin.display(description="code", ordering="position")
    def display(self, code):
        """The code as on the page."""
        return code.display

    @admin.display(description="title")
    def title(self, code):
        """Its latest official text, or our short name."""
        return code.title

    @admin.display(description="lay description", empty_value="none yet")
    def lay_text(self, code):
        """How far its text has come."""
        lay = getattr(code, "lay_description", None)
        return lay and lay.get_state_display()

    @admin.display(description="opened", ordering="opened")
    def opened(self, code):
        """How often its page was opened."""
        return code.opened

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The desk: official text beside the form of the lay description."""
        code = self.get_object(request, object_id)
        if not self.has_view_permission(request, code):
            raise PermissionDenied
        if code is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{code.code_set.name} {code.display}",
            "opts": self.opts,
            "original": code,
            **desk(self.admin_site, request, code),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/codes/desk.html", context)
