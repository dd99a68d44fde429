"""How a letter leaves the house: put off, lost on the way, refused; its copy; what stays at the server."""

from __future__ import annotations

from cases.queries import CaseView
from domain.cases import CaseStatus, ReplyState
from tests.acceptance.asks import ask_whole
from tests.acceptance.house import House
from tests.acceptance.mails import Letter
from tests.acceptance.waiting import wait_until
from youban.demo.imap_server import SENT_FOLDER


def deliveries(view: CaseView) -> list[tuple[int, str, int]]:
    (reply,) = view.replies
    return [(d.attempt, d.outcome, d.code) for d in reply.deliveries]


def test_letter_put_off_by_451_is_sent_later(house: House) -> None:
    mails = {at: ask_whole("dl-death", by=f"put-off-{at.lower()}").mail for at in ("RCPT", "DATA")}
    for at, mail in mails.items():
        house.box.smtp.script(mail.sender, "451 4.7.1 Greylisted, try again later", at=at)
        house.post(mail)
    for mail in mails.values():
        (letter,) = house.wait_for_letters(mail)
        view = wait_until_sent(house, letter)
        assert deliveries(view) == [(1, "deferred", 451), (2, "sent", 250)]
        (reply,) = view.replies
        assert "Greylisted" in reply.deliveries[0].answer
        assert (reply.reply.message_id, reply.reply.attempts) == (letter["Message-ID"], 2)
        assert [e.what for e in view.events if e.what.startswith("reply-")] == ["reply-deferred", "reply-sent"]
        assert view.case.status is CaseStatus.COMPLETE


def test_letter_whose_answer_was_lost_comes_again_with_the_same_message_id(house: House) -> None:
    mail = ask_whole("dl-death", by="answer-lost").mail
    house.box.lose_answer(mail.sender)
    house.post(mail)
    first, second = house.wait_for_letters(mail, 2)
    assert first.raw == second.raw
    assert deliveries(wait_until_sent(house, second)) == [(1, "deferred", 451), (2, "sent", 250)]
    assert (house.count_written(mail.sender), house.count_cases(mail.sender)) == (1, 1)


def test_refused_letter_goes_to_a_clerk(house: House) -> None:
    mail = ask_whole("dl-death", by="refused").mail
    house.box.smtp.script(mail.sender, *["550 5.1.1 User unknown"] * 3)
    house.post(mail)
    (number,) = wait_until(lambda: house.find_cases(mail.sender), "the case")
    view = wait_until(lambda: has_state(house.view(number), ReplyState.REFUSED), "the letter refused")
    assert deliveries(view) == [(1, "refused", 550)]
    assert view.case.status is CaseStatus.TRIAGE
    words = [e.what for e in view.events]
    assert words[-2:] == ["reply-refused", "to-clerk"]
    assert "User unknown" in view.events[-1].details["reason"]
    assert house.letters(mail) == []


def test_copy_of_each_letter_lies_in_the_sent_folder(house: House) -> None:
    mail = ask_whole("dl-death", by="sent-copy").mail
    letter = house.answer_to(mail)
    view = wait_until(lambda: has_copy(house.view(letter.case)), "the copy recorded")
    assert house.imap.messages(mail.mailbox, SENT_FOLDER).count(letter.raw) == 1
    assert all(house.imap.seen(mail.mailbox, SENT_FOLDER))
    assert view.replies[0].reply.state is ReplyState.SENT


def test_mail_is_marked_seen_and_never_deleted(house: House) -> None:
    mail = house.post(ask_whole("dl-death", by="seen").mail)
    house.wait_for_lines(mail)
    wait_until(lambda: all(house.imap.seen(mail.mailbox)), "every message seen")
    for mailbox, posted in house.posted.items():
        kept = house.imap.messages(mailbox)
        assert [raw for raw in posted if raw not in kept] == [], mailbox


def wait_until_sent(house: House, letter: Letter) -> CaseView:
    """Return the case when its only letter is written down as sent: that is after it has arrived."""
    return wait_until(lambda: has_state(house.view(letter.case), ReplyState.SENT), "the letter recorded as sent")


def has_state(view: CaseView, state: ReplyState) -> CaseView | None:
    return view if [r.reply.state for r in view.replies] == [state] else None


def has_copy(view: CaseView) -> CaseView | None:
    return view if view.replies[0].sent_copy_at is not None else None
