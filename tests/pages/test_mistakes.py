"""The Mistakes page as a visitor meets it, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def mistakes_page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    return app.switch_page("digits_app/pages/mistakes.py")


def captions(app: AppTest) -> list[str]:
    """Return what stands under the pictures: the true and the predicted digit."""
    return [text.value for text in app.markdown if text.value.startswith("true")]


def test_ten_classes_show_18_pictures_the_first_a_4_read_as_9(mistakes_page):
    mistakes_page.run()
    assert not mistakes_page.exception
    assert any("18 of 450 wrong, 96.0 % right" in m.value for m in mistakes_page.markdown)
    assert len(mistakes_page.image) == 18
    assert len(captions(mistakes_page)) == 18
    assert captions(mistakes_page)[0] == "true **4**, predicted **9**"


def test_two_classes_are_good_news_with_the_closest_calls(mistakes_page):
    mistakes_page.run()
    mistakes_page.button_group(key="classes").set_value("0 or 1").run()
    assert not mistakes_page.exception
    assert "all 90 test digits are read right" in mistakes_page.success[0].value
    assert len(captions(mistakes_page)) == 18
