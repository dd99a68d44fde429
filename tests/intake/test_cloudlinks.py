"""Oversized attachments and netdisk shares: name, size, expiry and the true host; never fetched."""

from __future__ import annotations

import pytest

from domain.mail import CloudLink
from intake.cloudlinks import find_html_links, find_text_links, merge_links
from intake.cloudservices import may_hold_links, tell_service

QQ = "http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=token.example&code=7684"
WX = "https://wx.mail.qq.com/ftn/download?func=3&key=token.example&code=abc"
NETEASE = "https://mail.163.com/large-attachment-download/index.html?file=token.example"
DASHI = "https://dashi.163.com/html/cloud-attachment-download/?key=token.example"
SIRIUS = "https://edisk.qiye.163.com/api/biz/attachment/download?identity=token.example"
PAN = "https://pan.baidu.com/s/1token-example"


def amp(url: str) -> str:
    return url.replace("&", "&amp;")


def test_qq_block() -> None:
    page = (
        '<div>您好</div><div id="QQMailBigAttach" unset="true"><hr><div><b>从QQ邮箱发来的超大附件</b></div>'
        f'<span class="qqmailbgattach" expiretime="1583892000" downloadlink="{amp(QQ)}">'
        f"<b>身份证 (正反面).zip</b><span> (34.5M, 2020年03月11日 10:00 到期)</span>"
        f' <a href="{amp(QQ)}">进入下载页面</a></span>'
        f'<span class="qqmailbgattach" expiretime="0" downloadlink="{amp(WX)}"><b>病历.pdf</b>'
        f'<span> (1.2G, 无限期)</span><a href="{amp(WX)}">进入下载页面</a></span></div>'
    )
    assert find_html_links(page) == (
        CloudLink("身份证 (正反面).zip", "34.5M", "2020-03-11 10:00", QQ),
        CloudLink("病历.pdf", "1.2G", "无限期", WX),
    )


def test_new_qq_and_foxmail_blocks() -> None:
    title = "户口本.rar\r\n文件大小：52.3M\r\n到期时间：2020年04月01日 12:30"
    new = f'<div class="bigatt_bt" title="{title}"><a href="{amp(WX)}">下载</a></div>'
    assert find_html_links(new) == (CloudLink("户口本.rar", "52.3M", "2020年04月01日 12:30", WX),)
    entry = (
        f'<div id="FoxmailClientBigAttach"><div class="FoxmailClientBigAttachEntry"><a style="x" href="{amp(QQ)}">'
        "发票.rar</a><span style='color:#888'> (120.5M, 2020年05月01日 09:00 到期)</span></div></div>"
    )
    assert find_html_links(entry) == (CloudLink("发票.rar", "120.5M", "2020年05月01日 09:00", QQ),)


def test_netease_block_names_a_file_once() -> None:
    page = (
        '<div id="divNeteaseBigAttach"><div><b>从网易163邮箱发来的超大附件</b>'
        '<a class="bigattach-mailmaster-download" href="http://u.163.com/token.example">推荐客户端极速下载</a></div>'
        f'<div><a href="{NETEASE}"><img src="x.gif"></a></div>'
        f'<div><a download="{NETEASE}" filename="材料 1.zip" href="{NETEASE}">材料 1.zip</a>'
        '<span style="color:#bbb"> (80.96M, 2020年3月17日 0:49 到期)</span></div>'
        f'<div><a href="{NETEASE}">下载</a></div>'
        f'<div><a href="{DASHI}">说明.docx</a><span> (20.1M, 2020年3月18日 0:49 到期)</span></div></div>'
    )
    assert find_html_links(page) == (
        CloudLink("材料 1.zip", "80.96M", "2020年3月17日 0:49", NETEASE),
        CloudLink("说明.docx", "20.1M", "2020年3月18日 0:49", DASHI),
    )


def test_netease_office_block_tells_size_and_expiry_in_attributes() -> None:
    page = (
        '<div id="divNeteaseSiriusCloudAttach"><b>从网易企业邮箱发来的云附件</b>'
        f'<a href="{SIRIUS}"><img title="云附件"></a><a href="{SIRIUS}" download="{SIRIUS}">花名册.xlsx</a>'
        "<div>20.49K&nbsp;|&nbsp;过期时间：2020年8月4日 23:48</div>"
        '<a href="https://mailh.qiye.163.com/edisk/api/biz/attachment/generic/preview?identity=token.example">预览</a>'
        f'<a href="{SIRIUS}" file-name="花名册.xlsx" file-size="20977" expired="1596556086117">下载</a></div>'
    )
    assert find_html_links(page) == (CloudLink("花名册.xlsx", "20.49K", "2020-08-04 23:48", SIRIUS),)


def test_cloud_189_tells_its_expiry_in_an_attribute() -> None:
    url = "https://download.cloud.189.cn/file/downloadFile.action?dt=token.example"
    (link,) = find_html_links(f'<a href="{url}" expired="1596556086117">a.zip</a>')
    assert (link.name, link.expires) == ("a.zip", "2020-08-04 23:48")


def test_plain_text_forms() -> None:
    body = (
        "您好，材料见附件。\n\n从QQ邮箱发来的超大附件\n\n"
        f"身份证.zip (128.03M, 2020年11月27日 21:59 到期)进入下载页面：{QQ}\n"
        f"病历 2.rar (20M, 无限期)进入下载页面：{WX}\n"
        f"\n从网易163邮箱发来的云附件\n\n发票.pdf (60.5M, 2020年3月17日 0:49 到期)\n下载：{NETEASE}\n"
    )
    assert find_text_links(body) == (
        CloudLink("身份证.zip", "128.03M", "2020年11月27日 21:59", QQ),
        CloudLink("病历 2.rar", "20M", "无限期", WX),
        CloudLink("发票.pdf", "60.5M", "2020年3月17日 0:49", NETEASE),
    )


