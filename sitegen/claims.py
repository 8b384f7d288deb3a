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


class Kind(StrEnum):
    """What a claim is about: a measured result, a speed-up or a saving, the size of what was made, what is released."""

    RESULT = "result"
    FACTOR = "factor"
    SIZE = "size"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. text: words of the abstract; of what is released the things, such as "code, models"."""

    kind: Kind
    text: str


def find_claims(abstract: str) -> tuple[Claim, ...]:
    """Pick the claims out of an abstract, plain text, in its order, at most four.

    >>> find_claims("Our sampler reaches an FID of 1.20 on ImageNet-64. Code is available.")
    (Claim(kind=<Kind.RESULT: 'result'>, text='FID of 1.20 on ImageNet-64'), Claim(kind=<Kind.RELEASED: 'released'>, text='code'))
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
        yield Claim(Kind.RELEASED, things)
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


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z(\"\N{LEFT DOUBLE QUOTATION MARK}])")
_DIGIT = re.compile(r"\d")
_OF_RELEASES = ("vailable", "eleased", "elease ", "ourced", "ccessible", "found at")
_OF_FIGURES = (
    "faster smaller cheaper speedup speed-up fewer less dataset benchmark corpus accuracy mIoU mAP Io AP F1 FID FVD BLEU"
    " ROUGE METEOR CIDEr PSNR SSIM LPIPS WER CER EER AUC AUROC MRR nDCG R@ pass@ Dice Elo success perplexity Recall@"
).split()

_METRICS = re.compile(r"[A-Z][A-Za-z0-9]+|accuracy|success|perplexity")
_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_METRIC = (
    r"(?:(?:top-[15]|one-step|zero-shot|few-shot|box|mask|average|mean|test|validation|word|classification|overall)\s){0,3}"
    r"(?:FID|FVD|BLEU|ROUGE-[12L]|METEOR|CIDEr|mIoU|mAP|AP|IoU|PSNR|SSIM|LPIPS|WER|CER|EER|AUROC|AUC|ROC[- ]AUC|MRR|"
    r"nDCG@\d+|Recall@\d+|R@\d+|pass@\d+|F1(?:[- ]scores?)?|Dice(?:\sscore)?|Elo|accuracy|success\srate|perplexity)"
)
_ON = r"(?:\s(?:on|for)\s(?P<on>[A-Z][\w+@.-]*\w(?:[\s-](?:[A-Z\d][\w+.-]*\w|\d\w*))*(?:\s(?:dataset|benchmark|test\sset|validation\sset|corpus))?))"
_DONE = r"\b(?:achiev\w+|attain\w*|reach\w*|obtain\w*|yield\w*|scor(?:es|ed|ing)|record\w*|set(?:s|ting)?|deliver\w*|report\w*|with|get(?:s|ting)?)\s(?:(?:an?|the|new|state-of-the-art|record|overall|high|strong|competitive|impressive|remarkable)\s){0,4}"

_FIGURES = (
    (Kind.RESULT, _METRICS, re.compile(rf"{_DONE}(?P<claim>{_METRIC}\s(?:of\s)?(?:{_NUMBER})\s?%?{_ON})")),
    (Kind.RESULT, _METRICS, re.compile(rf"{_DONE}(?P<claim>(?:{_NUMBER})\s?%?\s{_METRIC}{_ON})")),
    (
        Kind.FACTOR,
        re.compile(r"faster|smaller|cheaper|speed|fewer|less"),
        re.compile(
            rf"(?P<claim>(?:up\sto\s|over\s|more\sthan\s|about\s|at\sleast\s)?(?:{_NUMBER})\s?(?:[xX]|\N{{MULTIPLICATION SIGN}}|times)\s"
            r"(?:faster|smaller|cheaper|speed-?up|fewer\s(?:parameters|tokens|FLOPs|steps)|less\s(?:memory|compute|energy))"
            r"(?:\s(?:training|inference|decoding|sampling|generation))?)"
        ),
    ),
    (
        Kind.SIZE,
        re.compile("dataset|benchmark|corpus"),
        re.compile(
            r"\b[Ww]e\s(?:introduce|present|release|build|collect|construct|create|contribute|curate|propose)\s"
            r"(?:(?!\b(?:using|approach|based)\b)[^.;:]){0,60}?\b(?P<claim>(?:dataset|benchmark|corpus)\s(?:of|with|comprising|containing|consisting\sof)\s"
            rf"(?:over\s|more\sthan\s|about\s|around\s)?(?:{_NUMBER})(?:\s?[KMB]|\s(?:thousand|million|billion))?"
            r"(?:\s[a-z][a-z-]+){1,3}?(?=[,.;:)]|$|\s(?:in|from|across|that|for|with|on|by|over|collected|derived|sampled|spanning|covering)\b))"
        ),
    ),
)

