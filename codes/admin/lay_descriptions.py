"""Lay descriptions in the admin: written, previewed, reviewed, published; compared and restored."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from codes.admin.desk import desk
from codes.admin.filters import NONE_YET, ReadersSeeFilter
from codes.admin.history import HistoryPages
from codes.admin.lay_form import LayDescriptionForm, unix_lines
from codes.admin.preview import preview
from codes.admin.tables import TablePages
from codes.admin.titles import cleaned, codes_found, title
from codes.admin.verbs import in_short, said
from codes.models import Code, LayDescription
from codes.models.editing import CONTENT, LONGEST_BODY


@admin.register(LayDescription)
class LayDescriptionAdmin(HistoryPages, TablePages, admin.ModelAdmin):
    """The steps are the model's verbs; these pages give them buttons."""

    form = LayDescriptionForm
    list_display = ("code", "code_set", "title", "state", "readers", "sent", "reviewed_on")
    list_filter = ("state", ReadersSeeFilter, "code__code_set")
    list_select_related = ("code__code_set", "submitted_by")
    list_per_page = 50
    ordering = ("code__code_set__position", "code__position")
    search_fields = ("body",)
    search_help_text = "A code in any spelling, words of its official title, or words of our text."
    change_list_template = "admin/codes/laydescription/change_list.html"
    change_form_template = add_form_template = "admin/codes/desk.html"
    actions = None

    # the list

    def get_queryset(self, request):
        """With the official title."""
        return super().get_queryset(request).annotate(title=title("code"))

    def get_search_results(self, request, queryset, search_term):
        """By the site's own search for codes, and by our words."""
        term = cleaned(search_term)
        if not term:
            return queryset, False
        return queryset.filter(Q(code__in=codes_found(term)) | Q(body__icontains=term)), False

    @admin.display(description="code set", ordering="code__code_set__position")
    def code_set(self, lay):
        """Whose code it is."""
        return lay.code.code_set

    @admin.display(description="official title")
    def title(self, lay):
        """What the publisher says, or our short name."""
        return lay.title

    @admin.display(description="what readers see")
    def readers(self, lay):
        """Whether there is a text on the page, and whether it is this one."""
        return in_short(lay)

    @admin.display(description="sent for review", ordering="submitted_at")
    def sent(self, lay):
        """By whom, while it waits."""
        return lay.submitted_by if lay.state == LayDescription.State.IN_REVIEW else None

    # the desk

    def get_urls(self):
        """Preview, history and tables beside Django's own pages."""
        own = path(
            "preview/", self.admin_site.admin_view(self.preview_view), name="codes_laydescription_preview"
        )
        return [own, *self.history_urls(), *self.table_urls(), *super().get_urls()]

    def get_fields(self, request, obj=None):
        """What is written; the code is known from the page the editor came from."""
        return [*([] if obj else ["code"]), *CONTENT]

    def get_form(self, request, obj=None, change=False, **kwargs):
        """The form that knows who writes."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def view_on_site(self, lay):
        """The code's page."""
        return lay.code.get_absolute_url()

    def add_view(self, request, form_url="", extra_context=None):
        """The desk of a code without a text; begun by someone else meanwhile, it is the desk of that text."""
        code = self._code_asked_for(request)
        if code is None:
            messages.info(request, "Choose the code that you want to write about.")
            return HttpResponseRedirect(f"{reverse('admin:codes_code_changelist')}?lay={NONE_YET}")
        lay = LayDescription.objects.filter(code=code).first()
        return (
            self.change_view(request, str(lay.pk))
            if lay
            else super().add_view(request, form_url, extra_context)
        )

    @staticmethod
    def _code_asked_for(request):
        key = request.POST.get("code") or request.GET.get("code", "")
        return Code.objects.filter(pk=key, kind=Code.Kind.CODE).first() if key.isdecimal() else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The desk with the form as it was sent, where it was refused."""
        form = context["adminform"].form
        code = obj.code if obj else self._code_asked_for(request)
        context |= desk(self.admin_site, request, code, form)
        context |= {"title": f"{code.code_set.name} {code.display}: lay description", "subtitle": None}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        """Save the text, then take the step of the button."""
        form.is_new_text = obj.revise(request.user, **form.content)
        if form.verb:
            reason = [form.cleaned_data.get("reason", "")] if form.verb.takes_reason else []
            getattr(obj, form.verb.name)(request.user, *reason)
        messages.success(request, said(obj, form.verb, form.is_new_text))

    def response_add(self, request, obj, post_url_continue=None):
        """Back to the desk."""
        return HttpResponseRedirect(reverse("admin:codes_laydescription_change", args=[obj.pk]))

    def response_change(self, request, obj):
        """Back to the desk."""
        return self.response_add(request, obj)

    def preview_view(self, request):
        """The text in the form as readers would see it: a page, or with `part` only its inside."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        shown = preview(unix_lines(request.POST.get("body", ""))[:LONGEST_BODY])
        context = {**self.admin_site.each_context(request), "title": "Preview", "preview": shown}
        name = "_preview" if request.POST.get("part") else "preview"
        return TemplateResponse(request, f"admin/codes/laydescription/{name}.html", context)
