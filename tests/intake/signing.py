"""Mails signed by dkimpy with a throw-away key."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


@cache
def make_key(bits: int) -> tuple[bytes, bytes]:
    """Return a private key for dkimpy and the TXT record of its public one."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def sign(
    raw: bytes, domain: str = "sender.example", *, selector: str = "s1", bits: int = 2048, **options: Any
) -> bytes:
    """Return a mail with a signature on top, over From and Subject unless told otherwise."""
    options = {"include_headers": [b"From", b"Subject"]} | options
    return dkim.sign(raw, selector.encode(), domain.encode(), make_key(bits)[0], **options) + raw
