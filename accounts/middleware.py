"""Who is logged in: the reader who came with the session, where the session proves to be his."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject


class ReaderMiddleware(AuthenticationMiddleware):
    """Django's own, but the reader is not asked for a second time."""

    def process_request(self, request):
        """Give the request its user, found out when it is first used."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: reader_of(request))


def reader_of(request):
    """The reader of this session; in every case but the plain one as Django finds out."""
    if not hasattr(request, "_cached_user"):
        request._cached_user = proven_reader(request.session) or auth.get_user(request)
    return request._cached_user


def proven_reader(session):
    """The reader beside the session, where number, backend and the hash of the password agree; else None."""
    number, backend = session.get(auth.SESSION_KEY), session.get(auth.BACKEND_SESSION_KEY)
    reader = session.reader
    if reader is None or number != str(reader.pk) or backend not in settings.AUTHENTICATION_BACKENDS:
        return None
    proof = session.get(auth.HASH_SESSION_KEY, "")
    is_proven = reader.is_active and constant_time_compare(proof, reader.get_session_auth_hash())
    return reader if is_proven else None
