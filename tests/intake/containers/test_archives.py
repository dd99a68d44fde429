from __future__ import annotations

import stat
import tarfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest

from domain.mail import Unopened
from tests.intake.containers.asking import ask, held
from tests.intake.containers.samples import (
    BACK,
    BIT_11,
    FRONT,
    make_7z,
    make_plain_7z,
    make_tar,
    make_tnef,
    make_zip,
    photo,
    unicode_path,
    zip_gbk,
)

PHOTOS = {FRONT: photo(1), BACK: photo(2)}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("材料.zip", zip_gbk()),
        ("材料.zip", make_zip([(n.encode(), d) for n, d in PHOTOS.items()], flags=BIT_11)),
        ("材料.zip", make_zip([(n.encode(), d) for n, d in PHOTOS.items()])),
        ("材料.zip", make_zip([(n.encode("gbk"), d) for n, d in PHOTOS.items()], flags=BIT_11)),
        ("材料.zip", make_zip([(n.encode("gbk"), d) for n, d in PHOTOS.items()], method=0)),
        ("材料.exe.zip", b"MZ stub in front"[:0] + zip_gbk()),
        ("材料.7z", make_7z(PHOTOS)),
        ("材料.tar", make_tar(PHOTOS)),
        ("材料.tar", make_tar(PHOTOS, encoding="gbk")),
        ("材料.tar.gz", make_tar(PHOTOS, mode="w:gz")),
        ("材料.tgz", make_tar(PHOTOS, mode="w:gz", encoding="gbk")),
        ("材料.tar.bz2", make_tar(PHOTOS, mode="w:bz2")),
        ("材料.tar.xz", make_tar(PHOTOS, mode="w:xz", format_=tarfile.PAX_FORMAT)),
        ("winmail.dat", make_tnef(PHOTOS)),
        ("winmail.dat", make_tnef(PHOTOS, codepage=65001, codec="utf-8")),
    ],
)
def test_photos_come_out_of_every_archive_with_their_names(name: str, data: bytes) -> None:
    opened = ask(data, name)
    assert held(opened) == PHOTOS
    assert [m.file.media_type for m in opened.members] == ["image/jpeg", "image/jpeg"]
    assert (opened.unopened, opened.defects, opened.text) == (None, (), "")


def test_big5_names_are_read() -> None:
    names = ["身份證正面.jpg", "居住證反面.jpg"]
    assert list(held(ask(make_zip([(n.encode("big5"), photo(1)) for n in names])))) == names


def test_western_names_are_read() -> None:
    assert list(held(ask(make_zip([("Café.jpg".encode("cp437"), photo(1))])))) == ["Café.jpg"]


def test_rare_characters_of_names_are_read() -> None:
    assert list(held(ask(make_zip([("喆镕堃身份证.jpg".encode("gb18030"), photo(1))])))) == ["喆镕堃身份证.jpg"]


def test_unicode_path_field_wins_when_it_is_about_this_name() -> None:
    raw = b"????.jpg"
    field = {raw: unicode_path(raw, FRONT)}
    assert list(held(ask(make_zip([(raw, photo(1))], extras=field)))) == [FRONT]
    stale = {raw: unicode_path(b"other", BACK)}
    assert list(held(ask(make_zip([(raw, photo(1))], extras=stale)))) == ["_.jpg"]


def test_local_names_that_differ_from_the_directory_do_not_matter() -> None:
    data = zip_gbk().replace(FRONT.encode("gbk"), b"x" * len(FRONT.encode("gbk")), 1)
    assert held(ask(data)) == PHOTOS


def test_rubbish_of_file_managers_is_left_out() -> None:
    names = [
        "材料/",
        "材料/.DS_Store",
        "__MACOSX/材料/._1.jpg",
        "材料/._1.jpg",
        "Thumbs.db",
        "材料/desktop.ini",
        "1.jpg",
    ]
    assert list(held(ask(make_zip([(n.encode(), photo(1)) for n in names], flags=BIT_11)))) == ["1.jpg"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("身份证/正面.jpg", "身份证／正面.jpg"),
        ("张三/身份证/IMG_001.jpg", "身份证／IMG_001.jpg"),
        ("参保凭证材料/病历首页.jpg", "病历首页.jpg"),
        ("..\\..\\身份证\\正面.jpg", "身份证／正面.jpg"),
        ("C:\\Users\\正面.jpg", "Users／正面.jpg"),
        ("/etc/passwd", "etc／passwd"),
        ("../../x.jpg", "x.jpg"),
        ("gpj.\u202e身份证正面.jpg", "gpj.身份证正面.jpg"),
        ("身份证正面\x00.exe.jpg", "身份证正面.exe.jpg"),
        ("../..", "文件1.jpg"),
    ],
)
def test_names_lead_nowhere(path: str, name: str) -> None:
    assert held(ask(make_zip([(path.encode(), photo(1))], flags=BIT_11))) == {name: photo(1)}


