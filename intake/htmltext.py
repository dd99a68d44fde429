"""HTML bodies to text, in linear time whatever the HTML is.

``html.parser`` of Python 3.11 takes quadratic time on crafted input and a millisecond on a small
letter; a mail needs only block breaks, quoted blocks and entities.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

MAX_HTML_CHARS = 1_000_000
_MAX_QUOTES = 400

_TAG = re.compile(r"<(?:(!--)|(/?)([A-Za-z][A-Za-z0-9:]*)|[!?/])")
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")
_STOP = re.compile(r"[>\"']")
_BREAKS = frozenset({"br", "hr"})
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header
        li main nav ol p pre section table tbody tfoot thead title tr ul""",
    )
)
_CELLS = frozenset({"td", "th"})
_DROPPED = ("script", "style", "head", "title", "noscript", "template", "svg", "select", "textarea")
_END_OF = {tag: re.compile(rf"</{tag}\b", re.IGNORECASE) for tag in _DROPPED}
# Plain <blockquote> is how QQ and Outlook indent; only these are somebody's earlier words.
_QUOTE = re.compile(
    r"type\s*=\s*[\"']?cite|(?:class|id)\s*=\s*[\"']?[^\"'>]{0,80}(?:quote|isReplyContent|replybody)|border-left",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Writer:
    """Collects lines, each with the depth of quotation it stood in."""

    lines: list[str]
    current: list[str]
    quotes: list[bool] = field(default_factory=list)
    depth: int = 0

    def write(self, text: str) -> None:
        self.current.append(text)

    def end_line(self, *, is_forced: bool) -> None:
        line = _BLANKS.sub(" ", "".join(self.current)).strip()
        if line or is_forced:
            self.lines.append(("> " * min(self.depth, 3)) + line)
        self.current.clear()

    def turn_quote(self, *, is_end: bool, is_quote: bool) -> None:
        self.end_line(is_forced=False)
        if not is_end:
            self.quotes.append(is_quote)
            self.depth += is_quote
        elif self.quotes:
            self.depth -= self.quotes.pop()


def html_to_text(source: str) -> str:
    """Return the text that a reader of an HTML body sees; quoted blocks are marked with ``>`` (RFC 3676 4.5)."""
    source = source[:MAX_HTML_CHARS]
    writer = _Writer([], [])
    tags = _Tags(source)
    position = 0
    for start, end, name, is_end in tags:
        if start > position:
            writer.write(_unescape(source[position:start]))
        position = end
        if name == "blockquote":
            writer.turn_quote(is_end=is_end, is_quote=bool(_QUOTE.search(source, start, min(end, start + 2000))))
        elif name in _BREAKS or name in _BLOCKS:
            writer.end_line(is_forced=name == "br" or (name == "p" and is_end))
        elif name in _CELLS:
            writer.write(" ")
        if not is_end and name in _END_OF:
            position = tags.skip_to_end(name, end)
    writer.write(_unescape(source[position:]))
    writer.end_line(is_forced=False)
    return _GAPS.sub("\n\n", "\n".join(writer.lines)).strip()


class _Tags:
    """The tags of a document in order: start, end, lower-case name ('' for comments), whether it closes."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._last = {'"': source.rfind('"'), "'": source.rfind("'")}
        self._trusts_quotes = True
        self._unclosed: set[str] = set()

    def __iter__(self) -> _Tags:
        return self

    def __next__(self) -> tuple[int, int, str, bool]:
        match = _TAG.search(self._source, self._position)
        if match is None:
            raise StopIteration
        end = self._end_of_comment(match.end()) if match[1] else self._end_of_tag(match.end())
        self._position = end
        return match.start(), end, (match[3] or "").lower(), bool(match[2])

    def skip_to_end(self, name: str, position: int) -> int:
        """Return where the closing tag of a dropped element starts; an unclosed one hides nothing."""
        if name in self._unclosed:
            return position
        match = _END_OF[name].search(self._source, position)
        if match is None:
            self._unclosed.add(name)
            return position
        self._position = match.start()
        return match.start()

    def _end_of_comment(self, position: int) -> int:
        if "--" in self._unclosed:
            return position
        end = self._source.find("-->", position)
        if end < 0:
            self._unclosed.add("--")
            return position
        return end + 3

    def _end_of_tag(self, position: int) -> int:
        plain = self._source.find(">", position)
        if plain < 0:
            return len(self._source)
        if not self._trusts_quotes:
            return plain + 1
        at = position
        for _ in range(_MAX_QUOTES):
            stop = _STOP.search(self._source, at)
            if stop is None:
                break
            if stop[0] == ">":
                return stop.end()
            if stop.start() >= self._last[stop[0]]:
                break
            at = self._source.find(stop[0], stop.end()) + 1
        # A quote that never closes; looking again in every tag would cost the square of the length.
        self._trusts_quotes = False
        return plain + 1


def _unescape(text: str) -> str:
    return html.unescape(text) if "&" in text else text
