"""How often pages were opened, as the editors' list asks."""

import pytest

from accounts import openings
from accounts.models import PageView, Visitor

pytestmark = pytest.mark.django_db


def test_views_of_all_visitors_are_added_up():
    for _ in range(2):
        visitor = Visitor.objects.create()
        PageView.objects.create(visitor=visitor, period="2026-11", code_set="cpt", code="20703")
    PageView.objects.create(visitor=visitor, period="2026-11", code_set="icd-10-cm", code="E119")
    assert openings.counts() == {("cpt", "20703"): 2, ("icd-10-cm", "E119"): 1}