@pytest.mark.parametrize("path", ["/etc/passwd", "../../x.jpg", "..\\正面.jpg", "C:/正面.jpg", "CON\u202egpj.x"])
def test_names_of_a_7z_lead_nowhere(path: str) -> None:
    plain = "abcdefghijk"[: len(path)]
    renamed = {plain.encode("utf-16-le"): path.encode("utf-16-le")}
    (name,) = held(ask(make_plain_7z({plain: photo(1)}, renamed)))
    assert not set(name) & set("/\\:\u202e\x00")
    assert ".." not in name


def test_long_names_are_cut_with_their_suffix() -> None:
    for data in (
        make_zip([(("身" * 1300 + ".jpg").encode(), photo(1))], flags=BIT_11),
        make_tar({"身" * 1300 + ".jpg": photo(1)}),
    ):
        (name,) = held(ask(data))
        assert len(name) == 150
        assert name.endswith("身.jpg")


def test_zip_in_zip_is_opened_and_a_third_level_is_not() -> None:
    inner = zip_gbk()
    middle = make_zip([(b"b.zip", inner)], method=0)
    outer = make_zip([(b"a.zip", middle)])
    opened = ask(middle)
    assert held(opened.members[0].opened) == PHOTOS
    deep = ask(outer).members[0].opened.members[0]
    assert (deep.file.data, deep.opened.unopened, deep.opened.members) == (inner, Unopened.TOO_DEEP, ())


def test_single_gzip_holds_one_file() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    assert held(ask(packer.compress(photo(1)) + packer.flush(), "身份证正面.jpg.gz")) == {FRONT: photo(1)}


def test_damaged_member_is_told_and_the_others_kept() -> None:
    data = bytearray(zip_gbk())
    data[200] ^= 0xFF
    opened = ask(bytes(data))
    assert held(opened) == {BACK: photo(2)}
    assert (opened.unopened, opened.defects) == (Unopened.DAMAGED, ("“身份证正面.jpg”已损坏，未能取出",))


def test_cut_archives_give_what_arrived() -> None:
    for data in (zip_gbk(), make_tar(PHOTOS), make_tar(PHOTOS, mode="w:gz")):
        opened = ask(data[: int(len(data) * 0.75)] if len(data) > 9000 else data[:-1500])
        assert held(opened) == {FRONT: photo(1)}
        assert opened.unopened is Unopened.DAMAGED
        assert "不完整" in opened.defects[0]


def test_damaged_tail_of_a_7z_keeps_the_files_before() -> None:
    data = bytearray(make_7z({str(n): photo(n) for n in range(8)}))
    data[20_000] ^= 0xFF
    opened = ask(bytes(data))
    assert held(opened)["0"] == photo(0)
    assert any("已损坏" in defect for defect in opened.defects)


def test_links_and_devices_are_never_followed() -> None:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, kind in (
            ("a", tarfile.SYMTYPE),
            ("b", tarfile.LNKTYPE),
            ("c", tarfile.CHRTYPE),
            ("d", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    opened = ask(stream.getvalue())
    assert opened.members == ()
    assert [defect[-15:] for defect in opened.defects] == ["是链接或设备，不是文件，已忽略"] * 4
    linked = make_zip([(b"link", b"/etc/passwd")], modes={b"link": stat.S_IFLNK | 0o777})
    assert ask(linked).members == ()


def test_winmail_gives_its_words_and_keeps_zero_bytes() -> None:
    opened = ask(make_tnef({"病历.bin": b"abc\0\0\0\0"}, body="材料见附件"), "winmail.dat")
    assert (opened.text, held(opened)) == ("材料见附件", {"病历.bin": b"abc\0\0\0\0"})


def test_archives_of_unknown_kinds_are_unsupported() -> None:
    assert ask(
        make_zip([(b"a.jpg", photo(1))]).replace(b"\x08\x00\x00\x00\x00\x00", b"\x0e\x00\x00\x00\x00\x00")
    ).unopened is (Unopened.UNSUPPORTED)


MAKERS: list[Callable[[dict[str, bytes]], bytes]] = [make_7z, make_tar]


@pytest.mark.parametrize("make", MAKERS)
def test_empty_archives_hold_nothing(make: Callable[[dict[str, bytes]], bytes]) -> None:
    assert ask(make({})).members == ()
