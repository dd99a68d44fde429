"""Oversized attachments (超大附件) and netdisk shares that a letter points to: told by host, never fetched.

What counts is the address: the blocks around it change every year. What stands near it tells name, size and expiry.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from domain.mail import CloudLink
from intake.cloudservices import MAX_URL_CHARS, tell_service
from intake.headers import clean_file_name, clean_line
from intake.htmltext import MAX_HTML_CHARS, html_to_text
from intake.quoting import split_letter

MAX_LINKS = 50
_MAX_MARKS = 200
_MAX_TEXT_CHARS = 200_000
_NEAR_CHARS = 600
_BEIJING = timezone(timedelta(hours=8))


_URL = re.compile(
    rf"(?<![A-Za-z0-9='\"/@.-])https?://[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]{{4,{MAX_URL_CHARS}}}"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z_-]{1,30})\s*=\s*(?:\"([^\"]{0,3000})\"|'([^']{0,3000})'|([^\s\"'>]{1,3000}))")
_TAG = re.compile(r"<(?:(a|span|div|td|li|p)\b([^<>]{0,8000})|/a\s*)>", re.IGNORECASE)

# Marks in a text: where an address stands, and where its anchor ends. Private use, taken out of what came.
_OPEN, _CLOSE, _END = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}{_END}]")
_MARK = re.compile(rf"{_OPEN}(\d{{1,4}}){_CLOSE}")

_ANCHOR = re.compile(rf"{_CLOSE}([^{_OPEN}{_END}\n]{{1,200}}){_END}")

_SIZE = r"\d{1,5}(?:\.\d{1,3})?\s?[KMGT]?B?(?:ytes)?"
_WHEN = (
    r"(?:\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}\s?日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?|无限期|永久有效)"
)
_SHOWN = re.compile(
    rf"^(?P<name>[^\n]{{1,200}}?)\s*[(（]\s*(?P<size>{_SIZE})\s*[,，|)）]", re.IGNORECASE | re.MULTILINE
)
_SIZE_WORD = re.compile(
    r"(?:大小\s*[:：]\s*|(?<![\w.]))(\d{1,5}(?:\.\d{1,3})?\s?(?:[KMGT]B?|B|bytes))(?![A-Za-z0-9])", re.IGNORECASE
)
_EXPIRES = re.compile(
    rf"(?:到期|过期|有效期|失效|Expires?)[^\d\n无永]{{0,12}}(?P<after>{_WHEN})|(?P<before>{_WHEN})\s*(?:到期|过期|失效|前有效)",
    re.IGNORECASE,
)
_EXPIRES_BARE = re.compile(
    rf"[,，|]\s*(?:Expires on\s*)?({_WHEN}|[A-Z][a-z]{{2}} \d{{1,2}}, \d{{4}}[ \d:APMapm]*)", re.ASCII
)
_NAMED = re.compile(
    r"(?:文件名|文件名称|分享的文件|文件)\s*[:：]\s*(?P<name>[^\n]{1,200}?)(?=\s*(?:链接|提取码|大小|文件大小|\n|$))"
)
_FILE = re.compile(r"[^\s<>\"'/\\()（）:：,，「」『』《》【】“”]{1,150}\.[A-Za-z][A-Za-z0-9]{1,5}(?![A-Za-z0-9])")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,6}\s*$")
_CODE = re.compile(r"(?:提取码|访问码|密码|访问密码)\s*[:：]?\s*([A-Za-z0-9]{4,8})(?![A-Za-z0-9])")
_BLOCK = re.compile(
    r"从[^\n]{1,20}发来的(?:超大|云)附件|(?:超大|云)附件\s*[:：]?\s*$|Large (?:file )?attachments? from", re.MULTILINE
)
_BUTTON = re.compile(
    r"(?:进入下载页面|点击下载|立即下载|下载|打开|查看|预览|保存到网盘|收藏|转存|download)[:：]?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """An address as it stands in a body, and what the attributes around it say."""

    url: str
    name: str = ""
    size: str = ""
    expires: str = ""


def find_html_links(source: str, subject: str = "") -> tuple[CloudLink, ...]:
    """Return the files at a service that the *new* words of an HTML body point to; see ``find_text_links``."""
    marked, spots = _mark_html(_MARKS.sub("", source[:MAX_HTML_CHARS]))
    marked = _mark_text(html_to_text(marked)[:_MAX_TEXT_CHARS], spots)
    return _read_links(marked, spots, subject, is_name_first=False) if spots else ()


def find_text_links(text: str, subject: str = "") -> tuple[CloudLink, ...]:
    """Return the files at a service that a plain body points to, each once, in order.

    An address in quoted history is the business of an earlier letter and left out; the block that a
    provider puts below the history all the same (QQ does) counts. ``url`` is '' where the block
    names an address that is not the provider's.
    """
    spots: list[_Spot] = []
    marked = _mark_text(_MARKS.sub("", text[:_MAX_TEXT_CHARS]), spots)
    return _read_links(marked, spots, subject, is_name_first=True) if spots else ()


def merge_links(links: Iterable[CloudLink]) -> tuple[CloudLink, ...]:
    """Return links without those that say of the same file the same or less (plain and HTML body say it twice)."""
    found: dict[str, CloudLink] = {}
    for link in links:
        key = link.url or f"{link.name}\x00{link.size}"
        known = found.get(key)
        if known is None:
            same = next((k for k, v in found.items() if v.name and (v.name, v.size) == (link.name, link.size)), None)
            if same is None:
                found[key] = link
            elif not found[same].url:
                del found[same]
                found[key] = link
        else:
            found[key] = CloudLink(
                known.name or link.name, known.size or link.size, known.expires or link.expires, known.url
            )
    return tuple(found.values())[:MAX_LINKS]


def _mark_text(text: str, spots: list[_Spot]) -> str:
    """Return a text with the addresses of files marked, which are added to ``spots``."""

    def mark(match: re.Match[str]) -> str:
        url = match[0].rstrip(".,;!'*")
        if len(spots) >= _MAX_MARKS or tell_service(url) is None:
            return match[0]
        spots.append(_Spot(url))
        return f"{_OPEN}{len(spots) - 1}{_CLOSE}{match[0][len(url) :]}"

    return _URL.sub(mark, text)


def _mark_html(source: str) -> tuple[str, list[_Spot]]:
    """Return a body with each file's address marked in its text, and the addresses; '' for one that is refused."""
    spots: list[_Spot] = []
    out: list[str] = []
    end = 0
    is_open = False
    title = ""
    for match in _TAG.finditer(source):
        if len(spots) >= _MAX_MARKS:
            break
        out.append(source[end : match.end()])
        end = match.end()
        if match[1] is None:
            out.append(_END if is_open else "")
            is_open = False
            continue
        attributes = {
            m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "").strip() for m in _ATTRIBUTE.finditer(match[2])
        }
        # QQ of today hangs name, size and expiry on the box around the button.
        if "到期" in attributes.get("title", ""):
            title = attributes["title"].replace("\r", "\n")
        url = _read_url(attributes)
        if url is not None:
            spots.append(_read_spot(url, attributes, title))
            out.append(f"{_OPEN}{len(spots) - 1}{_CLOSE}")
            is_open = match[1].lower() == "a"
            title = ""
    out.append(source[end:])
    return "".join(out), spots


