import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from digits_app import preprocessing
from digits_app.lesson.excerpt import excerpt


@pytest.fixture
def halting_collections() -> Iterator[None]:
    """Let other threads run at each garbage collection, as some finalizers do."""

    def halt(*_: object) -> None:
        time.sleep(1e-4)

    gc.callbacks.append(halt)
    yield
    gc.callbacks.remove(halt)


@pytest.mark.usefixtures("halting_collections")
def test_a_class_may_ask_for_excerpts_at_once():
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(excerpt, preprocessing, ["deslant"]) for _ in range(40)]
        assert len({future.result() for future in asked}) == 1


def test_an_excerpt_runs_by_itself_and_holds_only_what_it_needs():
    code = excerpt(preprocessing, ["block_counts"])
    namespace = {}
    exec(code, namespace)
    assert namespace["MAX_INTENSITY"] == 16
    assert "def block_counts" in code
    assert "def deslant" not in code
    assert "digits_app" not in code


def test_docstrings_are_cut_to_their_first_line():
    code = excerpt(preprocessing, ["block_counts"])
    first, second = preprocessing.block_counts.__doc__.splitlines()[0], "Returns"
    assert f'"""{first}"""' in code
    assert second not in code


def test_the_code_below_the_docstring_is_the_apps_own(seven):
    namespace = {}
    exec(excerpt(preprocessing, ["prepare_image"]), namespace)
    assert (namespace["prepare_image"](seven) == preprocessing.prepare_image(seven)).all()
