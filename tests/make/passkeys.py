"""A security key in software: what a device answers to what a page asks. ES256, no attestation."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG
ORIGIN = "https://testserver"


@dataclass
class SecurityKey:
    """One device with one passkey. count: how often it was used, unless it is not `counting`."""

    count: int = 0
    counting: bool = True
    id: bytes = field(default_factory=lambda: os.urandom(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def added(self, options: dict, origin: str = ORIGIN) -> str:
        """Return the JSON that a browser sends for `options` of adding a passkey."""
        asked = options["publicKey"]
        public = ES256.from_cryptography_key(self.private.public_key())
        device = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        about = AuthenticatorData.create(
            _hash(asked["rp"]["id"]), FLAG.UP | FLAG.UV | FLAG.AT, self._used(), device
        )
        client = CollectedClientData.create("webauthn.create", asked["challenge"], origin)
        answer = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", about, {})),
        }
        return self._said(answer)

    def used(self, options: dict, origin: str = ORIGIN) -> str:
        """Return the JSON that a browser sends for `options` of signing in."""
        asked = options["publicKey"]
        about = AuthenticatorData.create(_hash(asked["rpId"]), FLAG.UP | FLAG.UV, self._used())
        client = CollectedClientData.create("webauthn.get", asked["challenge"], origin)
        answer = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(about),
            "signature": websafe_encode(self.private.sign(about + client.hash, ec.ECDSA(SHA256()))),
        }
        return self._said(answer)

    def _used(self) -> int:
        self.count += self.counting
        return self.count

    def _said(self, answer: dict) -> str:
        name = websafe_encode(self.id)
        whole = {"id": name, "rawId": name, "type": "public-key", "response": answer}
        return json.dumps({**whole, "clientExtensionResults": {}, "authenticatorAttachment": "usb"})


def _hash(host: str) -> bytes:
    return hashlib.sha256(host.encode()).digest()
