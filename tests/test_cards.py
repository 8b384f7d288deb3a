import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sitegen.cards import LIMIT, MARGIN, SIZE, Card, can_draw, can_write, draw_card

CARD = Card("Densing Law of LLMs", "Large language models", "5 December 2024 \N{MIDDLE DOT} OpenBMB", "Papers")
LONG = "Quick Zephyrs & Xylophones: On Quartz, Ginger and Knots in Every Kind of Benchmark "
TEXTS = st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc", "Zs"]), max_size=300)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def is_blank(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    colours = picture.convert("RGB").crop(box).getcolors()
    return colours is not None and len(colours) == 1


def test_a_picture_has_the_size_that_sites_ask_for() -> None:
    picture = opened(draw_card(CARD))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_the_same_texts_give_the_same_bytes() -> None:
    assert draw_card(CARD) == draw_card(CARD)
    assert draw_card(CARD) != draw_card(Card("Another", CARD.label, CARD.detail, CARD.site))


@pytest.mark.parametrize("title", ["A", "Short", LONG[:60], LONG * 2, LONG * 9, "X" * 500, "95 % of g%g"])
def test_a_title_of_any_length_stands_between_the_margins(title: str) -> None:
    picture = opened(draw_card(Card(title, LONG * 2, LONG * 2, LONG * 2)))
    left, right, below = (0, 20, MARGIN - 4, 630), (SIZE[0] - MARGIN + 4, 20, 1200, 630), (0, 600, 1200, 630)
    assert all(is_blank(picture, box) for box in (left, right, below))


@settings(max_examples=25)
@given(title=TEXTS, detail=TEXTS)
def test_a_picture_is_never_larger_than_it_may_be(title: str, detail: str) -> None:
    assert 0 < len(draw_card(Card(title, detail, detail, detail))) <= LIMIT


def test_the_font_has_european_letters_and_no_others() -> None:
    assert can_draw()
    assert can_write("Größe, Łódź, naïve, β-VAE, Ж: 95 % \N{MULTIPLICATION SIGN} 2")
    assert not can_write("\N{CJK UNIFIED IDEOGRAPH-4E2D}")
    assert can_write("")
