"""The cast: a few codes in drawn relations, a guest, and a reader with six views a month."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from accounts.models import User
from codes.presenters.home import count_codes
from codes.views.kept_pages import SHELF
from tests import drawn


@pytest.fixture(autouse=True)
def contract_numbers(settings):
    """The meter as the contract sets it, no mail server, and no page kept from another test."""
    settings.GUEST_CODE_PAGE_VIEWS = 1
    settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS = 5
    settings.CODE_PAGE_VIEW_PERIOD = "month"
    settings.GUEST_VIEWS_PER_NETWORK_PER_DAY = 200
    settings.MAIL_IS_SENT = False
    SHELF.clear()
    count_codes.cache_clear()
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }


@pytest.fixture
def guest():
    """A browser without an account."""
    return Client()


@pytest.fixture
def reader(db):
    """An account that has opened nothing."""
    return User.objects.create_user("reader@example.org", "a-long-pass-phrase")


@pytest.fixture
def reader_client(reader):
    """The reader's browser."""
    client = Client()
    client.force_login(reader)
    return client


@pytest.fixture
def diabetes(db):
    """ICD-10-CM in small: a chapter, a block, E11 with four codes below, and notes at every level."""
    release = drawn.release("icd-10-cm")
    chapter = drawn.code(release, "E00-E89", "Endocrine diseases", label="Chapter 4")
    block = drawn.code(release, "E08-E13", "Diabetes mellitus", chapter)
    e11 = drawn.code(release, "E11", "Type 2 diabetes mellitus", block, billable=False)
    e1165 = drawn.code(release, "E11.65", "Type 2 diabetes mellitus with hyperglycemia", e11)
    e119 = drawn.code(release, "E11.9", "Type 2 diabetes mellitus without complications", e11)
    e11a = drawn.code(release, "E11.A", "Type 2 diabetes mellitus without complications in remission", e11)
    drawn.note(chapter, release, "excludes1", "transitory disorders specific to newborn (P70-P74)")
    drawn.note(e11, release, "excludes1", "gestational diabetes of the drawn kind (O24.4-)")
    drawn.note(e11, release, "use_additional", "code to identify control using insulin (Z79.4)")
    drawn.note(e119, release, "excludes1", "type 2 diabetes, without complications in remission (E11.A)")
    drawn.note(e1165, release, "inclusion_term", "Sugar above the drawn measure")
    drawn.lay(e119, "Sugar builds up in the blood. With high sugar named it is E11.65.")
    return SimpleNamespace(
        release=release, chapter=chapter, block=block, e11=e11, e1165=e1165, e119=e119, e11a=e11a
    )


@pytest.fixture
def fracture(db):
    """Codes with seventh characters and sides: S72.001 and S72.002 with A and D."""
    release = drawn.release("icd-10-cm")
    block = drawn.code(release, "S70-S79", "Injuries to the hip and thigh")
    s7200 = drawn.code(
        release, "S72.00", "Fracture of unspecified part of neck of femur", block, billable=False
    )
    made = {}
    for number, side in (("1", "right"), ("2", "left")):
        title = f"Fracture of unspecified part of neck of {side} femur"
        header = drawn.code(release, f"S72.00{number}", title, s7200, billable=False)
        for character, text in (("A", "initial encounter"), ("D", "subsequent encounter")):
            made[number + character] = drawn.code(
                release, f"S72.00{number}{character}", f"{title}, {text}", header
            )
    return SimpleNamespace(release=release, s7200=s7200, codes=made)


@pytest.fixture
def carriers(db):
    """CPT in small, in words of our own: 20702 to 20704 under a range."""
    release = drawn.release(
        "cpt", "Demonstration", date(2021, 1, 1), None, is_demonstration=True, notice="Words of our own."
    )
    above = drawn.code(release, "20500-20705", "Placing and taking out")
    made = {
        number: drawn.code(release, number, title, above, short=short, is_addon=True)
        for number, short, title in (
            ("20702", "Made and placed, inside bone", "Making and placing a carrier inside a bone, drawn"),
            ("20703", "Taken out, inside bone", "Taking out a carrier from inside a bone, drawn"),
            ("20704", "Made and placed, in a joint", "Making and placing a carrier in a joint, drawn"),
        )
    }
    drawn.lay(made["20703"], "A rod of cement is drawn out of the bone. Placing one is 20702.")
    return SimpleNamespace(release=release, above=above, codes=made)
