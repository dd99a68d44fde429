"""What citizens write, in the characters that each charset has: requests of both notices by invented people."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

REAL_CHARSETS: Mapping[str, tuple[str, str]] = {
    "gb18030": ("gb18030", "gb18030"),
    "gbk": ("gbk", "gbk"),
    "hz": ("hz", "hz-gb-2312"),
    "big5": ("big5hkscs", "big5"),  # 喆 and 堃 stand in Hong Kong's supplement
    "utf-8": ("utf-8", "utf-8"),
}
"""The charset a mail is really in: its codec, and the label that would be right."""

# Names with the characters that go missing: 喆镕堃 are not in GB 2312, 䶮 is not in GBK, 𠮷 has four bytes in GB 18030.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "gb18030": ("李喆", "陶镕", "方堃", "张䶮", "𠮷小满", "欧阳㛃"),
    "gbk": ("李喆", "陶镕", "方堃", "马翀", "丛珺瑄", "于玥"),
    "hz": ("李琰", "陶煜", "方婧", "曲昊", "丛瑛", "于佳宁"),
    "big5": ("許喆", "陶鎔", "方堃", "張功蓋", "叢瑛", "于佳寧"),
    "utf-8": ("李喆", "陶镕", "方堃", "张䶮", "𠮷小满", "欧阳㛃"),
}

# Subject; what is asked; the letter of ours that is answered.
_REQUESTS = (
    (
        "申请办理医保关系转出-{name}",
        "您好！我叫{name}，外地户籍，现已离职，申请将医疗保险关系转出至沈阳市。身份证正反面、社保卡和解除合同证明的照片见附件。",
        "您申请办理的转移接续（转出）还缺少：身份证国徽面。请直接回复本邮件补充材料，不必重新提交已发送的照片。",
    ),
    (
        "异地安置备案",
        "老师好，\n我母亲{name}退休后随我在外地居住，想办理异地安置备案。\n居住证照片在附件里，联系电话13900001234，麻烦您了。",
        "收到您的邮件。请补充居住证、户口本或者房产证其中一种的照片，并写明联系电话。",
    ),
    (
        "{name} 城乡居民新参保建档",
        "本人自愿参加大连市城乡居民基本医疗保险。\n参保人：{name}\n户口本首页和本人页见附件，联系电话：13900005678。",
        "户口本本人页的照片太暗，看不清姓名和身份证号码，请在光线充足的地方重新拍照。",
    ),
    (
        "申请办理死亡账户注销",
        "申请办理{name}的医保死亡销户，经办人是其子女。死亡证明复印件和手写申请已拍照，如有缺少请告知，谢谢！",
        "退休人员办理死亡账户注销，还需要提供《医疗保险减少人员花名册》。",
    ),
    (
        "医疗费用报销咨询：{name}",
        "请问住院的医疗费用现在可以邮寄报销吗？发票、费用清单、诊断证明我都有。{name}",
        "医疗费用报销请将发票、费用清单和诊断证明邮寄到我中心，或者疫情结束后再到窗口办理。",
    ),
    (
        "医师备案 {name}",
        "现报送我院医师{name}的《医师备案表》、医师资格证、执业证、职称证照片，请审核。",
        "医师备案请同时发送医师资格证、执业证和职称证。",
    ),
)
_TRADITIONAL = (
    (
        "申請辦理醫保關係轉出-{name}",
        "您好！我叫{name}，外地戶籍，現已離職，申請將醫療保險關係轉出至瀋陽市。身份證正反面、社保卡和解除合同證明的照片見附件。",
        "您申請辦理的轉移接續（轉出）還缺少：身份證國徽面。請直接回覆本郵件補充材料，不必重新提交已發送的照片。",
    ),
    (
        "異地安置備案",
        "老師好，\n我母親{name}退休後隨我在外地居住，想辦理異地安置備案。\n居住證照片在附件裡，聯絡電話13900001234，麻煩您了。",
        "收到您的郵件。請補充居住證、戶口本或者房產證其中一種的照片，並寫明聯絡電話。",
    ),
    (
        "{name} 的醫療費用報銷",
        "請問住院的醫療費用現在可以郵寄報銷嗎？發票、費用清單、診斷證明我都有，許多功能不會用，麻煩您。{name}",
        "醫療費用報銷請將發票、費用清單和診斷證明郵寄到我中心，或者疫情結束後再到窗口辦理。",
    ),
)
_FILES = (
    ("身份证正面-{name}.jpg", "社保卡.jpg"),
    ("居住证（{name}）.jpg",),
    ("户口本首页.jpg", "户口本本人页，{name}，与户主关系为父子，二〇二〇年二月三日拍照.jpg"),
    ("死亡证明.pdf", "手写申请 {name}.txt"),
)
_FILES_TRADITIONAL = (
    ("身份證正面-{name}.jpg", "社保卡.jpg"),
    ("居住證（{name}）.jpg",),
    ("戶口本首頁.jpg", "戶口本本人頁，{name}，與戶主關係為父子，二零二零年二月三日拍照.jpg"),
    ("死亡證明.pdf", "手寫申請 {name}.txt"),
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody wrote; ``history`` is the letter of ours that is answered, '' when none is."""

    sender_name: str
    sender: str
    subject: str
    text: str
    history: str
    files: tuple[tuple[str, bytes], ...]
    is_traditional: bool
    token: str


def write_letter(real: str, seed: int) -> Letter:
    """Return the letter of a seed in characters that the charset ``real`` has."""
    is_traditional = real == "big5"
    requests = _TRADITIONAL if is_traditional else _REQUESTS
    files = _FILES_TRADITIONAL if is_traditional else _FILES
    token = hashlib.sha256(f"{real} {seed}".encode()).hexdigest()
    number = int(token[:8], 16)
    name = _NAMES[real][number % len(_NAMES[real])]
    subject, text, history = (words.format(name=name) for words in requests[number // 7 % len(requests)])
    names = [words.format(name=name) for words in files[number // 101 % len(files)]]
    if real == "hz":
        # 〇 and 㛃 are not in GB 2312.
        names = [file_name.replace("〇", "零") for file_name in names]
    return Letter(
        sender_name=name,
        sender=f"citizen{number % 10000:04d}@shimin.example",
        subject=subject,
        text=text,
        history=history if number // 3 % 2 else "",
        files=tuple((file_name, make_file(file_name, number % 8)) for file_name in names),
        is_traditional=is_traditional,
        token=token,
    )


@cache
def make_file(name: str, seed: int) -> bytes:
    """Return a file's bytes: the right first bytes for its name, then every byte value in no order."""
    noise = b"".join(hashlib.sha512(f"{name} {seed} {block}".encode()).digest() for block in range(20 + seed * 5))
    suffix = name.rpartition(".")[2]
    if suffix == "txt":
        return f"本人申请办理医疗保险关系转出。{seed}\r\n".encode("gb18030")
    magic = {"jpg": b"\xff\xd8\xff\xe0", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-1.4\n", "dat": b"\x78\x9f\x3e\x22"}
    return magic[suffix] + noise
