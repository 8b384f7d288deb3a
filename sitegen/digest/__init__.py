"""The mail digest: what is new and what is talked about, as messages, and their way to readers, once each."""

from sitegen.digest.composing import Digest
from sitegen.digest.digesting import Asked, Made, make_digests, write_digests
from sitegen.digest.dispatch import Mailing, Report, count_waiting, mailing_of, send_digests
from sitegen.digest.recipients import Recipient

__all__ = [
    "Asked", "Digest", "Made", "Mailing", "Recipient", "Report", "count_waiting", "mailing_of", "make_digests",
    "send_digests", "write_digests",
]  # fmt: skip