def _read_url(attributes: Mapping[str, str]) -> str | None:
    """Return the address of a file that a tag names, '' when it is QQ's mark with a foreign address, None for none."""
    for key in ("downloadlink", "href", "download"):
        # Lines break inside long addresses of some programs.
        url = re.sub(r"\s+", "", attributes.get(key, ""))
        if url and tell_service(url) is not None:
            return url
    is_marked = "qqmailbgattach" in attributes.get("class", "").lower()
    return "" if is_marked and attributes.get("downloadlink") else None


def _read_spot(url: str, attributes: Mapping[str, str], title: str) -> _Spot:
    names = (attributes.get("filename", ""), attributes.get("file-name", ""), title.partition("\n")[0])
    size = attributes.get("filesize") or attributes.get("file-size") or ""
    expires = attributes.get("expiretime") or attributes.get("expired") or ""
    return _Spot(
        url,
        name=next((clean_line(n) for n in names if n and "://" not in n), ""),
        size=_say_bytes(size) if size else _find_size(title),
        expires=_say_moment(expires) if expires not in {"", "0", "-1"} else _find_expiry(title),
    )


def _say_bytes(size: str) -> str:
    if not size.isdigit():
        return size
    value = float(size)
    for unit in ("B", "K", "M"):
        if value < 1024:
            return f"{value:.4g}{unit}"
        value /= 1024
    return f"{value:.4g}G"


def _say_moment(text: str) -> str:
    """Return a moment written as seconds or milliseconds as a time of Beijing; others as they are."""
    if not re.fullmatch(r"\d{10}(?:\d{3})?", text):
        return text
    moment = datetime.fromtimestamp(int(text[:10]), tz=UTC).astimezone(_BEIJING)
    return f"{moment:%Y-%m-%d %H:%M}"


