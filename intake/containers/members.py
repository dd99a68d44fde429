"""The files of an archive while they are gathered: what is good is kept, what is not is said in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.mail import Unopened
from intake.containers.filekinds import tell_file_type
from intake.containers.files import Contents, File, OpeningError
from intake.containers.limits import Budget
from intake.containers.names import clean_member_name, name_unnamed

_MAX_DEFECTS = 20


@dataclass(slots=True)
class Gathering:
    """What came out of one archive so far, and what did not."""

    budget: Budget
    files: list[File] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    lost: list[Unopened] = field(default_factory=list)

    def add(self, path: str, data: bytes) -> None:
        """Keep a file; its bytes are already counted."""
        name = clean_member_name(path)
        self.files.append(File(name, tell_file_type(data, name=name), data))

    def lose(self, path: str) -> None:
        """Note a file that is damaged."""
        self._note(Unopened.DAMAGED, f"“{clean_member_name(path)}”已损坏，未能取出")

    def lock(self, path: str) -> None:
        """Note a file that is encrypted."""
        self._note(Unopened.ENCRYPTED, f"“{clean_member_name(path)}”已加密，未能取出")

    def pass_over(self, path: str) -> None:
        """Note a file that is packed in a way that is not read."""
        self._note(Unopened.UNSUPPORTED, f"“{clean_member_name(path)}”的压缩方式不支持，未能取出")

    def break_off(self, words: str) -> None:
        """Note that the archive ends too early: nobody knows what else was in it."""
        self._note(Unopened.DAMAGED, words)

    def refuse_special(self, path: str) -> None:
        """Note a link or a device: it holds nothing of its own."""
        self.defects.append(f"“{clean_member_name(path)}”是链接或设备，不是文件，已忽略")

    def _note(self, reason: Unopened, words: str) -> None:
        self.lost.append(reason)
        self.defects.append(words)

    def finish(self) -> Contents:
        """Return what was gathered. Raises: OpeningError when there was something and all of it is lost."""
        defects = tuple(dict.fromkeys(self.defects))
        if len(defects) > _MAX_DEFECTS:
            defects = (*defects[:_MAX_DEFECTS], f"另有 {len(defects) - _MAX_DEFECTS} 处问题")
        # What is lost among readable files is told as well: the citizen can send it again. A password first, for that
        # is the one thing they can do something about.
        is_locked = Unopened.ENCRYPTED in self.lost
        if self.lost and not self.files and not is_locked:
            raise OpeningError(self.lost[0], "；".join(defects))
        unopened = Unopened.ENCRYPTED if is_locked else next(iter(self.lost), None)
        return Contents(files=name_unnamed(self.files), unopened=unopened, defects=defects)
