"""What an abstract claims in figures, and what it says is released: picked out by rules that would rather be silent.

A claim is shown beside the title, without the sentence around it; so a rule speaks only where the sentence is the
authors' own result, stated without comparison before it, and where the words picked out say the same alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST = 4
"""Claims of one paper that are shown."""


class ClaimKind(StrEnum):
    """What a claim is about: a measured result, a speed-up or a saving, the size of what was made, what is released."""

    RESULT = "result"
    FACTOR = "factor"
    SIZE = "size"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. text: words of the abstract; of what is released the things, such as "code, models"."""

    kind: ClaimKind
    text: str


def find_claims(abstract: str) -> tuple[Claim, ...]:
    """Pick the claims out of an abstract, plain text, in its order, at most four.

    >>> [claim.text for claim in find_claims("Our sampler reaches an FID of 1.20 on ImageNet-64. Code is available.")]
    ['FID of 1.20 on ImageNet-64', 'code']
    """
    if not _is_worth_reading(abstract):
        return ()
    found = [claim for sentence in _SENTENCE.split(abstract) for claim in _claims_in(sentence)]
    return tuple(dict.fromkeys(found))[:MOST]


def _is_worth_reading(abstract: str) -> bool:
    """Tell whether any rule could speak: most abstracts claim nothing, and there are many of them."""
    if any(sign in abstract for sign in _OF_RELEASES):
        return True
    return any(sign in abstract for sign in _OF_FIGURES) and _DIGIT.search(abstract) is not None


def _claims_in(sentence: str) -> Iterator[Claim]:
    if things := _released(sentence):
        yield Claim(ClaimKind.RELEASED, things)
        return
    if not _DIGIT.search(sentence) or _NOT_OWN.search(sentence):
        return
    for kind, signs, pattern in _FIGURES:
        for match in pattern.finditer(sentence) if signs.search(sentence) else ():
            if not _UNSURE_BEFORE.search(sentence, 0, match.start("claim")) and not _UNSURE_AFTER.match(
                sentence, match.end()
            ):
                yield Claim(kind, " ".join(match["claim"].split()))


def _released(sentence: str) -> str:
    """Give what a sentence says is released, "" where it is not sure."""
    match = _AVAILABLE.match(sentence) or _WE_RELEASE.match(sentence)
    if match is None or _NOT_RELEASED.search(sentence):
        return ""
    things = [_THINGS[word] for word in re.findall(r"[a-z]+", match["things"].lower()) if word in _THINGS]
    return ", ".join(dict.fromkeys(things))


def _any(words: str) -> str:
    """Give a pattern for any of some expressions, which stand between spaces; _ stands for a space inside one."""
    return "(?:" + "|".join(words.replace("_", r"\s").split()) + ")"


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\"\N{LEFT DOUBLE QUOTATION MARK}])")
_DIGIT = re.compile(r"\d")
_OF_RELEASES = ("vailable", "eleased", "elease ", "ourced", "ccessible", "found at")
_OF_FIGURES = (
    "faster smaller cheaper speedup speed-up fewer less dataset benchmark corpus accuracy mIoU mAP Io AP F1 FID FVD"
    " BLEU ROUGE METEOR CIDEr PSNR SSIM LPIPS WER CER EER AUC AUROC MRR nDCG Recall@ R@ pass@ Dice Elo success perplex"
).split()

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_WHICH = _any("top-[15] one-step zero-shot few-shot box mask average mean test validation word classification overall")
_MEASURE = _any(
    "FID FVD BLEU ROUGE-[12L] METEOR CIDEr mIoU mAP AP IoU PSNR SSIM LPIPS WER CER EER AUROC AUC MRR nDCG@\\d+"
    " Recall@\\d+ R@\\d+ pass@\\d+ F1(?:[-_]scores?)? Dice(?:_score)? Elo accuracy success_rate perplexity"
)
_METRIC = rf"(?:{_WHICH}\s){{0,3}}{_MEASURE}"
_NAME = r"[A-Z][\w+@.-]*\w(?:[\s-](?:[A-Z\d][\w+.-]*\w|\d\w*))*"
_ON = rf"\s(?:on|for)\s{_NAME}(?:\s{_any('dataset benchmark test_set validation_set corpus')})?"
_VERB = _any(
    "achiev\\w+ attain\\w* reach\\w* obtain\\w* yield\\w* scor(?:es|ed|ing) record\\w* set(?:s|ting)? deliver\\w*"
    " report\\w* with get(?:s|ting)?"
)
_PRAISE = _any("an? the new state-of-the-art record overall high strong competitive impressive remarkable")
_DONE = rf"\b{_VERB}\s(?:{_PRAISE}\s){{0,4}}"
_ABOUT = _any("up_to over more_than about around at_least")
_TIMES = r"(?:\s?[xX\N{MULTIPLICATION SIGN}]|\stimes)"
_BETTER = _any(
    "faster smaller cheaper speed-?up fewer_(?:parameters|tokens|FLOPs|steps) less_(?:memory|compute|energy)"
)
_AT = _any("training inference decoding sampling generation")
_MADE = _any("introduce present release build collect construct create contribute curate propose")
_HOLDING = _any("of with comprising containing consisting_of")
_AFTER = _any("in from across that for with on by over collected derived sampled spanning covering")
_END = rf"(?=[,.;:)]|$|\s{_AFTER}\b)"

