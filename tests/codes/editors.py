"""The cast of the admin's tests: a few codes, an Editor, a Reviewer, and texts."""

from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from codes.models import Code, CodeSet, Descriptor, LayDescription, Release, Term

TEXT = "Removal of a drug-delivery device that was placed deep in the tissue. See 20702."


def account(group=None, email=None, **fields):
    """An account in the group (Editor, Reviewer), or a reader."""
    user = get_user_model().objects.create_user(
        email or f"{(group or 'reader').lower()}@example.org", "a-long-pass-phrase", **fields
    )
    if group:
        user.is_staff = True
        user.save()
        user.groups.add(Group.objects.get(name=group))
    return user


def browser(user):
    """A browser in which this account is logged in."""
    client = Client()
    client.force_login(user)
    return client


def release(code_set="cpt"):
    """A release of the code set, in force from 2021 on."""
    found = Release.objects.filter(code_set__slug=code_set).first()
    return found or Release.objects.create(
        source=f"{code_set}-demonstration",
        code_set=CodeSet.objects.known(code_set),
        edition="Demonstration",
        effective_on=date(2021, 1, 1),
        source_file="cpt_demonstration.csv",
        sha256="0" * 64,
        state=Release.State.CURRENT,
    )


def code(number="20703", title="Removal of deep drug device", code_set="cpt", **fields):
    """A code with a descriptor and a title to be found by."""
    edition = release(code_set)
    made = Code.objects.create(
        code_set=edition.code_set, code=number, position=Code.objects.count(), **fields
    )
    window = {"code": made, "release": edition, "effective_on": edition.effective_on}
    Descriptor.objects.create(**window, billable=True, long=title, short=title[:80])
    Term.objects.create(**window, source=Term.Source.TITLE, text=title)
    return made


def lay(of=None, body=TEXT, by=None, **fields):
    """A draft of a lay description."""
    made = LayDescription(
        code=of or code(),
        **{"body": body, "author_role": "Medical editor", "drafted_on": date(2026, 1, 2)} | fields,
    )
    made.revise(by)
    return made


def published(of=None, by=None, **fields):
    """A lay description that went the whole way."""
    made = lay(of, by=by, **fields)
    made.submit(by)
    made.publish(by)
    return made


def seed(of=None, body=TEXT):
    """A text as it comes with the site: shown, not yet reviewed."""
    return LayDescription.objects.create(
        code=of or code(),
        body=body,
        published_body=body,
        author_role="Medical editor",
        published_author_role="Medical editor",
        drafted_on=date(2026, 1, 2),
        published_drafted_on=date(2026, 1, 2),
        is_seed=True,
        state=LayDescription.State.PUBLISHED,
    )
