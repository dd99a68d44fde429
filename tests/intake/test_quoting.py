"""What is new stays, what came before is put aside: the classifier must not match our own letter."""

from __future__ import annotations

import pytest

from domain.cases import CaseNumber
from intake.htmltext import html_to_text
from intake.quoting import Split, split_letter, split_quoted

NEW = "补发社保卡照片，请查收。\n电话 13900001234"
OLD = "您的办件还缺：社会保障卡正面。"

SENT = "发送时间: 2020年2月10日(星期一) 上午9:00"
HISTORIES = {
    "qq": '------------------ 原始邮件 ------------------\n发件人: "医保"<yb@x.example>;\n'
    f'{SENT}\n收件人: "张三"<a@qq.example>;\n主题: 补正\n\n{OLD}',
    "qq-english": f"------------------&nbsp;Original&nbsp;------------------\n{OLD}".replace("&nbsp;", "\u00a0"),
    "qq-telephone": f'---原始邮件---\n发件人:"医保"<yb@x.example>\n{OLD}',
    "163": f'在 2020-02-10 09:00:00，"医保" <yb@x.example> 写道：\n>{OLD}\n>谢谢',
    "163-english": f'At 2020-02-10 09:00:00, "医保" <yb@x.example> wrote:\n{OLD}',
    "163-telephone": f"---- 回复的原邮件 ----\n| 发件人 | 医保<yb@x.example> |\n| 日期 | 2020年02月10日 09:00 |\n{OLD}",
    "foxmail": f"发件人： yb@x.example\n发送时间： 2020-02-10 09:00\n收件人： a@qq.example\n主题： 补正\n{OLD}",
    "outlook": "________________________________\n发件人: 医保 <yb@x.example>\n"
    f"{SENT}\n收件人: 张三\n主题: 补正\n\n{OLD}",
    "outlook-english": f"-----Original Message-----\nFrom: yb@x.example\nSent: Monday\nTo: a\nSubject: b\n\n{OLD}",
    "outlook-short": f"-----邮件原件-----\n{OLD}",
    "iphone": f"> 在 2020年2月10日，上午9:00，医保 <yb@x.example> 写道：\n> \n> {OLD}",
    "gmail": f"On Mon, Feb 10, 2020 at 9:00 AM 医保\n<yb@x.example> wrote:\n\n> {OLD}",
    "gmail-chinese": f"医保 <yb@x.example> 于2020年2月10日周一 上午9:00写道：\n\n> {OLD}",
    "traditional": f"於 2020年2月10日 9:00，醫保 <yb@x.example> 寫道：\n{OLD}",
}


@pytest.mark.parametrize("form", HISTORIES)
def test_history_is_put_aside(form: str) -> None:
    text, quoted = split_quoted(f"{NEW}\n\n{HISTORIES[form]}")
    assert text == NEW
    assert OLD in quoted


def test_answer_below_the_history_is_kept() -> None:
    text, quoted = split_quoted(f"在 2020-02-10 09:00，医保 <yb@x.example> 写道：\n> {OLD}\n\n{NEW}")
    assert (text, OLD in quoted) == (NEW, True)


@pytest.mark.parametrize(
    "line",
    [
        "发自我的iPhone",
        "发自我的 iPhone 12 Pro",
        "从我的华为手机发送",
        "Sent from my iPhone",
        "来自 Outlook",
        "来自QQ邮箱",
        "| 签名由 网易邮箱大师 定制 |",
        "发自我的小米手机",
        "发自我的vivo智能手机",
        "发送自 Windows 10 版邮件应用",
        "获取 Outlook for Android",
        "Sent from Mail for Windows",
        "该邮件从移动设备发送",
        "发自张三的iPad",
    ],
)
def test_client_line_is_put_aside(line: str) -> None:
    assert split_quoted(f"{NEW}\n\n{line}\n") == (NEW, line)
    assert split_letter(f"{NEW}\n\n{line}\n\n{HISTORIES['qq']}").stock == line


