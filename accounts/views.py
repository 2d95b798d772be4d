"""The reader's own page: what is left, what was opened, asking for more, the export, the end."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import mail, panels, presenters
from accounts.forms import AskForm, DeletionForm
from accounts.gating import COOKIE, access_of
from accounts.models import Visitor


@require_safe
@never_cache
@login_required
def account(request):
    """What is left and when it resets, what was opened, and everything a reader can do with the account."""
    visitor = Visitor.objects.filter(user=request.user).first()
    counted, earlier = presenters.opened_pages(visitor, timezone.localdate())
    return render(
        request,
        "accounts/account_detail.html",
        {
            "access": access_of(request),
            "asked_on": visitor and visitor.asked_on,
            "ask_form": AskForm(),
            "counted": counted,
            "earlier": earlier,
            "extra_views": settings.REGISTERED_EXTRA_CODE_PAGE_VIEWS,
            "waits_for_mail": settings.MAIL_IS_SENT and not request.user.has_verified_email,
            "panels": panels.shown(request.user),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def ask(request):
    """Ask for more page views; the request stands in the admin until it is answered."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        visitor, _ = Visitor.objects.get_or_create(user=request.user)
        visitor.ask(form.cleaned_data["words"], timezone.localdate())
        messages.success(request, "We have your request. The answer is on this page as soon as there is one.")
        return redirect("accounts:account")
    return render(request, "accounts/ask_form.html", {"form": form})


@require_safe
@never_cache
@login_required
def export(request):
    """All that we keep about the reader, as a JSON file."""
    response = JsonResponse(presenters.own_data(request.user), json_dumps_params={"indent": 2})
    name = f"coding-ahead-{timezone.localdate()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
@login_required
def delete(request):
    """Say what goes, ask for the password, delete, log out."""
    form = DeletionForm(request.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "accounts/deletion_form.html", {"form": form, "going": panels.going()})
    address = request.user.email
    request.user.close()
    logout(request)
    mail.account_deleted(address)
    response = render(request, "accounts/deletion_done.html", {"going": panels.going(), "address": address})
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
