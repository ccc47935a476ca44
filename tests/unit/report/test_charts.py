"""Charts show what was recorded, and nothing where nothing was."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from fer_desktop.analysis.binned_series import bin_series
from fer_desktop.report.charts import draw_attention, draw_expressions, draw_mood, draw_presence
from fer_desktop.report.content import Figure
from fer_desktop.types import EXPRESSIONS
from tests.unit.analysis.test_drops import make_series, steps

SVG = "{http://www.w3.org/2000/svg}"


def elements(figure: Figure, name: str) -> list[ElementTree.Element]:
    """Parsed as XML, which is stricter than HTML."""
    return list(ElementTree.fromstring(figure.svg).iter(f"{SVG}{name}"))


def curves(figure: Figure) -> list[str]:
    outlines = [path.get("d", "") for path in elements(figure, "path") if path.get("stroke-linejoin") == "round"]
    return [outline for outline in outlines if "L" in outline]  # the others stand in the legend


def test_a_line_breaks_at_a_pause_and_a_part_alone_is_a_dot() -> None:
    seconds = [*range(60), *range(120, 180), *range(300, 310)]
    parts = bin_series(make_series([0.2] * 130, seconds=seconds), 10)
    figure = draw_mood(parts, 600, drops=(), summary="")
    assert [len(re.findall("L", curve)) for curve in curves(figure)] == [5, 5]
    assert len(elements(figure, "circle")) == 1


def test_higher_is_more_positive_and_drops_are_numbered_in_time() -> None:
    parts = bin_series(make_series(steps(0.4, -0.4)), 300)
    figure = draw_mood(parts, 600, drops=[300, 100], summary="")
    [curve] = curves(figure)
    first, last = (float(point.split()[1]) for point in curve.removeprefix("M").split("L"))
    assert first < last  # downwards on the page
    numbers = [(text.text, float(text.get("x", ""))) for text in elements(figure, "text") if text.text in ("1", "2")]
    assert numbers == sorted(numbers, key=lambda pair: pair[1])
    assert [number for number, _ in numbers] == ["1", "2"]


def test_every_expression_has_a_band_a_pattern_and_its_word() -> None:
    figure = draw_expressions(bin_series(make_series(steps(0.5, -0.5)), 60), 600, summary="")
    patterns = {pattern.get("id") for pattern in elements(figure, "pattern")}
    assert patterns == {f"fill-{name}" for name in EXPRESSIONS}
    bands = {path.get("fill") for path in elements(figure, "path") if "url" in path.get("fill", "")}
    assert bands == {f"url(#{name})" for name in patterns}
    words = {text.text for text in elements(figure, "text")}
    assert {"happy", "surprised", "neutral", "sad", "afraid", "angry", "disgusted"} <= words


@pytest.mark.parametrize("seconds", [1, 59, 600, 7200, 43_200])
def test_nothing_lies_outside_the_picture(seconds: int) -> None:
    parts = bin_series(make_series(np.full(seconds, 0.9, np.float32), faces=49), max(10, seconds // 300))
    attentive = np.full(len(parts.starts), 0.5)
    parts.attention[:] = attentive
    for figure in (
        draw_mood(parts, seconds, drops=[seconds // 2], summary=""),
        draw_expressions(parts, seconds, summary=""),
        draw_presence(parts, seconds, summary=""),
        draw_attention(parts, seconds, summary=""),
    ):
        for path in elements(figure, "path"):
            if re.fullmatch(r"M[-\d. L]+Z?", path.get("d", "")) and "pattern" not in path.tag:
                points = re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d", ""))
                assert all(-1 <= float(x) <= figure.width_px and -1 <= float(y) <= figure.height_px for x, y in points)


def test_a_class_of_which_nothing_was_seen_has_empty_charts() -> None:
    parts = bin_series(make_series([np.nan] * 30, faces=0), 10)
    assert curves(draw_mood(parts, 30, drops=(), summary="")) == []
    assert len(curves(draw_presence(parts, 30, summary=""))) == 3
