"""Which names speak for which: an owner for what is below his, a public suffix for nobody."""

from __future__ import annotations

import pytest

from intake.alignment import is_aligned


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("sender.example", "mail.sender.example"),
        ("qq.com", "vip.qq.com"),
        ("163.com", "a.b.163.com"),
        ("sender.com.cn", "mail.sender.com.cn"),
        ("dl.gov.cn", "ybj.dl.gov.cn"),
        ("dlut.edu.cn", "mail.dlut.edu.cn"),
        ("hit.cn", "mail.hit.cn"),
        ("医保.中国", "mail.医保.中国"),
        ("firm.co.uk", "mail.firm.co.uk"),
        ("firm.com.hk", "mail.firm.com.hk"),
        ("Sender.Example.", "mail.sender.example"),
        ("xn--fiq228c.example", "mail.中文.example"),
    ],
)
def test_an_owner_s_names_are_aligned_both_ways(upper: str, lower: str) -> None:
    assert is_aligned(upper, lower)
    assert is_aligned(lower, upper)
    assert is_aligned(upper, upper)


@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        *(("com", "x.com"), ("cn", "x.cn"), ("com", "x.y.com"), ("cn", "x.com.cn"), ("example", "sender.example")),
        *((f"{second}.cn", f"x.{second}.cn") for second in ("com", "edu", "gov", "net", "org", "ac", "mil")),
        *((f"{province}.cn", f"x.{province}.cn") for province in ("ln", "sd", "bj", "he", "tw", "xz")),
        *(("公司.cn", "x.公司.cn"), ("xn--55qx5d.cn", "x.xn--55qx5d.cn"), ("公司.香港", "x.公司.香港")),
        *(("com.hk", "x.com.hk"), ("idv.tw", "x.idv.tw"), ("game.tw", "x.game.tw"), ("gov.mo", "x.gov.mo")),
        *(
            ("co.uk", "x.co.uk"),
            ("tokyo.jp", "x.tokyo.jp"),
            ("k12.ca.us", "x.k12.ca.us"),
            ("co.example", "x.co.example"),
        ),
        *(("cn.com", "x.cn.com"), ("eu.org", "x.eu.org"), ("com.com", "x.com.com")),
    ],
)
def test_a_public_suffix_speaks_for_nobody_and_nobody_for_it(suffix: str, name: str) -> None:
    assert not is_aligned(suffix, name)
    assert not is_aligned(name, suffix)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sender.example", "evilsender.example"),
        ("a.sender.example", "b.sender.example"),
        ("a.com.cn", "b.com.cn"),
        ("", ""),
        ("", "sender.example"),
        (".", "sender.example"),
        (".example", "x..example"),
        ("xn--\udcff.example", "a.xn--\udcff.example"),
        ("xn--a-ecp.example\x00", "xn--"),
    ],
)
def test_names_of_two_owners_are_not_aligned(one: str, other: str) -> None:
    assert not is_aligned(one, other)
    assert not is_aligned(other, one)
