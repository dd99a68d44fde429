"""The services at which people leave files for others (超大附件, 网盘), told by the host of an address.

The hosts and paths are those of QQ, 腾讯企业邮, Foxmail, 网易, 新浪, 天翼 and 移动 as public programs that
download from them use them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

MAX_URL_CHARS = 3_000


@dataclass(frozen=True, slots=True)
class _Service:
    """A service that keeps files for others: its hosts, and how its addresses go on. ``title`` names a netdisk."""

    hosts: tuple[str, ...]
    paths: tuple[str, ...] = ("/",)
    title: str = ""
    suffixes: tuple[str, ...] = ()


_SERVICES: tuple[_Service, ...] = (
    _Service(
        ("mail.qq.com", "wx.mail.qq.com", "iwx.mail.qq.com", "en.mail.qq.com", "exmail.qq.com", "mail.foxmail.com"),
        ("/ftn/", "/cgi-bin/ftn"),
        suffixes=(".exmail.qq.com", ".mail.qq.com"),
    ),
    _Service((), suffixes=(".ftn.qq.com",)),
    _Service(("mail.163.com", "mail.126.com", "mail.yeah.net"), ("/large-attachment-download", "/filehub/")),
    _Service(("dashi.163.com",), ("/html/cloud-attachment-download", "/filehub-master/")),
    _Service(("fs.163.com", "fs.126.com", "fs.yeah.net")),
    _Service(("edisk.qiye.163.com",)),
    _Service((), ("/edisk/", "/api/biz/attachment/"), suffixes=(".qiye.163.com",)),
    _Service(("mail.sina.com.cn", "mail.sina.cn"), ("/filecenter/",)),
    _Service(("download.cloud.189.cn",)),
    _Service(("mail.10086.cn", "appmail.mail.10086.cn"), suffixes=(".mail.10086.cn",)),
    _Service(("pan.baidu.com", "yun.baidu.com"), ("/s/", "/share/", "/wap/"), "百度网盘"),
    _Service(("share.weiyun.com", "url.cn"), title="腾讯微云"),
    _Service(("www.aliyundrive.com", "www.alipan.com", "aliyundrive.com", "alipan.com"), ("/s/", "/t/"), "阿里云盘"),
    _Service(("cloud.189.cn",), ("/t/", "/web/share"), "天翼云盘"),
    _Service(("caiyun.139.com", "yun.139.com"), title="移动云盘"),
    _Service(("pan.quark.cn",), ("/s/",), "夸克网盘"),
    _Service(("pan.xunlei.com",), ("/s/",), "迅雷云盘"),
    _Service(("115.com",), ("/s/",), "115网盘"),
    _Service(("www.123pan.com", "www.123684.com", "www.123865.com"), ("/s/",), "123云盘"),
    _Service(("www.jianguoyun.com",), ("/p/",), "坚果云"),
    _Service(("www.wenshushu.cn",), ("/f/",), "文叔叔"),
    _Service(("1drv.ms",), title="OneDrive"),
    _Service(("drive.google.com",), ("/file/", "/drive/", "/open"), "Google Drive"),
)
# What stands beside the file in the same block: a preview, the provider's own program.
_NO_FILE = re.compile(r"preview|/help|/client", re.IGNORECASE)

_HOST = re.compile(rb"://([A-Za-z0-9.-]{4,100})")
_ENDINGS = tuple(ending.encode() for service in _SERVICES for ending in (*service.hosts, *service.suffixes))


def may_hold_links(payload: bytes) -> bool:
    """Return whether a body is worth a closer look: most are not, and looking costs as much as reading."""
    return b"qqmailbgattach" in payload or any(host.lower().endswith(_ENDINGS) for host in _HOST.findall(payload))


def tell_service(url: str) -> str | None:
    """Return the service that an address truly belongs to: '' a mail provider's, its name for a netdisk, None for none.

    The host must be the service's, whole: neither ``fs.163.com.evil.example`` nor ``fs.163.com@evil.example``.
    """
    parts = _split_url(url)
    if parts is None:
        return None
    host, path = (parts.hostname or "").rstrip("."), parts.path or "/"
    if _NO_FILE.search(path):
        return None
    for service in _SERVICES:
        if (host in service.hosts or host.endswith(service.suffixes)) and path.lower().startswith(service.paths):
            # The front page of a service keeps nobody's file.
            return service.title if len(path) > 1 or parts.query else None
    return None


def _split_url(url: str) -> SplitResult | None:
    # A browser takes a backslash for a slash, and what stands before @ for a name: neither belongs here.
    if len(url) > MAX_URL_CHARS or not url.isascii() or re.search(r"[\s\\<>\"{}|^`\x00-\x20\x7f]", url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or port not in {None, 80, 443}:
        return None
    return parts