_METRICS = re.compile(r"[A-Z][A-Za-z0-9]+|accuracy|success|perplexity")
_FIGURES = (
    (ClaimKind.RESULT, _METRICS, re.compile(rf"{_DONE}(?P<claim>{_METRIC}\s(?:of\s)?{_NUMBER}\s?%?{_ON})")),
    (ClaimKind.RESULT, _METRICS, re.compile(rf"{_DONE}(?P<claim>{_NUMBER}\s?%?\s{_METRIC}{_ON})")),
    (
        ClaimKind.FACTOR,
        re.compile(r"faster|smaller|cheaper|speed|fewer|less"),
        re.compile(rf"(?P<claim>(?:{_ABOUT}\s)?{_NUMBER}{_TIMES}\s{_BETTER}(?:\s{_AT})?)"),
    ),
    (
        ClaimKind.SIZE,
        re.compile("dataset|benchmark|corpus"),
        re.compile(
            rf"\b[Ww]e\s{_MADE}\s(?:(?!\b(?:using|approach|based)\b)[^.;:]){{0,60}}?\b"
            rf"(?P<claim>(?:dataset|benchmark|corpus)\s{_HOLDING}\s(?:{_ABOUT}\s)?{_NUMBER}"
            rf"(?:\s?[KMB]|\s(?:thousand|million|billion))?(?:\s[a-z][a-z-]+){{1,3}}?{_END})"
        ),
    ),
)

_OTHERS = _any("recent earlier previous prior existing current traditional conventional standard other")
_WORKS = _any("works? methods? models? approaches systems? results? studies techniques?")
_DO = _any("is are has have can achiev reach report show")
_NOT_OWN = re.compile(rf"\bet\sal\b|\b{_OTHERS}\s(?:\w+\s)?{_WORKS}\s{_DO}", re.IGNORECASE)
_DOUBTS = _any(
    "compared versus vs\\.? than baselines? previous(?:ly)? prior existing from only if would could may might without"
    " not itself fail\\w* drops? whereas while but although though human theoretical\\w* expect\\w* goal aims? target"
    " potential\\w* estimat\\w* between can_be using require[sd]? need(?:s|ed)?"
)
_UNSURE_BEFORE = re.compile(
    rf"\b{_DOUBTS}\b|\bas\s(?:low|little)\b|\d\s?x?\s?(?:-|\N{{EN DASH}}|to|and|~|\\~)\s?\Z", re.IGNORECASE
)
_UNSURE_AFTER = re.compile(r"\s?(?:[-\N{EN DASH}]\s?[\d$]|to\s\d|\$|\s?(?:vs\.?|versus)\b|\.\d|'s|of\b|slower)")

_OF_WHAT = _any("source training model pre-?trained evaluation")
_SORTS = _any("codes? codebase implementation models? weights checkpoints datasets? data benchmark demos?")
_THING = rf"(?:{_OF_WHAT}\s)?{_SORTS}"
_MANY = rf"{_THING}(?:(?:,\s|,?\sand\s|,?\s&\s)(?:the\s|our\s)?{_THING}){{0,4}}"
_AVAILABLE = re.compile(
    rf"(?:(?:Our|The|All|Its)\s)?(?P<things>{_MANY})"
    r"(?:\s(?:for|of|used\sin)\s(?:this|our|the)\s(?:paper|work|project|method))?"
    rf"\s{_any('is are has_been have_been can_be')}\s(?:made\s|now\s)?(?:publicly\s|freely\s|openly\s)?"
    rf"{_any('available released open-?sourced found_at accessible')}\b",
    re.IGNORECASE,
)
_WE_RELEASE = re.compile(
    r"(?:(?:Finally|Moreover|Furthermore|Additionally|To\s[^,]{5,60}),\s)?[Ww]e\s(?:(?:also|publicly|have|openly)\s){0,2}"
    rf"(?:releas(?:e|ed)|open-?sourced?)\s(?:all\s|our\s|the\s|both\s){{0,2}}(?P<things>{_MANY})(?=[\s,.]|$)"
)
_BUT = _any("not? upon request will soon supplement\\w* if only acceptance")
_NOT_RELEASED = re.compile(rf"\b{_BUT}\b", re.IGNORECASE)
_THINGS = {
    **dict.fromkeys(("code", "codes", "codebase", "implementation"), "code"),
    **dict.fromkeys(("model", "models", "weights", "checkpoints"), "models"),
    **dict.fromkeys(("dataset", "datasets", "data"), "data"),
    "benchmark": "benchmark",
    **dict.fromkeys(("demo", "demos"), "demo"),
}
