"""The start of the server, and what it says where it cannot start."""

import json
import socket
import subprocess
import sys

from digits_app.server.start import missing_packages
from tests.support.serving import ROOT, run_server, wait_until_warm


def test_no_package_is_missing_here():
    assert missing_packages(ROOT / "requirements.txt") == []


def test_a_missing_package_is_named(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(
        "# what it needs\nnumpy==2.4.6\nno-such-package==1.0\n"
        'only-elsewhere==1.0; sys_platform == "plan9"\n'
    )
    assert missing_packages(requirements) == ["no-such-package"]


def test_a_taken_port_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        where = [f"--server.port={port}", "--server.address=127.0.0.1"]
        run = subprocess.run(
            [sys.executable, "-m", "streamlit", "run", "app.py", *where],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert run.returncode == 1
    assert f"Port {port} is not available" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_log_is_json_and_tells_of_the_warm_up(tmp_path):
    with run_server(tmp_path / "log") as server:
        wait_until_warm(server)
    lines = [line for line in server.log.read_text().splitlines() if line.startswith("{")]
    assert any(json.loads(line)["event"].startswith("warmed up") for line in lines)
    assert server.complaints() == []
