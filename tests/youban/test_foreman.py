from __future__ import annotations

import os
import subprocess
import sys

_WIPES = """
import os
from pathlib import Path
from youban.foreman import wipe_environment
before = Path("/proc/self/environ").read_bytes()
os.environ.clear()
wipe_environment()
os.environ["LATER"] = "x"
after = Path("/proc/self/environ").read_bytes()
print(b"hush" in before, after.strip(bytes(1)), os.environ["LATER"], dict(os.environ))
"""


def test_environment_is_gone_from_memory_as_well() -> None:
    environ = {**os.environ, "YOUBAN_PASSWORD_1": "hush"}
    ran = subprocess.run(
        [sys.executable, "-c", _WIPES], env=environ, capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == "True b'' x {'LATER': 'x'}\n"
