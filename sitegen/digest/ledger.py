"""Who has had which digest: a file of hashes that only a key beside it can tell from noise.

The folder holds `key`, 32 random bytes in hexadecimal, and `ledger`, one line for each attempt: "sent HASH" is written
and synced to the disk before a message goes out, "refused HASH" when the server has said that it did not take it. No
address is in either. A process that is killed in between leaves "sent": it may have been, so it is not sent again.
"""

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from sitegen.lock import held
from sitegen.problems import SitegenError, error

_KEY = re.compile(r"[0-9a-f]{64}\n?\Z")
_LINE = re.compile(r"(sent|refused) ([0-9a-f]{64})\Z")


class Ledger:
    """The ledger of a folder. Addresses that differ only in case are one: their mailboxes nearly always are."""

    def __init__(self, key: bytes, sent: set[str], descriptor: int | None = None) -> None:
        self._key = key
        self._sent = sent
        self._descriptor = descriptor

    def has(self, digest_id: str, address: str) -> bool:
        """Tell whether a digest went to an address, or may have gone."""
        return self._hash("sent", digest_id, address) in self._sent

    def note_sent(self, digest_id: str, address: str) -> None:
        """Note that a digest is about to go to an address; when this returns it is on the disk."""
        token = self._hash("sent", digest_id, address)
        self._append(f"sent {token}\n")
        self._sent.add(token)

    def note_refused(self, digest_id: str, address: str) -> None:
        """Note that a digest has not gone to an address after all; a later run tries again."""
        token = self._hash("sent", digest_id, address)
        self._append(f"refused {token}\n")
        self._sent.discard(token)

    def token(self, digest_id: str, address: str) -> str:
        """Give what marks the one message of a digest to an address; it says nothing of the address."""
        return self._hash("message", digest_id, address)[:32]

    def _hash(self, purpose: str, digest_id: str, address: str) -> str:
        text = f"{purpose}\0{digest_id}\0{address.lower()}"
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def _append(self, line: str) -> None:
        assert self._descriptor is not None, "a ledger that was only looked at"  # noqa: S101  # a bug, not data
        left = line.encode()
        while left:
            left = left[os.write(self._descriptor, left) :]
        os.fsync(self._descriptor)


@contextlib.contextmanager
def open_ledger(folder: Path) -> Iterator[Ledger]:
    """Open the ledger of a folder, made where there is none; one process at a time.

    Raises BlockingIOError when another run has it, and SitegenError for files that are not a ledger's.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with held(folder, f"another run is sending with {folder}; wait for it, or end it"):
        key = _read_key(folder) or _make_key(folder)
        sent = _read_sent(folder)
        descriptor = os.open(folder / "ledger", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _end_torn_line(folder, descriptor)
            _sync_folder(folder)
            yield Ledger(key, sent, descriptor)
        finally:
            os.close(descriptor)


def peek_ledger(folder: Path) -> Ledger:
    """Look at a ledger without making or changing anything; where there is none it is empty."""
    return Ledger(_read_key(folder) or b"", _read_sent(folder))


def _read_key(folder: Path) -> bytes | None:
    """Read the key; None where there is none yet. Raises where it is lost: the ledger would say nothing any more."""
    file = folder / "key"
    if not file.exists():
        if (folder / "ledger").exists():
            message = "is missing, so nobody can tell who has had what; restore it, or choose a new folder for --state"
            raise SitegenError([error(str(file), 1, message)])
        return None
    text = file.read_text(encoding="ascii", errors="replace")
    if not _KEY.match(text):
        raise SitegenError([error(str(file), 1, "is not a key of 64 hexadecimal digits; restore it")])
    file.chmod(0o600)  # what restored it may not have kept the mode
    return bytes.fromhex(text.strip())


def _make_key(folder: Path) -> bytes:
    """Make a key, whole or not at all; it is on the disk before anything is hashed with it."""
    key = secrets.token_bytes(32)
    staged = folder / "key.new"
    staged.unlink(missing_ok=True)
    descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, f"{key.hex()}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    staged.rename(folder / "key")
    _sync_folder(folder)
    return key


def _read_sent(folder: Path) -> set[str]:
    """Read which hashes are noted as sent. A last line that a kill cut off was never acted upon, and is left out."""
    file = folder / "ledger"
    if not file.exists():
        return set()
    sent: set[str] = set()
    lines = file.read_text(encoding="ascii", errors="replace").split("\n")
    for number, line in enumerate(lines[:-1], 1):
        if found := _LINE.match(line):
            (sent.add if found[1] == "sent" else sent.discard)(found[2])
        elif not _is_torn(line):
            message = "is no line of a ledger; restore the file, or who has had a digest may get it again"
            raise SitegenError([error(str(file), number, message)])
    return sent


def _is_torn(line: str) -> bool:
    """Tell whether a line is the beginning of one, which `_end_torn_line` has since put an end to."""
    return "sent ".startswith(line) or "refused ".startswith(line) or _BEGUN.match(line) is not None


_BEGUN = re.compile(r"(sent|refused) [0-9a-f]{0,63}\Z")


def _end_torn_line(folder: Path, descriptor: int) -> None:
    data = (folder / "ledger").read_bytes()
    if data and not data.endswith(b"\n"):
        os.write(descriptor, b"\n")


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
