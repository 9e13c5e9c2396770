"""Log-in by the authority's own identity service (OpenID Connect), by the settings OIDC_… alone; see decision 0020.

The service says who somebody is by a verified address, and the person with that address is let in. Nobody is created,
and nothing is stored of what the service says: who has the address now is asked for at each log-in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from jwt import InvalidTokenError, get_unverified_header
from requests import RequestException

from .models import Person
from .security_log import log_event

# The type of the second factor that the session holds when the service has asked for one.
SHOWN_BY_PROVIDER = "identity_provider"
# Signatures by a key that the service alone has. "none" and those by a shared secret (HS256) are not among them.
SIGNATURES = frozenset(f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512))


def claims(login: SocialLogin) -> dict[str, Any]:
    """What the service says of the person. Empty if its two answers are about different persons."""
    data: dict[str, Any] = login.account.extra_data
    token, info = data.get("id_token") or {}, data.get("userinfo") or {}
    if token and info and token.get("sub") != info.get("sub"):
        return {}
    return {**token, **info}


def person_of(login: SocialLogin) -> Person | None:
    """The person who has the address that the service vouches for; None if there is none who may log in."""
    told = claims(login)
    address = told.get("email")
    if told.get("email_verified") is not True or not isinstance(address, str):
        return None
    return Person.objects.filter(email__iexact=address, is_active=True).first()


def has_shown_second_factor(login: SocialLogin) -> bool:
    """Whether the service's log-in counts as a second factor: by OIDC_MFA, and by the claims that are demanded."""
    token = login.account.extra_data.get("id_token") or {}
    methods = token.get("amr") or []
    told = {token.get("acr"), *([methods] if isinstance(methods, str) else methods)}
    demanded = set(settings.OIDC_MFA_CLAIMS)
    return bool(settings.OIDC_MFA) and (not demanded or bool(demanded & told))


class SignedTokenAdapter(views.OpenIDConnectOAuth2Adapter):
    """allauth's client of the service, which also checks who signed the token, and that we asked this service.

    allauth trusts the connection alone, as OpenID Connect allows.
    """

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> SocialLogin:
        issuer = str(self.openid_config.get("issuer", "")).rstrip("/")
        if issuer != self.get_provider().server_url.partition("/.well-known/")[0].rstrip("/"):
            raise OAuth2Error("the service has another name than OIDC_SERVER_URL")
        if signed_by(kwargs["response"].get("id_token", "")) not in SIGNATURES:
            raise OAuth2Error("the token is not signed, or by a method that is not allowed")
        self.did_fetch_access_token = False  # what allauth asks before it leaves the signature out
        login: SocialLogin = super().complete_login(request, app, token, **kwargs)
        return login


def signed_by(token: str) -> str:
    """The method that the token says it is signed by; "" if it can't be read."""
    try:
        return str(get_unverified_header(token).get("alg", ""))
    except InvalidTokenError:
        return ""


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        is_log_in = sociallogin.state.get("process") == AuthProcess.LOGIN
        person = person_of(sociallogin) if is_log_in else None
        if person is None:
            log_event("unknown_identity", request)
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", status=403))
        sociallogin.user = person

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        log_event("identity_provider_failed", request, error=str(kwargs.get("error")))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False


class SecondFactorStage(AuthenticateStage):
    """allauth's step that asks for the app's code, left out when the identity service has asked for one."""

    def handle(self) -> tuple[Any, bool]:
        login = (self.login.signal_kwargs or {}).get("sociallogin")
        if login is None or not has_shown_second_factor(login):
            answer: tuple[Any, bool] = super().handle()
            return answer
        record_authentication(self.request, self.login.user, method="mfa", type=SHOWN_BY_PROVIDER)
        return None, True


def _told_when_away(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """allauth's view, which answers with a page instead of an error when the service can't be reached."""

    @wraps(view)
    def wrapped(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except RequestException as error:
            log_event("identity_provider_failed", request, error=type(error).__name__)
            return render(request, "socialaccount/authentication_error.html", status=503)

    return wrapped


def _come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """allauth's view to which the service leads back, with our client."""
    try:
        view = OAuth2CallbackView.adapter_view(SignedTokenAdapter(request, provider_id))
        response: HttpResponse = view(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return response


log_in = _told_when_away(views.login)
callback = _told_when_away(_come_back)
