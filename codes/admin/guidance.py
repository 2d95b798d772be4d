"""Our own guidelines and checklists in the admin: drafted by Editors, published by Reviewers."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from simple_history.admin import SimpleHistoryAdmin

from codes.admin.preview import preview
from codes.models import Guidance
from codes.models.guidance import SCOPE, WORDS

PUBLISH = "codes.publish_guidance"
SEEN_NOT_REVIEWED = "This text, not yet reviewed"


@admin.register(Guidance)
class GuidanceAdmin(SimpleHistoryAdmin):
    """The form is the manual: each field says what belongs in it."""

    list_display = (
        "title",
        "kind",
        "where",
        "state",
        "readers",
        "effective_on",
        "terminated_on",
        "published_at",
    )
    list_filter = ("kind", "state", "is_seed", "code_set")
    list_select_related = ("code_set",)
    list_per_page = 50
    ordering = ("code_set__position", "first", "kind")
    search_fields = ("title", "body", "first", "last")
    search_help_text = "Words of the title or the text, or the first or last code without its dot."
    change_form_template = "admin/codes/guidance/change_form.html"
    actions = ("publish", "withdraw")
    fieldsets = (
        (
            "Where and when readers see it",
            {
                "fields": SCOPE,
                "description": "Once readers see a text, only a Reviewer changes these; a change holds at once.",
            },
        ),
        ("What they read", {"fields": WORDS}),
        ("As saved", {"fields": ("readers", "as_readers_would_see_it")}),
    )

    def has_delete_permission(self, request, obj=None):
        """A text is withdrawn or ended, so that its history stays."""
        return False

    def has_publish_permission(self, request):
        """Whether this account may decide what readers see."""
        return request.user.has_perm(PUBLISH)

    def get_readonly_fields(self, request, obj=None):
        """What only a Reviewer changes, and what is no field."""
        is_fixed = obj and obj.is_public and not self.has_publish_permission(request)
        return (*(SCOPE if is_fixed else ()), "readers", "as_readers_would_see_it")

    def render_change_form(self, request, context, *args, **kwargs):
        """With the Reviewer's button."""
        context["can_publish"] = self.has_publish_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """Save the draft; with the Reviewer's button, show it to readers."""
        is_publishing = "_publish" in request.POST
        if is_publishing and not self.has_publish_permission(request):
            raise PermissionDenied
        obj.revise(request.user)
        if is_publishing:
            obj.publish(request.user)

    @admin.display(description="for")
    def where(self, guidance):
        """The code, range or code set."""
        return guidance.where

    @admin.display(description="what readers see")
    def readers(self, guidance):
        """Whether there is a text on the pages, and whether it is this one."""
        if not guidance.is_public:
            return "Nothing yet"
        if guidance.is_ahead:
            return "An older text"
        return SEEN_NOT_REVIEWED if guidance.is_seed else "This text"

    @admin.display(description="as readers would see it")
    def as_readers_would_see_it(self, guidance):
        """The saved text with its links."""
        return render_to_string("admin/codes/guidance/_preview.html", {"preview": preview(guidance.body)})

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request, queryset):
        """Show the chosen texts to readers, as reviewed today."""
        for guidance in queryset:
            guidance.publish(request.user)
        messages.success(request, f"Published: {len(queryset)}. Readers see these texts now.")

    @admin.action(description="Withdraw from readers", permissions=["publish"])
    def withdraw(self, request, queryset):
        """Take the chosen texts off the site."""
        for guidance in queryset:
            guidance.withdraw(request.user)
        messages.success(request, f"Withdrawn: {len(queryset)}. They stay here as drafts.")
