from __future__ import annotations

from pathlib import Path

import pytest

from config.providers import find_provider, load_providers
from domain.errors import ConfigError

PROFILES = load_providers()


def test_the_four_providers_are_shipped() -> None:
    assert sorted(PROFILES) == ["163", "exmail", "generic", "qq"]
    assert not PROFILES["163"].provider.uses_idle
    assert all(p.provider.sends_id for p in PROFILES.values())


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("a@163.com", "163"),
        ("a@YEAH.net", "163"),
        ("919444279@qq.com", "qq"),
        ("a@shandong.example", "generic"),
        ("a@exmail.example", "generic"),
    ],
)
def test_a_provider_is_told_by_the_domain(address: str, code: str) -> None:
    assert find_provider(PROFILES, address).provider.code == code


def test_a_domain_twice_is_refused(tmp_path: Path) -> None:
    text = (
        'code = "{0}"\ndomains = ["a.example"]\nsends_id = true\nuses_idle = true\npace_s = 1\n'
        "letters_per_session = 1\ndaily_letters = 1\nimap.port = 993\nsmtp.port = 465\n"
    )
    for code in ("one", "two"):
        (tmp_path / f"{code}.toml").write_text(text.format(code), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_providers(tmp_path)
    assert (caught.value.key, caught.value.problem) == ("domains", '"a.example" stands there twice')
