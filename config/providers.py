"""Reads the mail providers: their servers, and the habits that sessions must respect."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.toml import Table, read_toml
from domain.accounts import Endpoint, Provider, Tls

SHIPPED_PROVIDERS = Path(__file__).parent / "providers"
GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class ProviderProfile:
    """A provider, the domains it is known by, and its servers; a host is '' where each mailbox names its own.

    ``authserv_ids`` are the names under which it writes Authentication-Results (RFC 8601 2.5).
    """

    provider: Provider
    domains: tuple[str, ...]
    imap: Endpoint
    smtp: Endpoint
    authserv_ids: tuple[str, ...] = ()


def load_providers(folder: Path = SHIPPED_PROVIDERS) -> Mapping[str, ProviderProfile]:
    """Return the providers by code. Raises: ConfigError, also on a code or domain that stands there twice."""
    profiles: dict[str, ProviderProfile] = {}
    domains: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        root = read_toml(path)
        profile = _read_profile(root)
        if profile.provider.code in profiles:
            raise root.error("code", f'"{profile.provider.code}" stands there twice')
        for domain in profile.domains:
            if domain in domains:
                raise root.error("domains", f'"{domain}" stands there twice')
        domains.update(profile.domains)
        profiles[profile.provider.code] = profile
    return profiles


def find_provider(profiles: Mapping[str, ProviderProfile], address: str) -> ProviderProfile:
    """Return the provider that an address's domain is known by, else the generic one."""
    domain = address.rpartition("@")[2].lower()
    return next((p for p in profiles.values() if domain in p.domains), profiles[GENERIC])


def _read_profile(root: Table) -> ProviderProfile:
    root.expect(
        (
            *("code", "domains", "sends_id", "uses_idle", "pace_s", "letters_per_session", "daily_letters"),
            *("authserv_ids", "imap", "smtp"),
        )
    )
    return ProviderProfile(
        Provider(
            code=root.text("code"),
            sends_id=root.flag("sends_id"),
            uses_idle=root.flag("uses_idle"),
            pace_s=root.number("pace_s"),
            letters_per_session=root.integer("letters_per_session", least=1),
            daily_letters=root.integer("daily_letters", least=1),
        ),
        domains=tuple(domain.lower() for domain in root.texts("domains")),
        imap=_read_endpoint(root.table("imap")),
        smtp=_read_endpoint(root.table("smtp")),
        authserv_ids=read_authserv_ids(root),
    )


def read_authserv_ids(table: Table) -> tuple[str, ...]:
    """Return the servers whose word on a sender counts, small letters. Raises: ConfigError when one is no name."""
    names = tuple(name.lower() for name in table.texts("authserv_ids"))
    for name in names:
        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,252}", name):
            raise table.error("authserv_ids", f'"{name}" is no server\'s name', '"mx.qq.com", or "coremail"')
    return names


def _read_endpoint(table: Table) -> Endpoint:
    table.expect(("host", "port", "tls"))
    return Endpoint(
        host=table.text("host", ""),
        port=table.integer("port", least=1, most=65535),
        tls=Tls(table.choice("tls", tuple(Tls), Tls.IMPLICIT)),
    )
