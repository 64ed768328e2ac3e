"""Cookies that only this portal can read: sealed under a key from SECRET_KEY, with the time until which they hold."""

import base64
import binascii
import hashlib
import json
import time
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, current_app, request
from nacl.exceptions import CryptoError
from nacl.secret import Aead


@dataclass(frozen=True)
class SealedCookie:
    """One kind of cookie. `label` goes into its key, so that none can stand in for another."""

    name: str
    label: str
    lives: timedelta

    def _box(self) -> Aead:
        key = f"{self.label}\0{current_app.config['SECRET_KEY']}"
        return Aead(hashlib.sha256(key.encode()).digest())

    def put(self, response: Response, content: dict[str, str]) -> None:
        """Gives it to the browser."""
        kept = {**content, "until": time.time() + self.lives.total_seconds()}
        response.set_cookie(
            self.name,
            base64.urlsafe_b64encode(bytes(self._box().encrypt(json.dumps(kept).encode()))).decode(),
            max_age=int(self.lives.total_seconds()),
            secure=True,
            httponly=True,
            samesite="Strict",
            path="/",
        )

    def content(self) -> dict[str, str]:
        """What this browser's cookie holds; nothing when there is none, or it is over, or it is not ours."""
        try:
            kept = json.loads(self._box().decrypt(base64.urlsafe_b64decode(request.cookies.get(self.name, ""))))
        except (binascii.Error, ValueError, CryptoError):
            return {}
        return {name: str(value) for name, value in kept.items()} if kept["until"] > time.time() else {}

    def forget(self, response: Response) -> None:
        """Takes it from the browser."""
        response.delete_cookie(self.name, path="/", secure=True, httponly=True, samesite="Strict")
