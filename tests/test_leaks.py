"""Nothing leaks: sentinels stand in every gated and metered place, and no byte that a guest gets holds one."""

import re

import pytest
from django.test import Client

from codes.models import Policy, Release
from tests import drawn

pytestmark = pytest.mark.django_db

LAY = "Sentinel of the lay description"
ABOVE = "Sentinel of a note from above"
TERM = "Sentinel of an inclusion term"
LICENSED = "Sentinel of the licensed words"
POLICY = "Sentinel of a policy"
GUIDANCE = "Sentinel of our guidance"


@pytest.fixture
def world(diabetes, carriers):
    """A diagnosis and a licensed procedure with a sentinel in each place that is not free."""
    drawn.note(diabetes.e11, diabetes.release, "code_also", ABOVE)
    drawn.note(diabetes.e119, diabetes.release, "inclusion_term", TERM)
    diabetes.e119.lay_description.delete()
    drawn.lay(diabetes.e119, LAY)
    carriers.release.is_demonstration = False
    carriers.release.save()
    carriers.codes["20704"].descriptors.update(long=LICENSED, medium=LICENSED, short=LICENSED)
    drawn.lay(carriers.codes["20704"], LAY)
    for source in ("title", "consumer", "clinician"):
        carriers.codes["20704"].terms.create(
            source=source, text=LICENSED, release=carriers.release, effective_on=carriers.release.effective_on
        )
    cover(diabetes.release, "E119", "20704")
    for kind in ("guideline", "checklist"):
        for code_set, span in (("icd-10-cm", "E08-E13"), ("cpt", "")):
            drawn.guidance(code_set, span, GUIDANCE, title=GUIDANCE, sources=GUIDANCE, kind=kind)


def cover(release, *codes):
    """An article and a mapping line with sentinels that name these codes."""
    coverage = drawn.release("icd-10-cm", "2026-04-01, articles", ends=None, source="mcd")
    Release.objects.filter(pk=coverage.pk).update(code_set=None)
    article = Policy.objects.create(release=coverage, kind="article", number=POLICY, title=POLICY)
    for kind in ("procedures", "covered"):
        article.groups.create(kind=kind, number=1, paragraph=POLICY, codes=list(codes))


def everything_sent(response):
    """The bytes and headers of an answer."""
    return f"{response.headers} {b''.join(response).decode()}"


EVERYWHERE = [
    "/",
    "/icd-10-cm/",
    "/icd-10-cm/E00-E89/",
    "/icd-10-cm/E08-E13/",
    "/icd-10-cm/E11.65/",
    "/icd-10-cm/E11.8/",
    "/icd-10-cm/?q=sentinel",
    "/cpt/",
    "/cpt/20500-20705/",
    "/cpt/20703/",
    "/cpt/20799/",
    "/cpt/?q=sentinel",
    "/case2code/?q=E11.9",
    "/case2code/?q=20704",
    "/case2code/?q=licensed words",
    "/case2code/suggest/?q=E11.9",
    "/case2code/suggest/?q=20704&format=opensearch",
    "/case2code/suggest/?q=lay description",
    "/sitemap.xml",
    "/sitemap-codes.xml",
    "/opensearch.xml",
    "/robots.txt",
    "/releases/",
    "/report/icd-10-cm/E11.9/",
    "/icd-10-cm/E11.9/?dos=nonsense",
]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_no_sentinel_stands_outside_its_page(world, address):
    sent = everything_sent(Client().get(address))
    assert not [words for words in (LAY, ABOVE, TERM, LICENSED, POLICY, GUIDANCE) if words in sent]


@pytest.mark.parametrize("address", ["/icd-10-cm/E11.9/", "/cpt/20704/"])
@pytest.mark.parametrize("query", ["", "?dos=2026-05-01", "?dos=2019-01-01", "?print=1"])
def test_the_wall_holds_no_sentinel(world, guest, address, query):
    guest.get("/icd-10-cm/E11.65/")
    sent = everything_sent(guest.get(address + query))
    assert not [words for words in (LAY, ABOVE, TERM, LICENSED, POLICY, GUIDANCE) if words in sent]


def test_an_opened_page_holds_no_gated_sentinel_for_a_guest(world, guest):
    sent = everything_sent(guest.get("/icd-10-cm/E11.9/"))
    assert LAY in sent
    assert not [words for words in (ABOVE, TERM, POLICY, GUIDANCE) if words in sent]


def test_licensed_words_stand_in_the_official_description_only(world, reader_client):
    page = everything_sent(reader_client.get("/cpt/20704/"))
    official = re.search(r'(?s)<section id="official-description".*?</section>', page)[0]
    assert (official.count(LICENSED), page.count(LICENSED)) == (1, 1)


@pytest.mark.parametrize("address", ["/cpt/20704/", "/icd-10-cm/E11.9/"])
def test_a_reader_gets_the_policies_of_an_opened_page(world, reader_client, address):
    assert POLICY in everything_sent(reader_client.get(address))


@pytest.mark.parametrize("address", ["/cpt/20704/", "/icd-10-cm/E11.9/"])
def test_a_reader_gets_guideline_and_checklist_of_an_opened_page(world, reader_client, address):
    page = everything_sent(reader_client.get(address))
    assert page.count(f"<p>{GUIDANCE}</p>") == 2


def test_a_walled_reader_gets_no_sentinel(world, reader_client):
    for code in ("A", "65"):
        reader_client.get(f"/icd-10-cm/E11.{code}/")
    reader_client.get("/cpt/20702/")
    reader_client.get("/cpt/20703/")
    visitor_codes = ("X1", "X2")
    from accounts.models import PageView, Visitor
    from accounts.quota import period_of

    visitor = Visitor.objects.get(user__email="reader@example.org")
    period = period_of(visitor.created.date())
    for code in visitor_codes:
        PageView.objects.create(visitor=visitor, period=period, code_set="icd-10-cm", code=code)
    sent = everything_sent(reader_client.get("/icd-10-cm/E11.9/"))
    assert not [words for words in (LAY, ABOVE, TERM, POLICY, GUIDANCE) if words in sent]


def test_head_gets_no_body(world, guest):
    assert guest.head("/icd-10-cm/E11.9/").content == b""
