"""How often each code page was opened, for the editors' list (`OPENED_COUNTS` in the settings)."""

from django.db.models import Count

from accounts.models import PageView


def counts():
    """{(code set, counted code): times} over all views that are kept; one per visitor and period."""
    rows = PageView.objects.order_by().values_list("code_set", "code").annotate(times=Count("pk"))
    return {(code_set, code): times for code_set, code, times in rows}
