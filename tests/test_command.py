"""`eight-by-eight`, installed from the wheel into an empty environment."""

import asyncio
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

import digits_app
from benchmarks.load import expected_reading
from digits_app.__main__ import main
from digits_app.server.welcome import large, words_of_welcome
from tests.support.installed import PROJECT, make_environment
from tests.support.pen_drawings import PenDrawing
from tests.support.serving import PATIENCE, ROOT, Server, free_port, run_command
from tests.support.visitor import Visitor, canvas_json

FOREIGN = """
[server]
port = 9
allowedHosts = ["*"]
corsAllowedOrigins = ["http://evil.example"]
enableXsrfProtection = false
enableStaticServing = true

[client]
showErrorDetails = "full"
"""


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Path:
    """Folder of the commands of an environment with the wheel and its dependencies."""
    folder = tmp_path_factory.mktemp("installed") / "Schüler"
    return make_environment(folder, wheel, PROJECT["dependencies"])


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def environment(**variables: str) -> dict[str, str]:
    """As a shell has it that never heard of this folder."""
    return {"PYTHONPATH": "", "PYTHONSAFEPATH": "1", **variables}


@contextmanager
def running(
    commands: Path, folder: Path, base: str = "", **variables: str
) -> Iterator[Server]:
    port = free_port()
    command = [commands / "eight-by-eight", "--no-browser", "--host", "127.0.0.1"]
    with run_command(
        [*command, "--port", str(port)],
        port,
        folder.parent / "log",
        folder,
        environment(**variables),
        base,
    ) as server:
        yield server


