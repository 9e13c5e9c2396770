"""An authority's identity service (OpenID Connect) on this machine: it knows one person, and signs what it says."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, SECRET = "lumen", "hemlig-hos-myndigheten"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityProvider:
    """The service. A test sets what it says of the person (`person`), and of itself (`token`)."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.person: dict[str, Any] = {"sub": "17", "email": "rut@lumen.example", "email_verified": True}
        # Claims of the id token only; they win over the others.
        self.token: dict[str, Any] = {}
        self.key: Any = KEY  # that signs the token, by the method; the service tells the public one of KEY
        self.method = "RS256"
        self.name = address
        self.challenges: dict[str, str] = {}  # code → what PKCE wants to see

    @property
    def settings(self) -> dict[str, Any]:
        """SOCIALACCOUNT_PROVIDERS with this service, as lumen/settings/base.py makes it of the variables."""
        app = {"provider_id": "myndighet", "name": "Socialstyrelsens", "client_id": CLIENT_ID, "secret": SECRET}
        return {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [{**app, "settings": {"server_url": self.address}}],
            }
        }

    def log_in(self, authorise: str) -> dict[str, str]:
        """The person logs in at the address to which LUMEN leads; gives what the service leads back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(authorise).query).items()}
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        code = f"kod-{len(self.challenges)}"
        self.challenges[code] = asked["code_challenge"]
        return {"code": code, "state": asked["state"]}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            places = {"authorization": "authorise", "token": "token", "userinfo": "userinfo"}
            found = {f"{name}_endpoint": f"{self.address}/{place}" for name, place in places.items()}
            return 200, {"issuer": self.name, "jwks_uri": f"{self.address}/keys", **found}
        if path == "/token":
            return self._token(form)
        if path == "/userinfo":
            return 200, self.person
        if path == "/keys":
            return 200, {"keys": [{**RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "1", "alg": "RS256"}]}
        return 404, {}

    def _token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        challenge = self.challenges.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if challenge != shown or form.get("client_secret") != SECRET:
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.name, "aud": CLIENT_ID, "exp": time.time() + 60, **self.person, **self.token}
        return 200, {"access_token": "nyckel", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, self.method, headers={"kid": "1"})


@contextmanager
def running() -> Iterator[IdentityProvider]:
    """Start the service on a free port, and end it afterwards."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        def _answer(self, form: dict[str, str]) -> None:
            status, content = service.answer(urlsplit(self.path).path, form)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = IdentityProvider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
