"""Texts that are hard on Markdown, for property tests."""

from hypothesis import strategies as st

PIECES = (
    r"\% `` '' \textit{x} \emph{a} \texttt{c`d} \texttt{c} \textbf{} $ $x^2$ $15 \( \) \(a\) https://a.org/b_c "
    r"github.com/x/y "
    r"* _ ** ` < <b> &amp; & [a](b) ]( [ ] \ \\ # - 1. > | ~ ~~~ ``` ![ {: {{ }} http:// ( ) . : = + ! <!-- --> "
    r"]]> <![CDATA[ "
    r"&#x41; \, a@b.c <a@b.c> <http://x.y> { } ' word é — 漢 🚀"
).split()
TEXTS = st.lists(
    st.sampled_from([*PIECES, " ", "  ", '"', "\N{NO-BREAK SPACE}", "\ue000"])
    | st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufdd0\ufdd1"), max_size=3
    ),
    max_size=12,
).map("".join)
