"""Labels are hints: every Chinese body survives whatever its label says; other scripts do not become Chinese."""

from __future__ import annotations

import pytest

from intake.charsets import decode_short, decode_text, decode_word, normalise_label, tell_codec

LETTER = "您好，我要办理医疗保险关系转移接续，附件是身份证正反面和社保卡照片，请查收，谢谢。"
RARE = "患者姓名：喆镕堃䶮，" + LETTER
TRADITIONAL = "您好，我要辦理醫療保險關係轉移接續，附件是身份證正反面和社保卡照片，請查收，謝謝。"


@pytest.mark.parametrize("label", ["gb2312", "GBK", "x-gbk", "cp936", "euc-cn", '"gb2312"', "GB_2312-80", "gb18030"])
def test_gb_label_keeps_rare_characters(label: str) -> None:
    assert decode_text(RARE.encode("gb18030"), label) == (RARE, "")


@pytest.mark.parametrize("label", ["big5", "x-big5", "big5-hkscs"])
def test_big5_label_is_widened_to_hong_kong(label: str) -> None:
    text = TRADITIONAL + "邨"
    assert decode_text(text.encode("big5hkscs"), label) == (text, "")


@pytest.mark.parametrize("label", ["", "us-ascii", "unknown-8bit", "default"])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5"])
def test_unlabelled_chinese_is_recognised(label: str, codec: str) -> None:
    text = TRADITIONAL if codec == "big5" else LETTER
    assert decode_text(text.encode(codec), label) == (text, "")


@pytest.mark.parametrize(
    ("codec", "label"), [("gb18030", "utf-8"), ("gb18030", "iso-8859-1"), ("utf-8", "gb2312"), ("utf-8", "iso-8859-1")]
)
def test_wrong_label_is_overruled_and_noted(codec: str, label: str) -> None:
    text, defect = decode_text(LETTER.encode(codec), label)
    assert text == LETTER
    assert "与内容不符" in defect


def test_right_label_is_kept_while_little_is_lost() -> None:
    raw = LETTER.encode("gb18030") * 3 + b"\xff" + LETTER.encode("gb18030")
    text, defect = decode_text(raw, "gb2312")
    assert text == LETTER * 3 + "\ufffd" + LETTER
    assert defect == "1 个字符无法识别"


def test_meta_and_parent_charset_are_asked() -> None:
    korean = "안녕하세요 반갑습니다"
    page = b'<html><meta http-equiv="Content-Type" content="text/html; charset=euc-kr">' + korean.encode("cp949")
    assert korean in decode_text(page, "", is_html=True)[0]
    assert decode_text(korean.encode("cp949"), "", parent="ks_c_5601-1987")[0] == korean


@pytest.mark.parametrize("label", ["", "hz-gb-2312", "us-ascii"])
def test_hz_is_decoded(label: str) -> None:
    assert decode_text("办理转出 ok".encode("hz"), label)[0] == "办理转出 ok"


@pytest.mark.parametrize("label", ["", "iso-2022-jp", "us-ascii"])
def test_iso_2022_jp_is_decoded(label: str) -> None:
    assert decode_text("緊急ミーティング".encode("iso-2022-jp"), label)[0] == "緊急ミーティング"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Здравствуйте, документы отправлены на вашу почту вчера", "koi8-r"),
        ("안녕하세요 첨부 파일을 보내 드립니다 감사합니다", "cp949"),
        ("ファイルを添付しましたのでよろしくおねがいします", "euc_jp"),
    ],
)
def test_other_scripts_do_not_become_chinese(text: str, codec: str) -> None:
    decoded = decode_text(text.encode(codec))[0]
    assert sum("\u4e00" <= c <= "\u9fff" and c not in text for c in decoded) == 0


@pytest.mark.parametrize("label", ["zlib", "rot13", "idna", "unicode_escape", "undefined", "no-such", "hex", "utf\x00"])
def test_only_charsets_are_codecs(label: str) -> None:
    assert normalise_label(label) == ""
    assert decode_text(LETTER.encode(), label)[0] == LETTER


def test_bytes_of_no_charset_are_read_with_a_defect() -> None:
    text, defect = decode_text(bytes(range(128, 256)) * 2)
    assert isinstance(text, str)
    assert isinstance(defect, str)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
def test_short_raw_name_is_recognised(codec: str) -> None:
    name = "身分證正面.jpg" if codec == "big5" else "身份证正面.jpg"
    assert decode_short(name.encode(codec)) == name


def test_short_raw_name_follows_the_mail() -> None:
    assert decode_short("堃喆".encode("gb18030"), "gb2312") == "堃喆"
    assert decode_short("Müller".encode("latin-1")) == "Müller"


def test_encoded_word_with_rare_character_keeps_it() -> None:
    assert decode_word("堃喆镕".encode("gb18030"), "gb2312") == "堃喆镕"
    assert decode_word("转出".encode(), "gb2312") in {"转出", "转出".encode().decode("gb18030", "replace")}


@pytest.mark.parametrize(
    ("words", "real", "label"),
    [
        ("異地安置備案", "big5", "gb2312"),
        ("异地安置备案", "utf-8", "gbk"),
        ("申请-陶镕", "gbk", "utf-8"),
        ("李喆", "gb18030", "utf-8"),
        ("陶鎔", "big5", "gbk"),
        ("丛珺瑄", "gbk", ""),
        ("许喆", "gb18030", "iso-8859-1"),
        ("医师备案 于玥", "gbk", "big5"),
    ],
)
def test_mislabelled_word_follows_the_letter(words: str, real: str, label: str) -> None:
    letter = (TRADITIONAL if real == "big5" else LETTER).encode(real)
    hint = tell_codec(letter, label)
    assert hint == normalise_label(real)
    assert decode_word(words.encode(real), label, hint) == words


@pytest.mark.parametrize(
    ("words", "charset"),
    [("Jörn Müller", "iso-8859-1"), ("Иван Винников", "gb2312"), ("次の受信者または", "gb2312"), ("許鎔", "big5")],
)
def test_right_label_of_a_word_is_believed(words: str, charset: str) -> None:
    assert decode_word(words.encode(charset), charset, "gb18030" if charset != "big5" else "") == words


@pytest.mark.parametrize("label", ["", "utf-8", "gb2312", "us-ascii", "iso-8859-1"])
def test_hz_is_read_under_every_label(label: str) -> None:
    raw = LETTER.encode("hz")
    assert decode_text(raw, label)[0] == LETTER
    assert decode_word("转出-李琰".encode("hz"), label) == "转出-李琰"
    assert decode_text(b"a ~{b}~ c", label)[0] == "a ~{b}~ c"
