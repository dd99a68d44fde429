"""The demo as a stranger runs it."""

import email
import email.policy
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.timeout(400)  # it looks at ninety photographs
def test_demo_once_gives_every_sample_its_expected_fate_and_keeps_the_letters(tmp_path: Path) -> None:
    keep = tmp_path / "kept"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "youban", "demo", "--once", "--keep", str(keep)],
        capture_output=True,
        text=True,
        timeout=380,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    mails = sorted(keep.glob("*-mail.eml"))
    assert len(mails) >= 12
    assert f"{len(mails)} 封来信，{len(mails)} 封已有结果，{len(mails)} 封与预期一致" in done.stdout
    answers = sorted(keep.glob("*-answer.eml"))
    for answer in answers:
        letter = email.message_from_bytes(answer.read_bytes(), policy=email.policy.default)
        mail = email.message_from_bytes(answer.with_name(answer.name.replace("-answer", "-mail")).read_bytes())
        assert letter["Auto-Submitted"] == "auto-replied"
        assert letter["In-Reply-To"] == mail["Message-ID"]
    written, answered = ({path.name.rpartition("-")[0] for path in paths} for paths in (mails, answers))
    assert written - answered == {"17-bounce", "18-auto-reply", "28-advertising"}