def _read_links(marked: str, spots: Sequence[_Spot], subject: str, *, is_name_first: bool) -> tuple[CloudLink, ...]:
    groups: list[tuple[list[_Spot], int, int]] = []  # one file's, where its first mark begins, where its last one ends
    new = _find_new(marked, subject)
    for match in _MARK.finditer(marked):
        number = int(match[1])
        if number not in new or number >= len(spots):
            continue
        spot = spots[number]
        if groups and groups[-1][0][0].url == spot.url:
            groups[-1] = ([*groups[-1][0], spot], groups[-1][1], match.end())
        else:
            groups.append(([spot], match.start(), match.end()))
    links = []
    for index, (group, start, end) in enumerate(groups):
        stop = groups[index + 1][1] if index + 1 < len(groups) else len(marked)
        before = marked[groups[index - 1][2] if index else 0 : start]
        # The plain form names the file first; a page puts name and size behind the first of several anchors.
        if is_name_first:
            near = (_last_lines(before, 4), _first_lines(marked[end:stop], 2))
        else:
            near = (_first_lines(marked[start:stop], 6), _last_lines(before, 2))
        links.append(_read_link(group, near))
    return merge_links(links)


def _find_new(marked: str, subject: str) -> frozenset[int]:
    """Return the marks that stand in what the sender wrote now, or in a provider's block at the very end."""
    letter = split_letter(marked, subject)
    numbers = {int(m[1]) for m in _MARK.finditer(letter.new)}
    history = letter.history
    blocks = list(_BLOCK.finditer(history))
    if blocks:
        tail = history[history.rfind("\n", 0, blocks[-1].start()) + 1 :]
        # In a mark of quotation (>) it is the old letter's, and so it is with a history below it.
        if not tail.lstrip().startswith(">") and not split_letter(tail).history:
            numbers |= {int(m[1]) for m in _MARK.finditer(tail)}
    return frozenset(numbers)


def _last_lines(text: str, count: int) -> str:
    # A block's heading is nobody's file name, and what stands above it is the letter.
    heading = list(_BLOCK.finditer(text))
    text = text[heading[-1].end() :] if heading else text
    return "\n".join([line for line in text.split("\n") if line.strip()][-count:])[-_NEAR_CHARS:]


def _first_lines(text: str, count: int) -> str:
    return "\n".join([line for line in text.split("\n") if line.strip()][:count])[:_NEAR_CHARS]


def _read_link(group: Sequence[_Spot], near: tuple[str, str]) -> CloudLink:
    url, code = group[0].url, ""
    name, size, expires = (
        next((getattr(spot, key) for spot in group if getattr(spot, key)), "") for key in ("name", "size", "expires")
    )
    service = tell_service(url) or ""
    for words in near:
        anchors = _ANCHOR.findall(words)
        shown = re.sub(rf"{_OPEN}\d*{_CLOSE}|{_END}", "", words)
        name = name or _find_name(shown, anchors)
        if not service:
            size = size or _find_size(shown)
            expires = expires or _find_expiry(shown)
        found = _CODE.search(shown)
        code = code or (found[1] if found else "")
    name = clean_file_name(name)
    if service:
        name = f"{name}（{service}）" if name else f"{service}分享"
        if code and "pwd=" not in url and "#" not in url:
            # The form in which the services themselves write it; without it the clerk's link opens nothing.
            url += f"{'&' if '?' in url else '?'}pwd={code}"
    return CloudLink(name=name, size=size, expires=expires, url=url)


def _find_name(shown: str, anchors: Sequence[str]) -> str:
    named = _NAMED.search(shown)
    if named is not None:
        return clean_line(named["name"])
    for anchor in anchors:
        if _FILE.search(anchor) and not _BUTTON.fullmatch(anchor.strip()) and "://" not in anchor:
            return clean_line(re.sub(rf"\s*[(（]\s*{_SIZE}\s*[,，)）].*$", "", anchor, flags=re.IGNORECASE))
    for match in _SHOWN.finditer(shown):
        if _SUFFIX.search(match["name"]):
            return clean_line(match["name"])
    found = _FILE.search(_URL.sub("", shown))
    return clean_line(found[0]) if found else ""


def _find_size(shown: str) -> str:
    match = _SHOWN.search(shown)
    if match is not None and not match["size"].isdigit():
        return match["size"].strip()
    found = _SIZE_WORD.search(shown)
    return found[1].strip() if found else ""


def _find_expiry(shown: str) -> str:
    match = _EXPIRES.search(shown)
    if match is not None:
        return (match["before"] or match["after"]).strip()
    bare = _EXPIRES_BARE.search(shown)
    return bare[1].strip() if bare else ""
