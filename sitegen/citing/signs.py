"""The signs and letters that TeX's commands make."""
# ruff: noqa: RUF001  # letters that look like others are what this is about

from collections.abc import Mapping

COMMANDS: Mapping[str, str] = {
    name: sign
    for pair in """alpha:α beta:β gamma:γ delta:δ epsilon:ϵ varepsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ
    mu:μ nu:ν xi:ξ pi:π rho:ρ sigma:σ tau:τ upsilon:υ phi:ϕ varphi:φ chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ
    Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω infty:∞ partial:∂ nabla:∇ ell:ℓ pm:± times:× cdot:⋅
    leq:≤ geq:≥ neq:≠ approx:≈ sim:∼ equiv:≡ ll:≪ gg:≫ propto:∝ in:∈ subset:⊂ cup:∪ cap:∩ forall:∀ exists:∃
    rightarrow:→ leftarrow:← Rightarrow:⇒ leftrightarrow:↔ mapsto:↦ sum:∑ prod:∏ int:∫ sqrt:√ oplus:⊕ otimes:⊗
    star:⋆ circ:∘ ast:∗ perp:⊥ langle:⟨ rangle:⟩ aleph:ℵ""".split()
    for name, sign in [pair.split(":")]
}
"""Commands of formulas, and the signs that they make."""

SHORT_COMMANDS = {"to": "→", "le": "≤", "ge": "≥", "ne": "≠", "deg": "°", "dots": "…", "ldots": "…", "cdots": "…"}
"""More of them, for signs that have another name above."""

IN_EVERY_TEXT = frozenset("±×")
"""Signs that TeX reads outside of formulas too."""

LETTERS: Mapping[str, str] = {
    name: letter
    for pair in "l:ł L:Ł o:ø O:Ø ss:ß ae:æ AE:Æ oe:œ OE:Œ aa:å AA:Å i:ı j:ȷ deg:°".split()
    for name, letter in [pair.split(":")]
}
"""Commands of text, and the letters that they make."""

ACCENTS: Mapping[str, str] = dict(
    zip(
        "`'^\"~=.uvHcdbkr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a",
        strict=True,
    )
)
"""Commands that set an accent upon a letter, and its combining character."""
