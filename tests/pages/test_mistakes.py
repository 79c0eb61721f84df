"""The Mistakes page as a visitor meets it, without a browser."""

import re
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from digits_app.drawing.canvas_json import render_drawing
from digits_app.pages.shared.networks import TRAINING_NAMES
from digits_app.reading.recognition import read_digit

NONSENSE = "The link asks for something that is not here, so the usual view is shown."


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


def open_in_draw(app: AppTest) -> None:
    """Follow the link of the digit that is open."""
    links = [element.proto for element in app.get("page_link")]
    (to_draw,) = [link for link in links if link.label == "Open in Draw"]
    app.switch_page("draw/draw.py")
    app.query_params.clear()
    for parameter, (value,) in parse_qs(to_draw.query_string).items():
        app.query_params[parameter] = value
    app.run()


def captions(app: AppTest) -> list[tuple[int, int]]:
    """What stands under the pictures: the written and the read digit of each."""
    digits = re.findall(r"<b[^>]*>(\d)</b>", cards(app))
    return [(int(w), int(r)) for w, r in zip(digits[::2], digits[1::2], strict=True)]


def cards(app: AppTest) -> str:
    """The cards of the gallery, as HTML."""
    bodies = [html.proto.body for html in app.get("html")]
    return "\n".join(body for body in bodies if body.startswith('<div class="mistake"'))


def heading(app: AppTest) -> str:
    """What the list holds."""
    return app.header[1].value


def texts(app: AppTest) -> str:
    return "\n".join(text.value for text in app.markdown)


def test_ten_classes_show_18_pictures_the_first_a_4_read_as_9(mistakes_page):
    opened_by(mistakes_page)
    assert "It reads 432 of them right" in texts(mistakes_page)
    assert heading(mistakes_page) == "All 18 mistakes"
    assert len(captions(mistakes_page)) == 18
    assert captions(mistakes_page)[0] == (4, 9)


def test_two_classes_are_good_news_with_the_closest_calls(mistakes_page):
    opened_by(mistakes_page, classes="0 or 1")
    assert "It reads 90 of them right" in texts(mistakes_page)
    assert heading(mistakes_page) == "All 18 close calls"
    assert len(captions(mistakes_page)) == 18


def test_switching_the_model_forgets_the_filter(mistakes_page):
    opened_by(mistakes_page, true="4", predicted="9", sort="By digit")
    mistakes_page.button_group(key="classes").set_value("0 or 1").run()
    mistakes_page.button_group(key="classes").set_value("0 to 9").run()
    assert not mistakes_page.exception
    assert heading(mistakes_page) == "All 18 mistakes"


def test_two_select_boxes_filter_like_the_matrix(mistakes_page):
    opened_by(mistakes_page)
    mistakes_page.selectbox(key="true").select("4").run()
    assert heading(mistakes_page) == "4 mistakes: a 4"
    mistakes_page.selectbox(key="predicted").select("9").run()
    assert captions(mistakes_page) == [(4, 9)] * 2


def test_most_confident_mistake_comes_first(mistakes_page):
    opened_by(mistakes_page, sort="Most sure first")
    sure = re.findall(r">(\d+)% sure<", cards(mistakes_page))
    assert len(sure) == 18
    assert [int(share) for share in sure] == sorted(map(int, sure), reverse=True)
    assert captions(mistakes_page)[0] != (4, 9)


def test_all_450_digits_are_paged(mistakes_page):
    opened_by(mistakes_page, show="All", page="19")
    assert heading(mistakes_page) == "All 450 test digits"
    assert len(captions(mistakes_page)) == 450 - 18 * 24


def test_a_cell_of_right_answers_offers_to_show_them(mistakes_page):
    opened_by(mistakes_page, true="8", predicted="8")
    assert "38 test digits: an 8 read as an 8" in mistakes_page.info[0].value
    mistakes_page.button(key="mistakes_show_all").click().run()
    assert heading(mistakes_page) == "38 test digits: an 8 read as an 8"


