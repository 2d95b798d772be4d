"""Readers, and the code pages that visitors opened."""

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property

from accounts import panels


class UserManager(BaseUserManager):
    """Accounts that are known by their e-mail address."""

    @classmethod
    def normalize_email(cls, email):
        """The address in lower case throughout: log-in asks for it that way."""
        return (email or "").strip().lower()

    def create_user(self, email, password=None, **fields):
        """A reader with this address."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """An account that may do everything in the admin; its address counts as confirmed."""
        fields = {"is_staff": True, "is_superuser": True} | fields
        with transaction.atomic():
            user = self.create_user(email, password, **fields)
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user


class User(AbstractUser):
    """A reader, editor or operator; the e-mail address is the name to log in with."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(
        "e-mail address",
        unique=True,
        help_text="The name to log in with. The reader changes it on the account page, with a mail to "
        "the new address.",
        error_messages={"unique": "An account with this e-mail address exists already."},
    )

    known = None  # what came with the session (accounts/sessions.py); None where that is not all
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        verbose_name = "reader"

    @cached_property
    def visitor_pk(self):
        """The key of the reader's visitor, if any; `ReaderBackend` brings it along in its own query."""
        return Visitor.objects.filter(user=self).values_list("pk", flat=True).first()

    @cached_property
    def has_verified_email(self):
        """Whether the reader has answered a mail; `ReaderBackend` brings it along in its own query."""
        return EmailAddress.objects.filter(user=self, verified=True).exists()

    def get_full_name(self):
        """The only name we ask for."""
        return self.email

    @property
    def is_last_operator(self):
        """Whether nobody else could do everything in the admin if this account went."""
        operators = User.objects.filter(is_superuser=True, is_active=True)
        return self.is_superuser and not operators.exclude(pk=self.pk).exists()

    @transaction.atomic
    def close(self):
        """Delete the account with all that the site keeps about the reader, for good."""
        # a page that is being opened right now is counted first and goes with the rest, or finds no account
        list(User.objects.select_for_update().filter(pk=self.pk))
        list(Visitor.objects.select_for_update().filter(user=self))
        for panel in panels.PANELS:
            panel.delete(self)
        # takes the visitor, what it opened, and the guests that were joined to it along
        self.delete()

    def get_short_name(self):
        """The address shortened for the header: `mira@…`."""
        return f"{self.email.partition('@')[0]}@…"


READER_FIELDS = [field.attname for field in User._meta.concrete_fields]
# What a page asks of an account: its visitor, whether a mail was answered, and the account (u, v: reader and visitor).
READER_COLUMNS = ", ".join(
    ["v.id", "EXISTS(SELECT 1 FROM account_emailaddress e WHERE e.user_id = u.id AND e.verified)"]
    + [f"u.{field.column}" for field in User._meta.concrete_fields]
)


def reader_from_row(row):
    """The account out of a row of `READER_COLUMNS`; None where there is none."""
    values = dict(zip(READER_FIELDS, row[2:], strict=True))
    if values["id"] is None:
        return None
    user = User.from_db(connection.alias, READER_FIELDS, row[2:])
    user.visitor_pk, user.has_verified_email = row[:2]
    return user


class Session(AbstractBaseSession):
    """A browser's session; whose it is stands in a column, so that one query reads both."""

    reader = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")


class Visitor(models.Model):
    """One who opens code pages: a browser with our cookie, or a reader. Its row is the lock of the meter."""

    user = models.OneToOneField(
        User,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="visitor",
        help_text="Empty for a guest, who is known by a cookie only.",
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="merged",
        help_text="The reader's row that took over this guest's views at log-in.",
    )
    allowance = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Code pages this reader may open in a period, all in all. Empty: as every reader.",
    )
    is_unlimited = models.BooleanField(
        "unlimited",
        default=False,
        help_text="May open any number of code pages; what is opened is still counted.",
    )
    asked_on = models.DateField(
        "asked for more on",
        null=True,
        blank=True,
        help_text="The day the reader asked for more views on the account page. Empty it when the request is "
        "answered.",
    )
    asked_for = models.TextField("in the reader's words", blank=True, max_length=1000)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None) | Q(merged_into=None), name="visitor_of_a_reader_is_never_merged"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="visitor_not_merged_into_itself"
            ),
        ]

    def __str__(self):
        return str(self.user) if self.user_id else f"Guest {self.pk}"

    def ask(self, words, on):
        """Ask the staff for more page views; asking again replaces the words."""
        self.asked_for, self.asked_on = words, on
        self.save(update_fields=["asked_for", "asked_on"])


class PageView(models.Model):
    """One code that a visitor opened in a period; opening it again is free."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="page_views")
    period = models.CharField(
        max_length=10, help_text="2026-11, 2026-11-24 or lifetime, as the meter is set."
    )
    code_set = models.CharField(max_length=20, help_text="The code set's word in addresses.")
    code = models.CharField(
        max_length=24,
        help_text="The code that is counted; ICD-10-CM codes that differ in the seventh character only are "
        "one.",
    )
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "period", "code_set", "code"], name="page_view_once_in_a_period"
            )
        ]

    def __str__(self):
        return f"{self.code_set} {self.code} ({self.period})"


class NetworkDay(models.Model):
    """How many views the guests of one network took on one day; the address itself is never kept."""

    day = models.DateField()
    network = models.CharField(
        max_length=32, help_text="A keyed hash of day and network; it leads back to no address."
    )
    views = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "network"], name="network_once_a_day")]

    def __str__(self):
        return f"{self.day}: {self.views}"