_NOT_OWN = re.compile(
    r"\bet\sal\b|\b(?:recent|earlier|previous|prior|existing|current|traditional|conventional|standard|other)\s(?:\w+\s)?"
    r"(?:works?|methods?|models?|approaches|systems?|results?|studies|techniques?)\s(?:is|are|has|have|can|achiev|reach|report|show)",
    re.IGNORECASE,
)
_UNSURE_BEFORE = re.compile(
    r"\b(?:compared|versus|vs\.?|than|baselines?|previous(?:ly)?|prior|existing|from|only|if|would|could|may|might|without|"
    r"not|itself|fail\w*|drops?|whereas|while|but|although|though|human|theoretical\w*|expect\w*|goal|aims?|target|potential\w*|"
    r"estimat\w*|between|can be|using|require[sd]?|need(?:s|ed)?)\b|\bas\s(?:low|little)\b|\d\s?x?\s?(?:-|\N{EN DASH}|to|and|~|\\~)\s?\Z",
    re.IGNORECASE,
)
_UNSURE_AFTER = re.compile(r"\s?(?:[-\N{EN DASH}]\s?[\d$]|to\s\d|\$|\s?(?:vs\.?|versus)\b|\.\d|'s|of\b|slower)")

_THING = r"(?:source\s|training\s|model\s|pre-?trained\s|evaluation\s)?(?:codes?|codebase|implementation|models?|weights|checkpoints|datasets?|data|benchmark|demos?)"
_MANY = rf"{_THING}(?:(?:,\s|,?\sand\s|,?\s&\s)(?:the\s|our\s)?{_THING}){{0,4}}"
_AVAILABLE = re.compile(
    rf"(?:(?:Our|The|All|Its)\s)?(?P<things>{_MANY})(?:\s(?:for|of|used\sin)\s(?:this|our|the)\s(?:paper|work|project|method))?\s"
    r"(?:is|are|has\sbeen|have\sbeen|can\sbe)\s(?:made\s|now\s)?(?:publicly\s|freely\s|openly\s)?"
    r"(?:available|released|open-?sourced|found\sat|accessible)\b",
    re.IGNORECASE,
)
_WE_RELEASE = re.compile(
    rf"(?:(?:Finally|Moreover|Furthermore|Additionally|To\s[^,]{{5,60}}),\s)?[Ww]e\s(?:(?:also|publicly|have|openly)\s){{0,2}}"
    rf"(?:releas(?:e|ed)|open-?sourced?)\s(?:all\s|our\s|the\s|both\s){{0,2}}(?P<things>{_MANY})(?=[\s,.]|$)"
)
_NOT_RELEASED = re.compile(r"\b(?:not?|upon|request|will|soon|supplement\w*|if|only|acceptance)\b", re.IGNORECASE)
_THINGS = {
    "code": "code",
    "codes": "code",
    "codebase": "code",
    "implementation": "code",
    "model": "models",
    "models": "models",
    "weights": "models",
    "checkpoints": "models",
    "dataset": "data",
    "datasets": "data",
    "data": "data",
    "benchmark": "benchmark",
    "demo": "demo",
    "demos": "demo",
}
