"""What readers fetch of lunr.js: its query parser, its pipeline and its automaton, not a letter of them changed.

The rest reads and writes whole indices, which no page of a site does.
"""

import re
from typing import Final

_STATEMENT: Final = re.compile(rb"^(?=lunr\.[\w.]+\s*=)", re.MULTILINE)
_INDEXING: Final = re.compile(rb"lunr\.(?:Index|Builder|MatchData|Vector|FieldRef|Set|idf)\b")


def for_readers(script: bytes) -> bytes:
    r"""Leave out the statements of lunr.js that define what only an index needs.

    >>> for_readers(b"var lunr={}\nlunr.Index=function(){}\nlunr.Index.load=1\nlunr.Token=2\n")
    b'var lunr={}\nlunr.Token=2\n'
    """
    return b"".join(part for part in _STATEMENT.split(script) if not _INDEXING.match(part))
