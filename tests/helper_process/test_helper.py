"""One process beside the server: what it is sent comes back, whatever happens to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError

import psutil
import pytest

from digits_app.helper_process.helper import Helper, HelperDiedError
from digits_app.helper_process.reporting import report
from tests.helper_process import works
from tests.support.serving import ROOT

PATIENCE = 300


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    helper = Helper()
    yield helper
    helper.end(for_good=True)


def wait_until_gone(process_id: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while psutil.pid_exists(process_id):
        assert time.monotonic() < give_up
        time.sleep(0.01)


def test_a_call_is_made_in_another_process(helper):
    assert helper.run(works.add, (2, 3)) == 5
    elsewhere = helper.run(works.process_id)
    assert elsewhere == helper.process_id != os.getpid()
    assert helper.run(works.process_id) == elsewhere


def test_what_is_told_on_the_way_comes_in_order(helper):
    told = []
    assert helper.run(works.count_to, (50,), told.append) == 50
    assert told == list(range(1, 51))
    report("where nobody listens nothing happens")


def test_a_generator_sends_one_item_after_the_other(helper):
    told = []
    assert helper.run(works.squares, (4,), told.append) == [0, 1, 4, 9]
    assert told == [0, 1, 4, 9]


def test_its_output_and_its_warnings_are_its_own(helper, capfd):
    assert helper.run(works.print_and_warn) == "the answer"
    assert helper.run(works.add, (1, 1)) == 2
    assert capfd.readouterr().out == ""


def test_an_error_comes_back_and_says_where_and_the_next_call_is_made(helper):
    with pytest.raises(ValueError, match="no such digit") as raised:
        helper.run(works.fail, ("no such digit",))
    assert "in fail" in raised.value.__notes__[0]
    assert helper.run(works.add, (1, 1)) == 2


@pytest.mark.parametrize("work", [works.fail_strangely, works.make_what_cannot_be_sent])
def test_what_cannot_be_sent_back_is_an_error_too(helper, work):
    before = helper.run(works.process_id)
    with pytest.raises(Exception, match=r"of its own|pickle|local object"):
        helper.run(work)
    assert helper.run(works.process_id) == before


def test_what_cannot_be_sent_there_is_refused_and_harms_nothing(helper):
    with pytest.raises(Exception, match=r"pickle|local object"):
        helper.run(lambda: None)
    assert helper.run(works.add, (1, 1)) == 2


def test_a_helper_that_dies_is_told_of_and_replaced(helper, tmp_path):
    with pytest.raises(HelperDiedError):
        helper.run(works.die, (tmp_path, 1))
    assert helper.run(works.die, (tmp_path, 1)) == "alive"


def test_one_killed_between_two_calls_is_replaced(helper):
    before = helper.run(works.process_id)
    os.kill(before, signal.SIGKILL)
    wait_until_zombie_or_gone(before)
    with pytest.raises(HelperDiedError):
        helper.run(works.process_id)
    assert helper.run(works.process_id) != before


def wait_until_zombie_or_gone(process_id: int) -> None:
    give_up = time.monotonic() + PATIENCE
    while psutil.Process(process_id).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < give_up
        time.sleep(0.01)


def test_it_ends_when_it_has_nothing_to_do_and_starts_again():
    helper = Helper(idle=0.01)
    before = helper.run(works.process_id)
    wait_until_gone(before)
    assert helper.process_id is None
    assert helper.run(works.process_id) != before
    helper.end(for_good=True)


def test_ended_for_good_it_starts_no_more():
    helper = Helper()
    before = helper.run(works.process_id)
    helper.end(for_good=True)
    assert not psutil.pid_exists(before)
    with pytest.raises(CancelledError):
        helper.run(works.process_id)


def test_it_ends_with_its_server_even_if_that_is_killed():
    server = (
        "import math, time\n"
        "from digits_app.helper_process.helper import Helper\n"
        "helper = Helper()\n"
        "helper.run(math.hypot, (3, 4))\n"
        "print(helper.process_id, flush=True)\n"
        "time.sleep(1000)\n"
    )
    command = [sys.executable, "-c", server]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        beside = int(process.stdout.readline())
        process.kill()
    wait_until_gone(beside)


def test_it_computes_in_one_thread(helper):
    assert helper.run(works.threads) == {1}


def test_it_carries_no_pandas_which_scikit_learn_would_bring(helper):
    there = helper.run(works.modules)
    assert "sklearn" in there
    assert not {"pandas", "pyarrow", "streamlit"} & there


@pytest.mark.skipif(not hasattr(os, "nice"), reason="there is no such thing on Windows")
def test_it_gives_way_to_the_pages(helper):
    helper.run(works.add, (1, 1))
    assert psutil.Process(helper.process_id).nice() > psutil.Process().nice()
