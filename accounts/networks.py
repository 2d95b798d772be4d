"""Where a request comes from, as a network that leads back to no address."""

import ipaddress

from django.conf import settings
from django.utils.crypto import salted_hmac


def address_of(request):
    """The client's address: the one that our outermost trusted proxy saw."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
        return hops[-settings.TRUSTED_PROXIES]
    return request.META.get("REMOTE_ADDR", "")


def network_of(address):
    """The /24 or /64 that the address lies in; what is no address stands for itself."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 64), strict=False))


def hidden_network(request, day):
    """The network as a keyed hash that changes every day."""
    value = f"{day}:{network_of(address_of(request))}"
    return salted_hmac("accounts.network", value, algorithm="sha256").hexdigest()[:32]
