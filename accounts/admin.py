"""Readers in the admin: who has an account, what each may open, and what was opened."""

from functools import wraps

from allauth.account import admin as allauth_admin  # registers its own models, before we say otherwise
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone

from accounts import quota
from accounts.models import NetworkDay, PageView, User, Visitor


def through_allauth(login):
    """Log-in to the admin by allauth, with its limits; a reader who is no staff gets a page that says so."""

    @wraps(login)
    def wrapper(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.is_staff:
            return render(request, "accounts/staff_only.html", status=403)
        return secure_admin_login(login)(request, *args, **kwargs)

    return wrapper


admin.site.login = through_allauth(admin.site.login)
# a reader's addresses stand on the reader's own page instead
admin.site.unregister(allauth_admin.EmailAddress)


class SeenByStaff(admin.ModelAdmin):
    """Every member of staff may look; changing needs the permission."""

    def has_view_permission(self, request, obj=None):
        """Whether to show the rows."""
        return request.user.is_staff

    def has_module_permission(self, request):
        """Whether to name the model on the first page."""
        return request.user.is_staff


class ReadOnly(SeenByStaff):
    """Written by the meter alone."""

    show_full_result_count = False

    def has_add_permission(self, request, obj=None):
        """Never."""
        return False

    def has_change_permission(self, request, obj=None):
        """Never."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Never."""
        return False


class ReaderCreationForm(AdminUserCreationForm):
    """A new account: address and password."""

    class Meta:
        model = User
        fields = ("email",)


class EmailAddresses(admin.StackedInline):
    """The addresses of the account; a tick at “verified” stands for an answered mail."""

    model = EmailAddress
    extra = 0
    fields = ("email", "primary", "verified")
    readonly_fields = ("email", "primary")
    can_delete = False
    verbose_name_plural = "E-mail addresses (tick “verified” where a mail cannot be answered)"

    def has_add_permission(self, request, obj=None):
        """Never: the reader adds it, so that its mail goes out."""
        return False


class Allowance(admin.StackedInline):
    """What the reader may open."""

    model = Visitor
    fk_name = "user"
    fields = ("allowance", "is_unlimited", "asked_on", "asked_for")
    readonly_fields = ("asked_for",)
    verbose_name = "Page views"
    verbose_name_plural = "Page views"
    can_delete = False


@admin.register(User)
class ReaderAdmin(UserAdmin):
    """Accounts, by e-mail address."""

    add_form = ReaderCreationForm
    list_display = ("email", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email",)
    ordering = ("email",)
    date_hierarchy = "date_joined"
    readonly_fields = ("last_login", "date_joined")
    inlines = [EmailAddresses, Allowance]
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("What the account may do", {"fields": ("is_active", "is_staff", "groups", "is_superuser")}),
        ("Single permissions", {"classes": ["collapse"], "fields": ("user_permissions",)}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def get_readonly_fields(self, request, obj=None):
        """The address is the reader's to change; rights are given by operators only."""
        rights = ("is_staff", "is_superuser", "groups", "user_permissions")
        address = ("email",) if obj else ()
        return (*self.readonly_fields, *address, *(() if request.user.is_superuser else rights))

    def get_inlines(self, request, obj):
        """Only for an account that exists."""
        return self.inlines if obj else []

    def get_deleted_objects(self, objs, request):
        """What goes along; who may delete a reader may delete what the meter wrote about the reader."""
        shown, counts, _, protected = super().get_deleted_objects(objs, request)
        return shown, counts, set(), protected

    def delete_model(self, request, obj):
        """Delete the account as its reader would."""
        obj.close()

    def delete_queryset(self, request, queryset):
        """Delete each account as its reader would."""
        for user in queryset:
            user.close()


class AskedForMore(admin.SimpleListFilter):
    """Readers whose request waits for an answer."""

    title = "asked for more"
    parameter_name = "asked"

    def lookups(self, request, model_admin):
        """The choices."""
        return [("yes", "Waits for an answer")]

    def queryset(self, request, queryset):
        """The oldest request first."""
        return queryset.filter(asked_on__isnull=False).order_by("asked_on") if self.value() else queryset


@admin.register(Visitor)
class VisitorAdmin(SeenByStaff):
    """Readers who have logged in or have an allowance of their own; guests are nobody's business."""

    list_display = ("user", "opened", "may_open", "allowance", "is_unlimited", "asked_on", "asked_for")
    list_filter = (AskedForMore, "is_unlimited")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    autocomplete_fields = ("user",)
    fields = ("user", "allowance", "is_unlimited", "asked_on", "asked_for", "opened")
    readonly_fields = ("asked_for", "opened")
    actions = ["answered"]

    def get_queryset(self, request):
        """Readers, with how many pages each opened in this period, and whether a mail was answered."""
        period = quota.period_of(timezone.localdate())
        opened = Count("page_views", filter=Q(page_views__period=period))
        verified = Exists(EmailAddress.objects.filter(user=OuterRef("user"), verified=True))
        readers = super().get_queryset(request).filter(user__isnull=False)
        return readers.annotate(opened_now=opened, is_verified=verified)

    def get_readonly_fields(self, request, obj=None):
        """Whose row it is stays."""
        return (*self.readonly_fields, "user") if obj else self.readonly_fields

    def has_delete_permission(self, request, obj=None):
        """Never: it would give the reader a fresh count. Deleting the account takes it along."""
        return False

    @admin.display(description="opened in this period", ordering="opened_now")
    def opened(self, visitor):
        """How many pages the reader opened in this period."""
        return getattr(visitor, "opened_now", 0)

    @admin.display(description="may open")
    def may_open(self, visitor):
        """How many the reader may open all in all."""
        who = quota.Who(
            user_id=visitor.user_id,
            has_extra_views=not settings.MAIL_IS_SENT or visitor.is_verified,
            is_staff=visitor.user.is_staff,
        )
        limit = quota.limit_of(who, visitor.allowance, visitor.is_unlimited)
        return "any number" if limit is None else limit

    @admin.action(description="Answered: take off the list of who asked for more", permissions=["change"])
    def answered(self, request, queryset):
        """Empty the requests."""
        number = queryset.update(asked_on=None, asked_for="")
        self.message_user(request, f"{number} taken off the list. Set the allowance of each on its own page.")


@admin.register(PageView)
class PageViewAdmin(ReadOnly):
    """Which code pages were opened; nothing here can be changed."""

    list_display = ("opened_at", "code_set", "code", "visitor", "period")
    list_filter = ("code_set", ("opened_at", admin.DateFieldListFilter))
    list_select_related = ("visitor__user",)
    search_fields = ("=code", "visitor__user__email")
    search_help_text = "A code without its dot, or a reader's e-mail address"


@admin.register(NetworkDay)
class NetworkDayAdmin(ReadOnly):
    """How many views the guests of one network took on a day: the brake on scraping."""

    list_display = ("day", "views", "network")
    list_filter = ("day",)
    ordering = ("-day", "-views")
