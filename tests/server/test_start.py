"""The start of the server, and what it says where it cannot start."""

import asyncio
import ctypes
import json
import os
import resource
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from benchmarks.lesson import go_to
from benchmarks.load import expected_reading
from digits_app.server.assembly import around_the_pages
from digits_app.server.process import (
    FILES_PER_VISITOR,
    MEMORY_POOLS,
    SPARE_FILES,
    TURN_SECONDS,
)
from digits_app.server.start import missing_packages
from tests.support.pen_drawings import PenDrawing
from tests.support.serving import (
    PATIENCE,
    ROOT,
    Server,
    copy_app,
    run_server,
    wait_until_warm,
)
from tests.support.visitor import Visitor, canvas_json


def test_no_package_is_missing_here():
    assert missing_packages(ROOT / "requirements.txt") == []


def test_a_missing_package_is_named(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(
        "# what it needs\nnumpy==2.4.6\nno-such-package==1.0\n"
        'only-elsewhere==1.0; sys_platform == "plan9"\n'
    )
    assert missing_packages(requirements) == ["no-such-package"]


POOLS = """
import ctypes, sys, threading
from digits_app.server.process import share_memory_pools

if sys.argv[1] == "shared":
    share_memory_pools()
everybody = threading.Barrier(8)

def work():
    kept = [bytearray(1000) for _ in range(1000)]
    everybody.wait()

threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, out)
libc.fflush(out)
"""


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_info"), reason="only glibc has such pools"
)
def test_threads_share_two_pools_of_memory():
    def pools(way: str) -> int:
        run = subprocess.run(
            [sys.executable, "-c", POOLS, way],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONMALLOC": "malloc"},
            check=True,
        )
        return run.stdout.count("<heap nr=")

    assert pools("shared") == MEMORY_POOLS
    assert pools("as ever") > MEMORY_POOLS


def test_whoever_waits_for_the_interpreter_waits_a_millisecond(monkeypatch):
    """A page that runs is a turn for each stroke; Python's own turns take five."""
    told = []
    monkeypatch.setattr(sys, "setswitchinterval", told.append)
    around_the_pages()
    assert told == [TURN_SECONDS] == [0.001]


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
            timeout=PATIENCE,
            check=False,
        )
    assert run.returncode == 1
    assert f"Port {port} is not available" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_log_is_json_and_tells_of_the_warm_up(healthy_server: Server):
    log = healthy_server.log.read_text()
    lines = [line for line in log.splitlines() if line.startswith("{")]
    assert any(json.loads(line)["event"].startswith("warmed up") for line in lines)
    assert healthy_server.complaints() == []


@pytest.mark.skipif(os.cpu_count() == 1, reason="one core trains one network at a time")
def test_a_server_that_trained_two_at_a_time_ends_with_its_helper(tmp_path):
    async def train(server: Server) -> None:
        visitors = [
            (await Visitor.arrive(server.address, page="lesson"))[0] for _ in range(4)
        ]
        await asyncio.gather(
            *(go_to(v, 6, random_state=n) for n, v in enumerate(visitors, start=3))
        )
        for visitor in visitors:
            await visitor.leave()

    with run_server(tmp_path / "log") as server:
        wait_until_warm(server)
        asyncio.run(train(server))
        helpers = psutil.Process(server.process.pid).children(recursive=True)
        assert helpers
    assert server.complaints() == []
    assert psutil.wait_procs(helpers, timeout=PATIENCE)[1] == []