@pytest.mark.parametrize(
    ("words", "link"),
    [
        (f"链接：{PAN} 提取码：ab12", CloudLink("百度网盘分享", "", "", f"{PAN}?pwd=ab12")),
        (
            f"通过百度网盘分享的文件：转出材料.zip\n链接：{PAN}?pwd=ab12\n提取码：ab12 \n--来自百度网盘超级会员的分享",
            CloudLink("转出材料.zip（百度网盘）", "", "", f"{PAN}?pwd=ab12"),
        ),
        (
            "微云文件分享：身份证.jpg下载地址：https://share.weiyun.com/token",
            CloudLink("身份证.jpg（腾讯微云）", "", "", "https://share.weiyun.com/token"),
        ),
        (
            "我用阿里云盘分享了「材料.zip」：https://www.alipan.com/s/token",
            CloudLink("材料.zip（阿里云盘）", "", "", "https://www.alipan.com/s/token"),
        ),
    ],
)
def test_netdisk_share(words: str, link: CloudLink) -> None:
    assert find_text_links(f"您好，材料较大。\n{words}\n谢谢") == (link,)
    assert find_html_links(f"<p>您好</p><p>{amp(words)}</p>".replace("\n", "<br>")) == (link,)


@pytest.mark.parametrize(
    "url",
    [
        "https://fs.163.com.evil.example/fs/display?p=1",
        "https://fs.163.com@evil.example/fs/display",
        "https://user@fs.163.com/fs/display",
        "https://evil.example/fs.163.com/large-attachment-download",
        "https://evil.example\\.mail.qq.com/ftn/download",
        "https://fs.163.com:8443/fs/display",
        "https://xfs.163.com/fs/display",
        "https://notmail.qq.com/cgi-bin/login",
        "https://pan.baidu.com/",
        "https://mail.qq.com/cgi-bin/loginpage",
        "ftp://fs.163.com/fs/display",
        "javascript:location='https://fs.163.com/fs/display'",
        "https://fs。163。com/fs/display",
        "https://[fs.163.com/fs/display",
    ],
)
def test_address_elsewhere_is_no_service_s(url: str) -> None:
    assert tell_service(url) is None
    assert find_text_links(f"材料.zip (3M, 无限期) {url}") == ()
    assert find_html_links(f'<a href="{url}">材料.zip</a>') == ()


def test_foreign_address_in_a_qq_block_is_not_kept_but_its_file_is() -> None:
    page = (
        '<span class="qqmailbgattach" expiretime="1583892000" downloadlink="https://mail.qq.com.evil.example/ftn/x">'
        "身份证.zip (34.5M)</span>"
    )
    assert find_html_links(page) == (CloudLink("身份证.zip", "34.5M", "2020-03-11 10:00", ""),)


def test_link_in_quoted_history_is_an_earlier_letter_s() -> None:
    assert find_text_links(f"请问收到了吗？\n\n------------------ 原始邮件 ------------------\n材料：{PAN}") == ()
    assert find_text_links(f"请问收到了吗？\n> 从QQ邮箱发来的超大附件\n> a.zip (3M, 无限期)进入下载页面：{QQ}") == ()
    block = f'<a href="{NETEASE}">a.zip</a> (3M, 2020年3月17日 0:49 到期)'
    assert find_html_links(f'<div>收到了吗</div><blockquote type="cite">{block}</blockquote>') == ()


def test_block_that_qq_puts_below_the_history_counts() -> None:
    body = (
        "补交材料。\n\n------------------ 原始邮件 ------------------\n发件人: 医保;\n您的办件还缺材料。\n\n\n"
        f"从QQ邮箱发来的超大附件\n\n身份证.zip (28M, 2020年11月27日 21:59 到期)进入下载页面：{QQ}\n"
    )
    assert find_text_links(body) == (CloudLink("身份证.zip", "28M", "2020年11月27日 21:59", QQ),)
    assert find_text_links(f"{body}\n发件人: 甲\n发送时间: 2020年2月1日\n收件人: 乙\n主题: 丙\n更早的信") == ()


def test_forwarded_letter_keeps_its_links() -> None:
    body = (
        f"-------- 转发邮件信息 --------\n发件人：李四\n\n从QQ邮箱发来的超大附件\na.zip (3M, 无限期)进入下载页面：{QQ}"
    )
    assert find_text_links(body, "Fw: 材料") == (CloudLink("a.zip", "3M", "无限期", QQ),)


def test_links_that_say_the_same_are_merged() -> None:
    bare = CloudLink("a.zip", "3M", "", "")
    full = CloudLink("a.zip", "3M", "", QQ)
    late = CloudLink("", "", "无限期", QQ)
    assert merge_links([bare, full, late, bare]) == (CloudLink("a.zip", "3M", "无限期", QQ),)
    assert merge_links([]) == ()


def test_ordinary_body_is_not_looked_at_twice() -> None:
    assert not may_hold_links("<p>您好，附件是身份证。https://www.gov.example/</p>".encode())
    assert may_hold_links(QQ.encode())
    assert find_html_links(f"<p>{'您好' * 50}</p>") == ()


@pytest.mark.parametrize(
    "piece",
    [
        f'<a href="{QQ}">',
        f"{QQ} ",
        "<a title='到期 文件大小",
        "https://mail.qq.com/ftn/" + "a" * 50 + " (1M,",
        "\ue0000\ue001",
        "文件：a (",
    ],
)
@pytest.mark.timeout(10)
def test_hostile_body_costs_linear_time(piece: str) -> None:
    many = piece * (800_000 // len(piece))
    assert len(find_html_links(many)) <= 50
    assert len(find_text_links(many)) <= 50
