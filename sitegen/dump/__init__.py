"""Dumps: the text of one listing page of papers, as a person copied it, read into records.

`lines` cuts the text, `meta` reads dates and authors, `roles` and `pieces` say which paragraph is what, `assembly`
puts records together, `reading` is the whole. The form is described in docs/dump-format.md.
"""

from sitegen.dump.assembly import Header, Record
from sitegen.dump.meta import DumpDate
from sitegen.dump.reading import Dump, decode, parse_dump, records

__all__ = ["Dump", "DumpDate", "Header", "Record", "decode", "parse_dump", "records"]