def readiness(server: Server) -> tuple[int, str]:
    """Ask as a load balancer does, until the server knows."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(
                f"{server.address}/ready", timeout=PATIENCE
            ) as answer:
                return answer.status, answer.read().decode().strip()
        except urllib.error.HTTPError as error:
            with error:
                status = error.read().decode().strip()
            if status != "starting":
                return error.code, status
        time.sleep(0.1)
    raise AssertionError("the server never knew whether it is ready")


def test_a_server_that_reads_drawings_is_ready(healthy_server: Server):
    assert readiness(healthy_server) == (200, "ready")


@pytest.mark.parametrize("damage", ["missing", "cut short"])
def test_without_its_weights_it_is_not_ready_and_the_log_names_the_file(
    tmp_path: Path, damage: str
):
    app = copy_app(tmp_path)
    weights = tmp_path / "digits_app" / "network" / "weights" / "augmented_10.weights"
    whole = weights.read_bytes()
    if damage == "missing":
        weights.unlink()
    else:
        weights.write_bytes(whole[:-1000])
    with run_server(tmp_path / "log", app) as server:
        assert readiness(server) == (503, "failed")
        assert any("augmented_10.weights" in line for line in server.complaints())


def test_an_umlaut_in_the_path_and_no_utf8_anywhere(
    tmp_path: Path, pen_drawings: list[PenDrawing]
):
    folder = tmp_path / "Schüler"
    folder.mkdir()
    drawing = canvas_json(pen_drawings[0].placed("filling"))
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

    async def visit(server: Server) -> None:
        visitor, page = await Visitor.arrive(server.address)
        assert not page.failed
        assert (await visitor.draw(drawing)).pixels == expected_reading(drawing)
        await visitor.leave()

    with run_server(tmp_path / "log", copy_app(folder), environment=ascii_only) as server:
        asyncio.run(visit(server))
    assert server.complaints() == []


def test_fifty_visitors_reload_where_a_program_starts_with_256_files(tmp_path: Path):
    """As macOS starts it; the limit is handed on to the server."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)

    async def visit(server: Server) -> None:
        for _ in range(2):
            visitors = [(await Visitor.arrive(server.address))[0] for _ in range(50)]
            for visitor in visitors:
                await visitor.leave()

    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        with run_server(tmp_path / "log") as server:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            asyncio.run(visit(server))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert server.complaints() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux sets others' limits")
def test_where_no_file_is_left_those_inside_are_served_and_the_log_says_why(
    tmp_path: Path,
):
    async def visit(server: Server) -> None:
        inside = [(await Visitor.arrive(server.address))[0] for _ in range(3)]
        pid = server.process.pid
        n_open = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        limit = n_open + SPARE_FILES + FILES_PER_VISITOR
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (limit, limit))
        inside.append((await Visitor.arrive(server.address))[0])
        for _ in range(3):
            with pytest.raises(Exception, match="403"):
                await Visitor.arrive(server.address)
        for visitor in inside:
            assert not (await visitor.run()).failed
            await visitor.leave()

    with run_server(tmp_path / "log") as server:
        wait_until_warm(server)
        asyncio.run(visit(server))
    (complaint,) = server.complaints()
    assert "ulimit -n" in complaint


def test_a_busy_minute_leaves_no_session_id_in_the_log(
    tmp_path: Path, pen_drawings: list[PenDrawing]
):
    """Whoever has the id of a live session can take it over."""
    drawings = [canvas_json(d.placed("filling")) for d in pen_drawings[:10]]

    async def visit(server: Server, number: int) -> str:
        visitor, _ = await Visitor.arrive(server.address)
        for bad in (drawings[number], "no drawing", drawings[number]):
            await visitor.draw(bad)
        session = visitor.session
        await visitor.socket.send("text, which Streamlit does not take")
        await visitor.socket.wait_closed()
        back, _ = await Visitor.arrive(server.address, session=session)
        await back.draw(drawings[number])
        await back.leave()
        return session

    async def visit_all(server: Server) -> list[str]:
        return await asyncio.gather(*(visit(server, number) for number in range(10)))

    with run_server(
        tmp_path / "log", environment={"STREAMLIT_LOGGER_LEVEL": "debug"}
    ) as server:
        sessions = asyncio.run(visit_all(server))
    log = server.log.read_text()
    assert len(set(sessions)) == 10
    assert not any(session in log for session in sessions)
    assert "AppSession" in log or "app_session" in log


def test_a_page_that_fails_apologises_and_its_error_is_one_line_that_quotes_nothing(
    tmp_path: Path,
):
    app = copy_app(tmp_path)
    page = tmp_path / "digits_app" / "pages" / "draw" / "draw.py"
    page.write_text(page.read_text() + "\nraise ValueError('M 80 60 L 130 230')\n")

    async def visit(server: Server) -> list[str]:
        visitor, reply = await Visitor.arrive(server.address)
        await visitor.leave()
        return reply.sentences

    with run_server(tmp_path / "log", app) as server:
        assert any("Something went wrong" in said for said in asyncio.run(visit(server)))
        (complaint,) = server.complaints()
        assert json.loads(complaint)["error"] == "ValueError"
        assert "M 80 60 L 130 230" not in server.log.read_text()