def test_an_empty_cell_leads_back_to_all_digits(mistakes_page):
    opened_by(mistakes_page, true="0", predicted="7")
    assert "No test digit here: a 0 read as a 7" in mistakes_page.info[0].value
    mistakes_page.button(key="mistakes_clear").click().run()
    assert heading(mistakes_page) == "All 18 mistakes"


def test_a_link_opens_a_digit_within_its_list(mistakes_page):
    opened_by(mistakes_page, true="4", digit="16")
    shown = texts(mistakes_page)
    assert "Somebody wrote a 4, it read an 8" in [h.value for h in mistakes_page.subheader]
    assert "Read as 8 with 51%" in shown
    assert "Nearest: " in shown
    assert "| 0 or 1, as they are |" in shown
    assert mistakes_page.button(key="mistakes_previous").disabled is False
    mistakes_page.button(key="mistakes_next").click().run()
    assert "Read as 1 with 65%" in texts(mistakes_page)
    assert mistakes_page.query_params["digit"] == "63"


def test_open_in_draw_puts_ink_on_the_canvas(mistakes_page):
    opened_by(mistakes_page, digit="4")
    open_in_draw(mistakes_page)
    assert not mistakes_page.exception
    strokes = mistakes_page.session_state["draw_drawing"].objects
    assert {stroke["type"] for stroke in strokes} == {"Path"}


def test_another_click_opens_it_again_and_the_same_link_does_not(mistakes_page):
    opened_by(mistakes_page, digit="4")
    open_in_draw(mistakes_page)
    asked = mistakes_page.query_params["open"]
    first = mistakes_page.session_state["draw_drawing"]
    mistakes_page.run()
    assert mistakes_page.session_state["draw_drawing"] is first
    mistakes_page.switch_page("mistakes/mistakes.py")
    opened_by(mistakes_page, digit="4")
    open_in_draw(mistakes_page)
    assert mistakes_page.query_params["open"] != asked
    assert mistakes_page.session_state["draw_drawing"] is not first


def test_augmentation_fixes_what_the_comparison_counts(mistakes_page):
    opened_by(mistakes_page, show="Fixed by many hands")
    n_fixed = len(captions(mistakes_page))
    assert heading(mistakes_page) == f"All {n_fixed} mistakes fixed"
    assert f"many hands fixes {n_fixed} of these 18" in texts(mistakes_page)
    assert '<span class="sure">9 · 4</span>' in cards(mistakes_page)


def test_each_training_has_its_own_score(mistakes_page):
    opened_by(mistakes_page, training_mistakes=TRAINING_NAMES["augmented"])
    assert "It reads 432 of them right" not in texts(mistakes_page)
    assert "of them right" in texts(mistakes_page)


@pytest.mark.parametrize(("index", "read_as"), [(4, 9), (65, 8), (130, 5)])
def test_draw_says_where_it_reads_a_digit_otherwise(mistakes_page, index, read_as):
    opened_by(mistakes_page, digit=str(index))
    open_in_draw(mistakes_page)
    drawn = render_drawing({"objects": mistakes_page.session_state["draw_drawing"].objects})
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
    assert [toast.value for toast in mistakes_page.toast] == [NONSENSE]
    assert len(captions(mistakes_page)) == 18


def test_much_nonsense_gets_one_sentence(mistakes_page):
    opened_by(mistakes_page, true="eleven", show="cats", sort="up", digit="9999")
    assert [toast.value for toast in mistakes_page.toast] == [NONSENSE]


def test_the_map_holds_the_digits_of_the_view(mistakes_page):
    opened_by(mistakes_page, look="Map", show="All")
    assert captions(mistakes_page) == []
    assert "Digits that look alike" in texts(mistakes_page)


def test_doubtful_labels_can_come_first(mistakes_page):
    opened_by(mistakes_page, show="All", sort="Doubtful labels first")
    in_lesson_order = opened_by(mistakes_page, show="All", sort="In the lesson's order")
    assert len(captions(in_lesson_order)) == 24
