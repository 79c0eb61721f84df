"""The site of compose.yaml on this machine: two processes of the app behind nginx.

They share one PostgreSQL.
"""

import asyncio
import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from string import Template

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from benchmarks.classroom import Teacher
from benchmarks.load import expected_reading
from digits_app.classroom.ending import end_class
from digits_app.classroom.joining import link_of, start_class
from digits_app.classroom.store import open_store
from digits_app.classroom.wall import progress_of
from digits_app.server.browser_files import browser_files
from digits_app.server.uploads import MAX_SESSION, MEGABYTE
from tests.classroom.conftest import postgres  # noqa: F401
from tests.support.classes import hands
from tests.support.classmate import Classmate
from tests.support.pen_drawings import PenDrawing
from tests.support.serving import (
    PATIENCE,
    ROOT,
    Server,
    free_port,
    run_server,
    wait_until_warm,
)
from tests.support.visitor import LostError, Visitor, canvas_json

TEMPLATE = ROOT / "deploy" / "nginx.conf.template"
COMPOSE = ROOT / "compose.yaml"
N_VISITORS = 16


@dataclass(frozen=True)
class Site:
    """nginx's address, the processes behind it, its folder, and where they keep classes."""

    address: str
    apps: list[Server]
    folder: Path
    store: str = ""

    def get(self, path: str, cookie: str = "", **headers: str):
        request = urllib.request.Request(self.address + path, headers=headers)
        if cookie:
            request.add_header("Cookie", cookie)
        return urllib.request.urlopen(request, timeout=PATIENCE)

    def new_cookie(self) -> str:
        """Open the page as a new visitor does and take the cookie."""
        with self.get("/") as response:
            cookie = SimpleCookie(response.headers["Set-Cookie"])["digits_visitor"]
        assert cookie["httponly"]
        return f"digits_visitor={cookie.value}"


@pytest.fixture(scope="module")
def nginx() -> str:
    path = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None:
        message = "No nginx found. Debian: apt-get install nginx-light"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="module")
