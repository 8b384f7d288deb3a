"""The words that scripts say, as modules for the browser: what every page says, and what the parts say, apart."""

import json
from typing import Final

from sitegen.words import Words

_SECTION: Final = "script"


def word_modules(words: Words) -> dict[str, bytes]:
    """Give the modules by their names as assets; `say.js` reads them.

    Section `script` becomes js/words.js; `script_map` becomes js/words-map.js, which adds its texts to those.
    """
    sections = sorted({name.partition(".")[0] for name in words.texts})
    parts = [section for section in sections if section.startswith(f"{_SECTION}_")]
    return {"js/words.js": _common(words)} | {_name(part): _part(words, part) for part in parts}


def _name(section: str) -> str:
    return f"js/words-{section.removeprefix(f'{_SECTION}_').replace('_', '-')}.js"


def _common(words: Words) -> bytes:
    values = {"language": json.dumps(words.language), "locale": json.dumps(words.tag), "texts": _texts(words, _SECTION)}
    return "".join(f"export const {name}={value};" for name, value in values.items()).encode() + b"\n"


def _part(words: Words, section: str) -> bytes:
    return f'import{{texts}}from"./words.js";Object.assign(texts,{_texts(words, section)});\n'.encode()


def _texts(words: Words, section: str) -> str:
    return json.dumps(words.section(section), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
