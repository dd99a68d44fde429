"""Complaints about people or service: one plain word, or several kinds of grievance together."""

from __future__ import annotations

import re

from routing.words import any_of, each_of, is_denied

# Alternatives begin with a plain character where they can (each_of): the engine skips what begins none.
_ACCUSES = re.compile(
    r"(?:投诉(?<![被遭挨]投诉)(?<!(?:患者|病人|家属|客户|顾客)投诉)|举报(?<![被遭挨]举报)(?<!(?:患者|病人|家属|客户|顾客)举报))(?!我们|咱|俺|我[店院司]|电话|热线|渠道|邮箱|方式)"
)
# "再不办我就投诉": beside papers the sender still wants his business done.
_THREATENS = re.compile(r"(?:再不|要不|不然|否则|如果|要是|若)[^。!?;]{0,14}$")
_SEEN_BEFORE = 20
_STATEMENT = each_of("给讨要还", r"(?:我们?|俺们?|大家|老百姓|一?个)*说法")
_DEMANDS = any_of(
    r"管一管|管管|管不管|道歉|追究|追责|问责|调查(?:处理|并|清楚|一下|此|核实)|严肃处理|严惩|整改|批评教育|书面(?:的)?(?:回话|答复|回复)",
    each_of("请让找", r"(?:你们?)?的?领导(?:看|出来|给|管|接|处理)"),
    r"告(?:你们|到)|录音|媒体|记者|曝光(?!不|过|太|度)|讨个?公道",
    each_of("打拨找告", r"[^,。;!?]{0,5}12345"),
    rf"市长热线|纪委|信访|起诉|行政复议|{_STATEMENT}",
)
# Each kind counts once. A telephone that nobody answers is why many write at all, so it weighs half.
# A statement owed is a demand that stands alone, so it counts as both.
_GRIEVANCES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (1.0, _DEMANDS),
    (1.0, re.compile(_STATEMENT)),
    (
        1.0,
        any_of(
            r"服务态度|态度(?:很|太|特别|非常|十分|极其?)?(?:差|恶劣|不好|蛮横|冷|生硬|傲慢|嚣张)|这[种么]?态度|那[种么]?态度|种[种么]?态度|什[种么]?态度|服务(?:太|很|真)?差",
            r"推搡|推了?(?:我|俺|老人)|嚷嚷|嚷[我俺]|吼|骂(?:我|俺|人|斥)|训(?:我|俺|人|斥)|挂断?了?(?:我的?)?电话|摔(?:我的?)?电话|随即挂|再挂|轰(?:出|走|我|俺)|撵",
            r"不耐烦|爱[答搭]不理|没好气|甩脸|脸色|翻白眼|阴阳怪气|刁难|蛮横|冷嘲热讽|推三阻四|说话(?:太|很|特别|真|这么)?(?:难听|冲|噎人)|推来推去|踢来踢去|踢皮球|推诿|往外推|互相推|恶语",
        ),
    ),
    (
        1.0,
        any_of(
            r"没人理|无人理|不理睬|没人回(?!来|家)|一直不回|石沉大海|装聋作哑|置之不理|拖延|拖了[^,。]{0,6}[月年周]|一拖再拖"
        ),
    ),
    (
        1.0,
        any_of(
            r"气愤|愤怒|失望|非\w{1,2}不满|强\w{1,2}不满|十\w{1,2}不满|岂有此理|太过分|心寒|可气|气死|欺负|忍无可忍|受(?:不了)?[这你][个种们]?(?:气|窝囊气)|不像话"
        ),
    ),
    (
        1.0,
        any_of(
            r"摆设|上不上班|吃干饭|为人民服务(?:吗|\?|的?就是)|纳税人|养你们|干什么吃|不作为|渎职|不负责任|官僚|形式主义|懒政",
            r"折腾(?:人|老百姓)|耍我|糊弄|王法|衙门|官老爷|公仆|吃拿卡要|老百姓的?死活|没良心|坑人|形同虚设|一问三不知|没人性",
        ),
    ),
    (
        1.0,
        any_of(
            r"反[映应](?:一个|一下|个|下|点|几个)*(?:情况|问题)",
            *(
                rf"{word}(?<!没{word})(?<!医生{word}|大夫{word}|审核{word})(?:一?点|几点|个|些)?意见(?![书函是为])"
                for word in ("提", "有", "个", "的", "几点", "点")
            ),
        ),
    ),
    (0.5, re.compile(r"意见(?:和建议)?\n|建议(?:和建议)?\n")),
    (0.5, any_of(r"跑了?[^,。;!?]{0,2}[三四五六七八九十\d]+[趟回次]")),
    (0.5, any_of(r"没人接|打不[通进]|占线|忙音|无人接|接不通")),
)
# Papers enclosed speak for an application, however angry; a question of the way for somebody who wants to be told.
_NEEDED, _NEEDED_ASKING, _NEEDED_ENCLOSING = 1.5, 2.0, 3.0


def find_complaint(subject: str, text: str, *, has_documents: bool, asks_way: bool) -> str:
    """Return the words that complain of people or service in a folded mail, '' when none do.

    ``asks_way``: it also asks how something is done; then a grievance told in passing is no complaint yet.
    """
    whole = f"{subject}\n{text}"
    for found in _ACCUSES.finditer(whole):
        is_threat = has_documents and _THREATENS.search(whole[max(0, found.start() - _SEEN_BEFORE) : found.start()])
        if not is_denied(whole, found.start()) and not is_threat:
            return found.group()
    if has_documents and not _DEMANDS.search(whole):
        return ""
    told = [(weight, hit.group()) for weight, words in _GRIEVANCES if (hit := words.search(whole))]
    needed = _NEEDED_ENCLOSING if has_documents else _NEEDED_ASKING if asks_way else _NEEDED
    return "、".join(dict.fromkeys(word for _, word in told)) if sum(w for w, _ in told) >= needed else ""