@pytest.mark.parametrize(
    "line",
    [
        "来自大连的申请人请回我手机",
        "从我的手机查不到医保缴费",
        "发自内心地感谢，请办理转出，附件是手机照片",
        "来自济南，我的邮箱",
        "-- ",
        "-- \n李四 13900001234\n某某公司",
    ],
)
def test_line_that_may_be_a_person_s_stays(line: str) -> None:
    text = f"{NEW}\n{line}\n谢谢"
    assert split_letter(text) == Split(new=text.replace("-- \n", "--\n"), stock="", history="")


def test_notice_of_secrecy_is_put_aside_and_what_follows_it_stays() -> None:
    notice = "本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。\n禁止任何其他人以任何形式使用。"
    assert split_letter(f"{NEW}\n\n{notice}\n\n另：请寄到济南") == Split(f"{NEW}\n\n\n另：请寄到济南", notice, "")


@pytest.mark.parametrize(
    "text",
    [
        "收件人：某某医保中心\n地址：济南市历下区1号\n电话：0531-00000000",
        "我在2020年1月的申请里写道：本人自愿参加。请核实。",
        "姓名：张三\n日期：2020年2月10日",
        "From now on: thanks",
        "身份证-----社保卡",
        "李四\n13900001234\n大连市某某公司",
    ],
)
def test_own_words_are_not_history(text: str) -> None:
    assert split_quoted(text) == (text, "")


def test_forwarded_mail_keeps_its_words_unless_they_are_ours() -> None:
    history = "-------- 转发邮件信息 --------\n发件人：李四 <b@x.example>\n\n我要办理转出"
    assert "我要办理转出" in split_quoted(history, "转发：转出")[0]
    assert split_quoted(history, "回复：转出")[0] == ""
    number = CaseNumber("DL", __import__("datetime").date(2020, 2, 10), 42)
    assert split_quoted(f"{history}\n办件编号 {number}", "Fw: 转出")[0] == ""


def test_html_becomes_lines() -> None:
    page = (
        "<html><head><title>t</title><style>p{color:red}</style></head><body>"
        "<div>您好&#65292;</div><div>附件是<b>身份证</b>"
        "<br>电话&nbsp;13900001234</div><script>var x='<div>';</script>"
        "<table><tr><td>姓名</td><td>张三</td></tr></table>"
        "<!-- 注释 --><p title='a>b'>谢谢</p></body></html>"
    )
    assert html_to_text(page) == "您好，\n附件是身份证\n电话 13900001234\n姓名 张三\n谢谢"


def test_html_quote_is_marked_but_indentation_is_not() -> None:
    page = (
        '<div>新</div><blockquote id="isReplyContent"><div>旧</div></blockquote>'
        '<blockquote style="margin:0 40px">缩进</blockquote>'
    )
    assert html_to_text(page) == "新\n> 旧\n缩进"
    assert split_quoted(html_to_text(page)) == ("新\n缩进", "> 旧")


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        '<a "',
        "<!--",
        "<script>",
        "<!-- <a '>",
        '<a">"',
        "<style><",
        "</",
        "&#",
        "<blockquote type=cite>a",
        "<td\"'",
    ],
)
@pytest.mark.timeout(10)
def test_hostile_html_costs_linear_time(piece: str) -> None:
    html_to_text(piece * (1_000_000 // len(piece)))


@pytest.mark.parametrize(
    "line",
    [
        "发件人：",
        "在 2020 写道",
        "On 2020, a <b@c> ",
        "> ",
        "--- ",
        "发自我的 ",
        "来自 " * 20,
        "From: To: Date: ",
        "_ " * 30,
        "签名由",
        " ",
        "\u3000",
        "发件人 ",
        "|*",
        "<a@",
        "-- ",
        "日期 \t",
    ],
)
@pytest.mark.timeout(10)
def test_hostile_text_costs_linear_time(line: str) -> None:
    split_quoted("\n".join([line * 3] * 20_000))
    split_quoted(line * 60_000)
