"""Invented dumps, for whoever has no real ones: the same papers every time, of the lengths that real ones have.

Real listings have abstracts of some 600 to 1,700 characters, one paper in six with formulas, few with an organisation,
a third with comments, and more papers the nearer the present. So have these. Words that no other paper has matter too,
since a search index grows with them: each paper coins a few.
"""

import datetime as dt
from collections.abc import Iterator
from random import Random

PER_DUMP = 50
LAST_DAY = dt.date(2025, 12, 11)
FIRST_DAY = dt.date(2013, 1, 1)

HEADER = """new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community
"""
SYLLABLES = "ba ce di fo gu ha ki lo mu ne or pi qua ra so tu ve wi xa ze bri cla dro fle gri".split()
SUBJECTS = (
    "large language models|diffusion models|reinforcement learning|image segmentation|speech recognition|"
    "video generation|graph neural networks|machine translation|federated learning|robot manipulation|"
    "question answering|point clouds|time series forecasting|recommender systems|medical imaging|protein structure|"
    "quantum circuits|code generation|vision-language models|retrieval-augmented generation|neural rendering|"
    "mathematical reasoning|galaxy surveys|stochastic differential equations|network traffic|climate simulation"
).split("|")
MEANS = (
    "sparse attention|contrastive pre-training|learned priors|low-rank adapters|curriculum sampling|tree search|"
    "self-consistency|hierarchical encoders|synthetic data|preference optimisation|spectral features|token pruning|"
    "mixtures of experts|variational inference|gradient surgery|retrieval over long contexts|bilevel training"
).split("|")
AIMS = (
    "accuracy|robustness|sample efficiency|latency|memory use|calibration|generalisation|fairness|interpretability|"
    "throughput|label efficiency|transfer to unseen domains|temporal coherence|factual consistency|numerical stability"
).split("|")
SENTENCES = (
    "Progress in {subject} has been quick, yet {aim} remains hard to reach once the data leave the laboratory.",
    "Most systems for {subject} treat {aim} as an afterthought and pay for it at deployment.",
    "We present {name}, which joins {means} with {other} in a single stage of training.",
    "The central idea is to let {means} decide where computation is spent, instead of spreading it evenly.",
    "Unlike earlier work on {subject}, {name} needs neither extra annotation nor a second model.",
    "We show that {aim} follows from a simple condition on {other}, and give a bound that holds without tuning.",
    "On {count} public benchmarks, among them {coined}, {name} improves {aim} by {percent}% over strong baselines.",
    "An ablation on {coined} attributes most of the gain to {means}; the rest comes from longer schedules.",
    "Error analysis suggests that failures cluster where {subject} meets rare events; we release a set of these.",
    "A study with {count} practitioners found the outputs easier to trust, although {aim} was judged unevenly.",
    "We also discuss when {means} should not be used, and what this means for {subject} in practice.",
    "For {coined} we report both the mean and the worst of {count} seeds, over two hardware generations.",
    "A lighter variant of {name} gives up {percent}% of {aim} and runs on a single commodity device.",
    "Models of {count} sizes follow the same trend, so small runs predict what large ones will do.",
    "Code and weights are at https://example.org/{path}.",
    "Taken together, the findings suggest that {aim} in {subject} is limited by data and less by architecture.",
)
FORMULAS = (
    "The cost grows as $O(n \\log n)$ in the length of the input, where naive {other} would be quadratic.",
    "For a budget of $k = {count}$ samples the error stays below $\\epsilon$, which agrees with the analysis.",
)
TITLES = (
    "{Name}: {means} for {subject}",
    "{Name}: improving {aim} of {subject} with {means}",
    "Towards {aim} in {subject} with {Name}",
    "When does {means} help {subject}? Lessons from {Name}",
    "{Name} and the limits of {aim} in {subject}",
)
COMMENTS = (1, 2, 2, 2, 2, 3, 3, 4, 5, 12)


def invented_dumps(papers: int, seed: str = "catalogue") -> Iterator[tuple[str, str]]:
    """Yield dumps by name and text. A paper depends on the seed and its number alone, whatever `papers` is."""
    for first in range(0, papers, PER_DUMP):
        numbers = range(first, min(first + PER_DUMP, papers))
        day = LAST_DAY + dt.timedelta(days=first // (100 * PER_DUMP))
        records = "\n\n".join(invented_record(number, day.year, seed) for number in numbers)
        yield f"daily-papers-{day}-{first // PER_DUMP + 1:04}.txt", f"{HEADER}\n{day:%b} {day.day}\n\n{records}"


def invented_record(number: int, year: int, seed: str) -> str:
    """Write one record as a listing shows it in `year`: dates of that year come without it."""
    chance = Random(f"{seed}/{number}")  # noqa: S311  # these are no secrets
    words = _words(chance, number)
    title = chance.choice(TITLES).format_map(words)
    abstract = " ".join(_sentences(chance, words))
    # A square leans towards the present, as real catalogues do.
    day = LAST_DAY - (LAST_DAY - FIRST_DAY) * chance.random() ** 2
    date = f"{day:%b} {day.day}" + (f", {day.year}" if day.year != year else "")
    comments = f" {chance.choice(COMMENTS)}" if chance.random() < 0.3 else ""
    return f"{title[0].upper()}{title[1:]}\n\n{abstract}\n\n{_who(chance)}\n·\n{date}{comments}"


def _words(chance: Random, number: int) -> dict[str, str]:
    """Draw what fills the sentences of one paper; its name holds its number, so no two papers share a title."""
    name = _coined(chance, 3) + _spelled(number)
    return {
        "subject": chance.choice(SUBJECTS),
        "means": chance.choice(MEANS),
        "other": chance.choice(MEANS),
        "aim": chance.choice(AIMS),
        "name": name,
        "Name": name,
        "coined": f"{_coined(chance, 2)} and {_coined(chance, 3)}",
        "count": str(chance.randint(3, 24)),
        "percent": f"{chance.uniform(0.4, 18):.1f}",
        "path": name.lower(),
    }


def _sentences(chance: Random, words: dict[str, str]) -> Iterator[str]:
    """Draw the sentences of an abstract: in order, some left out, with formulas in one of six."""
    formulas = chance.random() < 1 / 6
    for place in sorted(chance.sample(range(len(SENTENCES)), chance.randint(6, 14))):
        yield SENTENCES[place].format_map(words)
    for sentence in FORMULAS if formulas else ():
        yield sentence.format_map(words)


def _who(chance: Random) -> str:
    """Name an organisation for few papers, count the authors of the others."""
    if chance.random() >= 0.03:
        return f"  • {chance.randint(1, 12)} authors"
    handle = chance.choice(SYLLABLES) + "-lab"
    return f"{handle} {handle.title().replace('-', ' ')}"


def _coined(chance: Random, syllables: int) -> str:
    return "".join(chance.choices(SYLLABLES, k=syllables)).capitalize()


def _spelled(number: int) -> str:
    """Spell a number in syllables, so that it reads and is searched as part of a name."""
    base = len(SYLLABLES)
    return SYLLABLES[number % base] + (_spelled(number // base) if number >= base else "")
