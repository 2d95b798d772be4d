"""Where allauth meets the site's own rules."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages

from accounts import quota
from accounts.gating import guest_id, set_guest_cookie
from accounts.models import User
from accounts.networks import address_of


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and log-in of readers."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        "duplicate_email": "This is the address of your account already.",
        "email_password_mismatch": "No account has this address and this password. Please look at both.",
        "email_taken": "An account with this e-mail address exists already. Please log in instead.",
        "enter_current_password": "That is not your current password.",
        "incorrect_code": "That is not the code from the mail. Please look again.",
        "incorrect_password": "That is not your password.",
        "rate_limited": "Too many requests. Please wait a few minutes.",
        "too_many_login_attempts": "Too many attempts. Please wait a few minutes, then try again.",
    }

    def post_login(self, request, user, **login):
        """Join what was opened as a guest to the account, and know the browser after the log-out."""
        response = super().post_login(request, user, **login)
        set_guest_cookie(response, quota.join(guest_id(request), user.pk))
        return response

    def confirm_email(self, request, email_address):
        """Confirm the address, unless another account has it as its own by now."""
        others = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id)
        if not others.exists():
            return super().confirm_email(request, email_address)
        self.add_message(
            request,
            messages.ERROR,
            "account/messages/email_confirmation_failed.txt",
            {"email": email_address.email},
        )
        return False

    def get_client_ip(self, request):
        """The address that allauth's limits count by: the one the meter sees."""
        return address_of(request)

    def get_password_change_redirect_url(self, request):
        """Back to the account page, which says that it is done."""
        return "/account/"
