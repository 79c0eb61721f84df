import altair
import pytest

from digits_app.mistakes.confusion_chart import CELL, confusion_chart
from digits_app.mistakes.evaluation import evaluate
from digits_app.network.classifiers import load_classifier


def cells(chart):
    return {(cell["true"], cell["predicted"]): cell for cell in chart["data"]["values"]}


@pytest.mark.parametrize("n_classes", [2, 10])
def test_cells_hold_the_counts_of_the_evaluation(n_classes):
    counts = evaluate(load_classifier(n_classes), n_classes).confusion
    drawn = cells(confusion_chart(counts))
    assert len(drawn) == n_classes**2
    assert all(cell["count"] == counts[place] for place, cell in drawn.items())
    assert drawn[0, 0]["kind"] == "right"
    assert drawn[0, 1]["kind"] == "empty"


@pytest.mark.parametrize(
    ("chosen", "n_outlined"),
    [((None, None), 0), ((4, 9), 1), ((4, None), 10), ((None, 9), 10)],
)
def test_the_filter_is_outlined(chosen, n_outlined):
    counts = evaluate(load_classifier(10), 10).confusion
    outlined = [
        cell for cell in cells(confusion_chart(counts, chosen)).values() if cell["chosen"]
    ]
    assert len(outlined) == n_outlined


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_valid_vega_lite_with_one_selection(theme):
    counts = evaluate(load_classifier(10), 10).confusion
    chart = confusion_chart(counts, (4, 9), theme)
    altair.Chart.from_dict(chart, validate=True)
    assert [
        param["name"] for layer in chart["layer"] for param in layer.get("params", [])
    ] == [CELL]
