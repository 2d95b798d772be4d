"""Where allauth meets the site's own rules."""

from allauth.account.adapter import DefaultAccountAdapter

from accounts import quota
from accounts.gating import guest_id
from accounts.networks import address_of


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and log-in of readers."""

    def login(self, request, user):
        """Log in, and join what was opened as a guest to the account."""
        super().login(request, user)
        guest = guest_id(request)
        if guest:
            quota.merge(guest, user.pk)

    def get_client_ip(self, request):
        """The address that allauth's limits count by: the one the meter sees."""
        return address_of(request)