def status(server: Server, path: str, **headers: str) -> int:
    request = urllib.request.Request(server.address + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_it_reads_drawings_from_an_empty_folder(
    commands: Path, empty: Path, pen_drawings: list[PenDrawing]
):
    drawing = canvas_json(pen_drawings[0].placed("filling"))

    async def visit(server: Server) -> None:
        visitor, page = await Visitor.arrive(server.address)
        assert not page.failed
        assert (await visitor.draw(drawing)).pixels == expected_reading(drawing)
        await visitor.leave()

    with running(commands, empty) as server:
        asyncio.run(visit(server))
    assert server.complaints() == []
    assert list(empty.iterdir()) == []


def test_settings_of_another_app_in_that_folder_loosen_nothing(commands: Path, empty: Path):
    settings = empty / ".streamlit" / "config.toml"
    settings.parent.mkdir()
    settings.write_text(FOREIGN)
    (empty / "app.py").write_text("raise SystemExit('the other app')")
    with running(commands, empty) as server:
        assert status(server, "/") == 200
        assert status(server, "/", Host="evil.example") == 421

        async def visit() -> None:
            with pytest.raises(Exception, match="403"):
                await Visitor.arrive(server.address, origin="http://evil.example")

        asyncio.run(visit())


def test_what_streamlits_variables_set_still_counts(commands: Path, empty: Path):
    variables = {"STREAMLIT_SERVER_ALLOWED_HOSTS": "digits.school.example"}
    with running(commands, empty, base="/tools/digits", **variables) as server:
        assert status(server, "/", Host="digits.school.example") == 200
        assert status(server, "/", Host="127.0.0.1") == 421


def test_the_wheel_carries_the_one_entry_and_the_one_file_of_settings(wheel: Path):
    with zipfile.ZipFile(wheel) as packed:
        for file in ("app.py", ".streamlit/config.toml"):
            assert packed.read(f"digits_app/entry/{file}") == (ROOT / file).read_bytes()


def test_a_taken_port_is_named(commands: Path, empty: Path):
    with running(commands, empty) as server:
        run = subprocess.run(
            [commands / "eight-by-eight", "--no-browser", "--port", str(server.port)],
            cwd=empty,
            env={**os.environ, **environment(STREAMLIT_SERVER_ADDRESS="127.0.0.1")},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert run.returncode == 1
    assert f"Port {server.port} is not available" in run.stderr
    assert "Traceback" not in run.stderr


def on_a_terminal(command: list[str | Path], folder: Path) -> str:
    """Run a server on a terminal until it says how to stop it, and stop it so."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(command[0], command, {**os.environ, **environment(PYTHONUTF8="1")})
    shown = b""
    while b"Ctrl+C" not in shown:
        shown += os.read(terminal, 65536)
    os.kill(pid, signal.SIGINT)
    try:
        while some := os.read(terminal, 65536):
            shown += some
    except OSError:  # how Linux says that a terminal has no other end any more
        pass
    _, ended = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(ended) == 0
    os.close(terminal)
    return shown.decode()


def test_on_a_terminal_it_shows_its_address_large_and_ends_without_a_word(
    commands: Path, empty: Path
):
    port = free_port()
    command = [commands / "eight-by-eight", "--no-browser", "--port", str(port)]
    shown = on_a_terminal(command, empty)
    assert f"On this machine:  http://localhost:{port}\r\n" in shown
    assert "█▄▄▄▄▄▄▄█" in shown or "Other devices cannot" in shown
    assert "Streamlit" not in shown
    assert not {"Aborted", "Traceback"} & set(shown.split())


def test_it_opens_its_page_in_a_browser(commands: Path, empty: Path, tmp_path: Path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(
        f"#!/bin/sh\necho \"$1\" > '{opened}.new'; mv '{opened}.new' '{opened}'\n"
    )
    browser.chmod(0o755)
    port = free_port()
    command = [commands / "eight-by-eight", "--port", str(port)]
    variables = environment(BROWSER=f"{browser} %s")
    with run_command(command, port, tmp_path / "log", empty, variables):
        give_up = time.monotonic() + PATIENCE
        while not opened.exists():
            assert time.monotonic() < give_up, "no browser was opened"
            time.sleep(0.05)
    assert opened.read_text().strip() == f"http://localhost:{port}"


def test_the_address_for_the_class_is_written_large_and_as_a_qr_code():
    words = words_of_welcome("http://localhost:8501", "http://192.168.178.123:8501")
    assert "http://192.168.178.123:8501" in words
    assert max(map(len, words.splitlines())) <= 80
    assert "█ ▄▄▄▄▄ █" in words  # the finder patterns of the code
    alone = words_of_welcome("http://localhost:8501", None)
    assert "Other devices cannot reach it" in alone


def test_an_address_with_letters_is_written_as_it_is():
    assert large("http://10.0.0.7:85/tools") == "http://10.0.0.7:85/tools"


@pytest.mark.parametrize("way", [["eight-by-eight"], ["python", "-m", "digits_app"]])
def test_both_ways_tell_the_version(commands: Path, empty: Path, way: list[str]):
    run = subprocess.run(
        [commands / way[0], *way[1:], "--version"],
        cwd=empty,
        env={**os.environ, **environment()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == f"eight-by-eight {digits_app.__version__}"


@pytest.mark.parametrize("port", ["-1", "65536", "web"])
def test_what_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit, match="2"):
        main(["--port", port])
    assert "a port is a number from 0 to 65535" in capsys.readouterr().err


# Reading


@pytest.fixture
def pictures(empty: Path) -> dict[str, str]:
    """A 7, a row that says 70, an empty sheet, and what is no picture."""
    sheet = Image.new("L", (600, 280), "white")
    pen = ImageDraw.Draw(sheet)
    pen.line([(80, 60), (200, 60), (130, 230)], fill=0, width=14, joint="curve")
    sheet.crop((0, 0, 280, 280)).save(empty / "seven.png")
    pen.ellipse((350, 60, 450, 230), outline=0, width=14)
    sheet.save(empty / "seventy.jpg")
    Image.new("L", (50, 50), "white").save(empty / "blank.png")
    (empty / "words.txt").write_text("no picture")
    return {path.stem: str(path) for path in empty.iterdir()}


def test_pictures_are_read_where_only_the_reader_is_installed(
    tmp_path: Path, wheel: Path, pictures: dict[str, str]
):
    """With the five packages that the docs name, and without Streamlit."""
    needed = PROJECT["dependencies"][:5]
    (line,) = [
        line
        for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("pip install numpy")
    ]
    assert [name.partition(">")[0] for name in needed] == line.split()[2:]
    commands = make_environment(tmp_path / "reader", wheel, needed)
    assert not list(commands.parent.glob("lib/**/streamlit"))
    run = subprocess.run(
        [commands / "eight-by-eight", "read", pictures["seven"], pictures["seventy"]],
        env={**os.environ, **environment()},
        capture_output=True,
        text=True,
        check=True,
    )
    seven, seventy = run.stdout.splitlines()
    assert seven.startswith(f"{pictures['seven']}: 7 (very sure, ")
    assert seventy.startswith(f"{pictures['seventy']}: 70 (very sure, ")


def test_what_cannot_be_read_is_said_and_the_rest_is_read(
    pictures: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    names = [pictures[name] for name in ("blank", "words", "seven")] + ["nowhere.png"]
    assert main(["read", *names]) == 1
    said = capsys.readouterr()
    assert said.out.startswith(f"{pictures['seven']}: 7 ")
    blank, words, nowhere = said.err.splitlines()
    assert "no writing in this picture" in blank
    assert "not a picture" in words
    assert "No such file" in nowhere


def test_readings_as_json(pictures: dict[str, str], capsys: pytest.CaptureFixture[str]):
    assert main(["read", "--json", pictures["seventy"], pictures["blank"]]) == 1
    seventy, blank = json.loads(capsys.readouterr().out)
    assert seventy["number"] == "70"
    assert [each["digit"] for each in seventy["digits"]] == [7, 0]
    assert seventy["left_out"] == []
    assert all(0.9 < each["confidence"] <= 1 for each in seventy["digits"])
    left, top, right, bottom = seventy["digits"][0]["box"]
    assert (left, top) == pytest.approx((75, 55), abs=12)
    assert (right, bottom) == pytest.approx((205, 235), abs=12)
    assert "no writing" in blank["error"]


def test_the_command_is_installed_beside_python(commands: Path):
    assert shutil.which("eight-by-eight", path=commands) is not None
    assert sys.prefix not in (commands / "eight-by-eight").read_text(encoding="utf-8")