def site(
    nginx: str,
    postgres: str,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with ExitStack() as stack:
        apps = [
            stack.enter_context(
                run_server(
                    folder / f"app{number}.log",
                    environment={"DIGITS_METRICS": "1", "DIGITS_STORE": postgres},
                )
            )
            for number in range(2)
        ]
        address = f"127.0.0.1:{free_port()}"
        stack.enter_context(run_nginx(nginx, folder, address, apps))
        yield Site(f"http://{address}", apps, folder, postgres)


@contextmanager
def run_nginx(
    nginx: str,
    folder: Path,
    listen: str,
    apps: list[Server],
    secret: str = "salt",
    base: str = "",
    patience: str = "15s",
) -> Iterator[None]:
    """Run nginx with the template filled in, as the image of compose.yaml does it."""
    servers = (f"server 127.0.0.1:{app.port} max_fails=1 fail_timeout=5s;" for app in apps)
    config = folder / "nginx.conf"
    config.write_text(
        Template(
            TEMPLATE.read_text().replace("timeout 15s", f"timeout {patience}")
        ).safe_substitute(
            DIGITS_LISTEN=listen,
            DIGITS_FOLDER=folder,
            DIGITS_SERVERS="\n".join(servers),
            DIGITS_SECRET=secret,
            DIGITS_TRUSTED="127.0.0.2",
            DIGITS_BASE=base,
        )
    )
    # Only what belongs to the machine, not to the site.
    machine = f"daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;"
    if os.geteuid() == 0:
        machine += " user root;"  # the folder is ours alone
    process = subprocess.Popen([nginx, "-p", folder, "-c", config, "-g", machine])
    try:
        give_up = time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, "nginx did not start"
            assert time.monotonic() < give_up, "nginx does not answer"
            try:
                urllib.request.urlopen(f"http://{listen}/alive", timeout=PATIENCE).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def connections(app: Server) -> int:
    """WebSocket sessions of a process, as it counts them itself."""
    with urllib.request.urlopen(
        f"{app.address}/_stcore/metrics", timeout=PATIENCE
    ) as response:
        lines = response.read().decode().splitlines()
    (line,) = [line for line in lines if line.startswith("active_sessions ")]
    return int(line.split()[1])


def test_the_template_needs_nothing_that_compose_does_not_set():
    names = set(Template(TEMPLATE.read_text()).get_identifiers())
    ours = {name for name in names if name.isupper()}
    assert ours == {
        "DIGITS_BASE",
        "DIGITS_LISTEN",
        "DIGITS_FOLDER",
        "DIGITS_SERVERS",
        "DIGITS_SECRET",
        "DIGITS_TRUSTED",
    }
    assert all(f"{name}:" in COMPOSE.read_text() for name in ours)


def test_a_visitor_gets_one_cookie_and_keeps_it(site: Site):
    cookie = site.new_cookie()
    assert cookie != site.new_cookie()
    with site.get("/", cookie) as response:
        handed_out = response.headers.get_all("Set-Cookie") or []
    assert not any("digits_visitor" in value for value in handed_out)


def test_health_is_answered_through_nginx(site: Site):
    with site.get("/_stcore/health") as response:
        assert response.read() == b"ok"


def test_behind_tls_the_cookie_travels_encrypted_only(site: Site):
    with site.get("/") as response:
        assert "Secure" not in response.headers["Set-Cookie"]
        assert response.headers["Strict-Transport-Security"] is None
    with site.get("/", **{"X-Forwarded-Proto": "https"}) as response:
        _, *attributes = response.headers["Set-Cookie"].split("; ")
        # In a frame of another site a browser takes it only with the last three.
        assert attributes == [
            "Path=/",
            "HttpOnly",
            "SameSite=None",
            "Secure",
            "Partitioned",
        ]
        assert response.headers["Strict-Transport-Security"]


BASE = "/tools/digits"


@pytest.fixture(scope="module")
def site_below(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The same, below a path: all that DIGITS_BASE sets in compose.yaml."""
    folder = tmp_path_factory.mktemp("site-below")
    listen = f"127.0.0.1:{free_port()}"
    with (
        run_server(folder / "app.log", base=BASE) as app,
        run_nginx(nginx, folder, listen, [app], base=BASE),
    ):
        yield Site(f"http://{listen}{BASE}", [app], folder)


def test_below_a_path_drawings_are_read(site_below: Site, pen_drawings: list[PenDrawing]):
    drawing = canvas_json(pen_drawings[0].placed("filling"))

    async def visit() -> None:
        visitor, _ = await Visitor.arrive(site_below.address, site_below.new_cookie())
        assert (await visitor.draw(drawing)).pixels == expected_reading(drawing)
        await visitor.leave()

    asyncio.run(visit())


def test_below_a_path_the_same_is_kept_and_refused(site_below: Site):
    with site_below.get("/") as response:
        page = response.read().decode()
    script = "/static/js/" + page.split("static/js/")[1].split('"')[0]
    for path in (script, f"/{browser_files().address('board/words.js')}"):
        with site_below.get(path, **{"Accept-Encoding": "gzip"}) as response:
            assert response.headers["Content-Encoding"] == "gzip"
    assert len(files_of(site_below.folder / "assets")) == 2
    with pytest.raises(urllib.error.HTTPError, match="404"):
        site_below.get("/_stcore/metrics")


@pytest.mark.parametrize("path", ["/alive", "/ready", f"{BASE}/alive", f"{BASE}/ready"])
def test_below_a_path_probes_are_answered_there_and_at_the_root(
    site_below: Site, path: str
):
    wait_until_warm(site_below.apps[0])
    root = site_below.address.removesuffix(BASE)
    with urllib.request.urlopen(root + path, timeout=PATIENCE) as response:
        assert response.status == 200
        assert response.read().decode().strip() == path.rpartition("/")[2]


def test_below_a_path_the_health_check_leaves_a_healthy_app_alone(site_below: Site):
    (app,) = site_below.apps
    run = subprocess.run(
        [sys.executable, ROOT / "deploy" / "healthcheck.py"],
        env={"DIGITS_PORT": str(app.port), "DIGITS_PATIENCE": "0"},
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0
    assert app.process.poll() is None


def test_docker_run_in_the_docs_locks_down_what_compose_does():
    docs = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^docker run (.*?)^```", docs, re.DOTALL | re.MULTILINE)
    compose = COMPOSE.read_text(encoding="utf-8")
    for option, in_compose in (
        ("--init", "init: true"),
        ("--read-only", "read_only: true"),
        ("--cap-drop ALL", "cap_drop: [ALL]"),
        (
            "--security-opt no-new-privileges:true",
            'security_opt: ["no-new-privileges:true"]',
        ),
        ("--pids-limit 200", "pids_limit: 200"),
        ("--tmpfs /tmp:size=64m,mode=1777", 'tmpfs: ["/tmp:size=64m,mode=1777"]'),
        ("--memory 1g", "mem_limit: 1g"),
        ("--cpus 1.5", "cpus: 1.5"),
    ):
        assert option in command
        assert in_compose in compose


def test_the_ingress_takes_as_large_a_body_as_nginx_and_the_app():
    manifest = (ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8")
    assert f"proxy-body-size: {MAX_SESSION // MEGABYTE}m\n" in manifest
    assert f"client_max_body_size {MAX_SESSION // MEGABYTE}m;" in TEMPLATE.read_text()


def test_what_kubernetes_asks_is_answered_at_the_root():
    manifest = (ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"httpGet: {path: (\S+),", manifest)) == {"/alive", "/ready"}


def test_a_cookie_of_the_visitors_own_making_is_replaced(site: Site):
    for made_up in ("app0", "0" * 31, "0" * 32 + "\t", "G" * 32):
        with site.get("/", f"digits_visitor={made_up}") as response:
            assert "digits_visitor=" in response.headers["Set-Cookie"]


@pytest.mark.parametrize("path", ["/", "/_stcore/metrics", "/static/js/none.js"])
def test_every_answer_has_the_security_headers_once(site: Site, path: str):
    try:
        response = site.get(path)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        assert response.headers.get_all("X-Content-Type-Options") == ["nosniff"]
        assert response.headers.get_all("Referrer-Policy") == ["no-referrer"]


def test_a_class_behind_one_address_fits_and_a_flood_does_not(
    nginx: str, site: Site, tmp_path: Path
):
    """Sixty pupils open the page at once; then somebody asks without end.

    The nginx is its own, for it refuses this machine for a while.
    """
    listen = f"127.0.0.1:{free_port()}"
    flooded = Site(f"http://{listen}", site.apps, tmp_path)

    async def arrive() -> bool:
        try:
            visitor, _ = await Visitor.arrive(flooded.address, flooded.new_cookie())
        except InvalidStatus:
            return False
        await visitor.leave()
        return True

    async def open_together(n: int) -> int:
        return sum(await asyncio.gather(*(arrive() for _ in range(n))))

    def knock() -> list[int]:
        """Ask for sessions that the app refuses: only nginx counts them.

        Over one connection, so that a slow machine, too, asks faster than nginx forgets.
        """
        statuses = []
        with closing(http.client.HTTPConnection(listen, timeout=PATIENCE)) as connection:
            for _ in range(400):
                connection.request("GET", "/_stcore/stream")
                with connection.getresponse() as answer:
                    answer.read()
                    statuses.append(answer.status)
        return statuses

    with run_nginx(nginx, tmp_path, listen, site.apps):
        assert asyncio.run(open_together(60)) == 60
        assert knock().count(429) > 100


def test_an_address_counts_as_nginx_names_it_and_not_as_the_visitor_does(
    nginx: str, tmp_path: Path
):
    async def come_in(address: str) -> int:
        """Come as ever somebody else, and stay; return how many are let in."""
        n_in = 0
        async with AsyncExitStack() as stack:
            for number in range(6):
                made_up = {"X-Forwarded-For": f"192.0.2.{number}"}
                with suppress(InvalidStatus):
                    await stack.enter_async_context(
                        connect(
                            address.replace("http", "ws") + "/_stcore/stream",
                            additional_headers=made_up,
                        )
                    )
                    n_in += 1
        return n_in

    share = {"DIGITS_PER_ADDRESS": "3"}
    with run_server(tmp_path / "log", environment=share) as app:
        # This machine is trusted to be a proxy.
        assert asyncio.run(come_in(app.address)) == 6
        listen = f"127.0.0.1:{free_port()}"
        with run_nginx(nginx, tmp_path, listen, [app]):
            assert asyncio.run(come_in(f"http://{listen}")) == 3


def test_where_everybody_is_believed_only_nginx_reaches_the_app():
    assert 'FORWARDED_ALLOW_IPS: "*"' in COMPOSE.read_text()
    # so nobody but nginx may reach it
    app = COMPOSE.read_text().split("x-app:")[1].split("services:")[0]
    assert "ports:" not in app


def test_another_salt_sends_the_same_cookies_elsewhere(
    nginx: str, site: Site, tmp_path: Path
):
    """So nobody outside knows which cookie leads where."""
    cookies = [site.new_cookie() for _ in range(N_VISITORS)]

    async def homes(address: str) -> list[int]:
        found = []
        for cookie in cookies:
            before = [connections(app) for app in site.apps]
            visitor, _ = await Visitor.arrive(address, cookie)
            after = [connections(app) for app in site.apps]
            found.append([b > a for a, b in zip(before, after, strict=True)].index(True))
            await visitor.leave()
            while [connections(app) for app in site.apps] != before:
                await asyncio.sleep(0.05)
        return found

    here = asyncio.run(homes(site.address))
    assert here == asyncio.run(homes(site.address))
    listen = f"127.0.0.1:{free_port()}"
    with run_nginx(nginx, tmp_path, listen, site.apps, secret="pepper"):
        assert here != asyncio.run(homes(f"http://{listen}"))


def test_the_metrics_stay_inside(site: Site):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        site.get("/_stcore/metrics")


def test_the_pages_scripts_are_packed_and_kept(site: Site):
    with site.get("/") as response:
        page = response.read().decode()
    script = "/static/js/" + page.split("static/js/")[1].split('"')[0]
    with site.get(script, **{"Accept-Encoding": "gzip"}) as response:
        packed = response.read()
        assert response.headers["Content-Encoding"] == "gzip"
    with site.get(script) as response:
        assert len(packed) < len(response.read()) / 2


def test_made_up_addresses_of_a_script_are_kept_as_one_file(site: Site):
    """A flood of them filled nginx's disk."""
    with site.get("/") as response:
        page = response.read().decode()
    script = "js/" + page.split("static/js/")[1].split('"')[0]
    with site.get(f"/static/{script}") as response:
        expected = response.read()
    kept = files_of(site.folder / "assets")
    made_up = [f"/static/{script}?{number}" for number in range(20)]
    detours = [f"/static/{'/' * n}{'./' * n}{script}" for n in range(1, 5)]
    letters = [f"/static/%6as/{script[3:]}", f"/static/js/../{script}"]
    for address in (*made_up, *detours, *letters):
        with site.get(address) as response:
            assert response.read() == expected
    assert files_of(site.folder / "assets") == kept
    for number in range(20):
        with site.get(f"/static/{script}", **{"Accept-Encoding": f"gzip, x{number}"}):
            pass
    assert len(files_of(site.folder / "assets")) <= len(kept) + 1


def test_a_body_is_not_kept_on_nginxs_disk(site: Site):
    """The app refuses this one before it has arrived, and it never does."""
    with socket.create_connection(site.address.removeprefix("http://").split(":")) as plug:
        plug.settimeout(PATIENCE)
        plug.sendall(
            b"PUT /_stcore/upload_file/nobody/file HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Length: 9000000\r\n\r\n" + bytes(1_000_000)
        )
        assert plug.recv(100).startswith(b"HTTP/1.1 403")
    assert files_of(site.folder / "body") == set()


def test_nginx_closes_a_request_that_does_not_come_to_an_end(
    nginx: str, site: Site, tmp_path: Path
):
    """The app's own server would wait for ever."""
    assert TEMPLATE.read_text().count("timeout 15s") == 2
    listen = f"127.0.0.1:{free_port()}"
    with (
        run_nginx(nginx, tmp_path, listen, site.apps, patience="1s"),
        ExitStack() as stack,
    ):
        plugs = [
            stack.enter_context(socket.create_connection(listen.split(":")))
            for _ in range(30)
        ]
        for plug in plugs:
            plug.settimeout(PATIENCE)
            plug.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        assert [plug.recv(1) for plug in plugs] == [b""] * len(plugs)


def test_what_nginx_keeps_fits_its_disk_twice():
    (kept,) = re.findall(r"max_size=(\d+)m", TEMPLATE.read_text())
    nginx = COMPOSE.read_text().split("\n  nginx:\n")[1]
    (disk,) = re.findall(r"/tmp:size=(\d+)m", nginx)
    assert 2 * int(kept) < int(disk)


def files_of(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_two_processes_serve_one_class(site: Site):
    """Any of them serves any member, also one who comes back by another way."""
    store = open_store(site.store)
    classroom, key = start_class(store)
    mates = [Classmate(link_of(key), hand) for hand in hands(6)]

    async def come_in(mate: Classmate) -> int:
        """Come in as a new visitor, on one of both processes; on which."""
        before = [connections(app) for app in site.apps]
        await mate.come_in(site.address, site.new_cookie())
        after = [connections(app) for app in site.apps]
        return [b > a for a, b in zip(before, after, strict=True)].index(True)

    async def live() -> None:
        homes = [await come_in(mate) for mate in mates]
        for mate in mates:
            mate.write()
        first = [mate.outbox[0] for mate in mates]
        await asyncio.gather(*(mate.send() for mate in mates))
        # Everybody's connection is cut. They come in again until each has been on both, and
        # send again what is on the wall already, for they have not heard of it.
        for mate, home, digit in zip(mates, homes, first, strict=True):
            animal = mate.data["name"]
            now = home
            while now == home:
                await mate.leave()
                now = await come_in(mate)
            assert mate.data["name"] == animal
            mate.outbox.append(digit)
            mate.fates.clear()
            mate.write()
        await asyncio.gather(*(mate.send() for mate in mates))
        for app in site.apps:
            wall, _ = await Teacher.arrive(app.address, key, "wall")
            assert len(wall.seen) == 2 * len(mates)
            await wall.visitor.leave()
        for mate in mates:
            assert mate.outbox == []
            await mate.leave()

    asyncio.run(live())
    assert [each.n_written for each in progress_of(store, classroom.id)] == [2] * 6
    # The class ends on one process, and the other one says so.
    end_class(store, classroom.id)
    with pytest.raises(LostError, match="nothing to write on"):
        asyncio.run(Classmate(link_of(key), mates[0].hand).come_in(site.address))
    assert [line for app in site.apps for line in app.complaints()] == []
    store.engine.dispose()


def test_visitors_spread_stick_and_survive_a_killed_process(
    site: Site, pen_drawings: list[PenDrawing]
):
    asyncio.run(follow_visitors(site, pen_drawings))


async def follow_visitors(site: Site, pen_drawings: list[PenDrawing]) -> None:
    drawings = [canvas_json(d.placed("as written")) for d in pen_drawings[:N_VISITORS]]
    cookies = [site.new_cookie() for _ in drawings]
    visitors, home = [], []
    for cookie in cookies:
        before = [connections(app) for app in site.apps]
        visitor, _ = await Visitor.arrive(site.address, cookie)
        after = [connections(app) for app in site.apps]
        visitors.append(visitor)
        home.append([b > a for a, b in zip(before, after, strict=True)].index(True))
    # The load spreads.
    assert set(home) == {0, 1}

    # Whoever comes back finds the same process, and there the same session.
    for i in range(N_VISITORS):
        await visitors[i].draw(drawings[i])
        await visitors[i].leave()
        session = visitors[i].session
        visitors[i], reply = await Visitor.arrive(site.address, cookies[i], session)
        assert visitors[i].session == session
        assert reply.pixels == expected_reading(drawings[i])

    # One process dies. Its visitors reach the other; the other's notice nothing.
    site.apps[0].process.kill()
    site.apps[0].process.wait()
    for i in range(N_VISITORS):
        if home[i] == 1:
            assert (await visitors[i].run()).pixels == expected_reading(drawings[i])
        else:
            with pytest.raises(LostError):
                await visitors[i].run()
            visitors[i], _ = await Visitor.arrive(site.address, cookies[i])
            reply = await visitors[i].draw(drawings[i])
            assert reply.pixels == expected_reading(drawings[i])
    for visitor in visitors:
        await visitor.leave()
    assert site.apps[1].complaints() == []
