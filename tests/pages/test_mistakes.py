"""The Mistakes page as a visitor meets it, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from digits_app.drawing.canvas_json import render_drawing
from digits_app.reading.recognition import read_digit


@pytest.fixture
def mistakes_page(app: AppTest) -> AppTest:
    return app.switch_page("mistakes/mistakes.py")


def opened_by(app: AppTest, **address: str) -> AppTest:
    """Open the page by a link."""
    for parameter, value in address.items():
        app.query_params[parameter] = value
    app.run()
    assert not app.exception
    return app


def captions(app: AppTest) -> list[str]:
    """Return what stands under the pictures: the true and the predicted digit."""
    return [text.value for text in app.markdown if text.value.startswith("true")]


def texts(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


def test_ten_classes_show_18_pictures_the_first_a_4_read_as_9(mistakes_page):
    opened_by(mistakes_page)
    assert "18 of 450 wrong, 96.0 % right" in texts(mistakes_page)
    assert len(mistakes_page.image) == 18
    assert len(captions(mistakes_page)) == 18
    assert captions(mistakes_page)[0] == "true **4**, predicted **9**"


def test_two_classes_are_good_news_with_the_closest_calls(mistakes_page):
    opened_by(mistakes_page)
    mistakes_page.button_group(key="classes").set_value("0 or 1").run()
    assert not mistakes_page.exception
    assert "all 90 test digits are read right" in mistakes_page.success[0].value
    assert "18 closest calls" in texts(mistakes_page)
    assert len(captions(mistakes_page)) == 18


def test_switching_the_model_forgets_the_filter(mistakes_page):
    opened_by(mistakes_page, true="4", predicted="9", sort="By true digit")
    mistakes_page.button_group(key="classes").set_value("0 or 1").run()
    mistakes_page.button_group(key="classes").set_value("0 to 9").run()
    assert not mistakes_page.exception
    assert "**18 mistakes**" in texts(mistakes_page)


def test_two_select_boxes_filter_like_the_matrix(mistakes_page):
    opened_by(mistakes_page)
    mistakes_page.selectbox(key="true").select("4").run()
    assert "**4 mistakes: true 4**" in texts(mistakes_page)
    mistakes_page.selectbox(key="predicted").select("9").run()
    assert captions(mistakes_page) == ["true **4**, predicted **9**"] * 2


def test_most_confident_mistake_comes_first(mistakes_page):
    opened_by(mistakes_page, sort="Most confident mistake first")
    sure = [text.value for text in mistakes_page.caption if text.value.endswith("sure")]
    assert len(sure) == 18
    assert sure[0] == "95 % sure"
    assert captions(mistakes_page)[0] != "true **4**, predicted **9**"


def test_all_450_digits_are_paged(mistakes_page):
    opened_by(mistakes_page, show="All", page="19")
    assert "**450 test digits**" in texts(mistakes_page)
    assert len(captions(mistakes_page)) == 450 - 18 * 24


def test_a_cell_of_right_answers_offers_to_show_them(mistakes_page):
    opened_by(mistakes_page, true="8", predicted="8")
    assert "38 test digits: true 8, predicted 8" in mistakes_page.info[0].value
    mistakes_page.button(key="mistakes_show_all").click().run()
    assert "**38 test digits: true 8, predicted 8**" in texts(mistakes_page)


def test_an_empty_cell_leads_back_to_all_digits(mistakes_page):
    opened_by(mistakes_page, true="0", predicted="7")
    assert "No test digit 0 was read as 7" in mistakes_page.info[0].value
    mistakes_page.button(key="mistakes_clear").click().run()
    assert "**18 mistakes**" in texts(mistakes_page)


def test_a_link_opens_a_digit_within_its_list(mistakes_page):
    opened_by(mistakes_page, true="4", digit="16")
    shown = texts(mistakes_page)
    assert "True 4, predicted 8" in shown
    assert "Read as 8 with 51%" in shown
    assert "nearest training digits" in shown
    assert "| 0 or 1, Lesson |" in shown
    assert mistakes_page.button(key="mistakes_previous").disabled is False
    mistakes_page.button(key="mistakes_next").click().run()
    assert "Read as 1 with 65%" in texts(mistakes_page)
    assert mistakes_page.query_params["digit"] == "63"


def test_open_in_draw_puts_ink_on_the_canvas(mistakes_page):
    opened_by(mistakes_page, digit="4")
    mistakes_page.button(key="mistakes_draw").click().run()
    assert not mistakes_page.exception
    assert [header.value for header in mistakes_page.header] == ["Draw"]
    strokes = mistakes_page.session_state["drawing"]["objects"]
    assert {stroke["type"] for stroke in strokes} == {"Path"}


def test_augmentation_fixes_what_the_comparison_counts(mistakes_page):
    opened_by(mistakes_page, show="Fixed by Augmented")
    n_fixed = len(captions(mistakes_page))
    assert f"**{n_fixed} mistakes fixed**" in texts(mistakes_page)
    sentence = next(t.value for t in mistakes_page.caption if "Augmented fixes" in t.value)
    assert f"Augmented fixes {n_fixed};" in sentence
    assert any(t.value == "Lesson 9 · Augmented 4" for t in mistakes_page.caption)


def test_each_training_has_its_own_score(mistakes_page):
    opened_by(mistakes_page, training_mistakes="Augmented")
    assert "18 of 450 wrong" not in texts(mistakes_page)
    assert "of 450 wrong" in texts(mistakes_page)


@pytest.mark.parametrize(("index", "read_as"), [(4, 9), (65, 8), (130, 5)])
def test_draw_says_where_it_reads_a_digit_otherwise(mistakes_page, index, read_as):
    opened_by(mistakes_page, digit=str(index))
    mistakes_page.button(key="mistakes_draw").click().run()
    drawn = render_drawing(mistakes_page.session_state["drawing"])
    in_draw = read_digit(drawn, 10, "lesson").label
    said = [toast.value for toast in mistakes_page.toast]
    if in_draw == read_as:
        assert said == []
    else:
        assert said[0].endswith(f"So it reads {in_draw} here, not {read_as}.")


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("true", "eleven"),
        ("predicted", "-1"),
        ("show", "cats"),
        ("sort", ""),
        ("digit", "450"),
        ("digit", "\N{SUPERSCRIPT TWO}"),
        ("digit", "9" * 5000),
    ],
)
def test_nonsense_in_the_address_gets_a_sentence(mistakes_page, parameter, value):
    opened_by(mistakes_page, **{parameter: value})
    assert any("The link asks for" in toast.value for toast in mistakes_page.toast)
    assert len(captions(mistakes_page)) == 18
