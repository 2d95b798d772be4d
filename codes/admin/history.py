"""The history of a lay description: every save with who, when and what was changed; earlier texts can be restored."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from codes.admin.differences import content_of, differences
from codes.models import LayDescription
from codes.models.editing import CONTENT, SavedInBetween

NOTHING = dict.fromkeys(CONTENT, "")
PER_PAGE = 20


class HistoryPages:
    """The pages `…/history/` and `…/history/<line>/restore/` of the admin."""

    def history_urls(self):
        """Before Django's own, which would take them for a key."""
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:pk>/history/<int:line>/restore/", view, name="codes_laydescription_restore")]

    def history_view(self, request, object_id, extra_context=None):
        """Every save, the latest first, with its differences to the one before."""
        lay = self._viewed(request, object_id)
        records = lay.history.select_related("history_user").order_by("-history_date", "-history_id")
        page = Paginator(records, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "title": f"History of the lay description of {lay.code}",
            "page": page,
            "lines": lines(list(records[page.start_index() - 1 : page.end_index() + 1]), len(page), lay),
            "can_restore": self.has_change_permission(request, lay),
        }
        return self._page(request, "history", lay, context)

    def restore_view(self, request, pk, line):
        """What restoring would change; on POST it is done."""
        lay = self._viewed(request, str(pk))
        if not self.has_change_permission(request, lay):
            raise PermissionDenied
        earlier = lay.history.select_related("history_user").filter(history_id=line).first()
        if earlier is None:
            raise Http404("This text has no such line of history.")
        if request.method == "POST":
            return self._restored(request, lay, earlier)
        context = {
            "title": f"Restore an earlier text of {lay.code}",
            "earlier": earlier,
            "differences": differences(content_of(lay), content_of(earlier)),
        }
        return self._page(request, "restore", lay, context)

    def _restored(self, request, lay, earlier):
        """Take up the earlier text, unless the one that was compared has changed since."""
        lay.version = int(request.POST.get("seen_version", "").isdecimal() and request.POST["seen_version"])
        try:
            with transaction.atomic():
                lay.restore(request.user, earlier)
        except SavedInBetween:
            messages.error(request, "Someone else saved this text in between. Compare again, then restore.")
            return HttpResponseRedirect(request.path)
        messages.success(request, f"Restored as {lay.get_state_display().lower()}.")
        return HttpResponseRedirect(reverse("admin:codes_laydescription_change", args=[lay.pk]))

    def _viewed(self, request, object_id):
        lay = self.get_object(request, object_id)
        if lay is None:
            raise Http404("There is no such lay description.")
        if not self.has_view_permission(request, lay):
            raise PermissionDenied
        return lay

    def _page(self, request, name, lay, context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, "lay": lay, **context}
        return TemplateResponse(request, f"admin/codes/laydescription/{name}.html", context)


def lines(records, number, lay):
    """The first `number` records, the latest first, each with its differences to the one before."""
    before = [*map(content_of, records[1:]), NOTHING]
    return [
        {
            "record": record,
            "what": record.history_change_reason or KINDS[record.history_type],
            "state": LayDescription.State(record.state).label,
            "differences": differences(earlier, content_of(record)),
            "is_current": content_of(record) == content_of(lay),
        }
        for record, earlier in list(zip(records, before, strict=True))[:number]
    ]


KINDS = {"+": "Came with the site or an import", "~": "Changed", "-": "Deleted"}
