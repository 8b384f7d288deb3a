"""The files that are made of the bytes of others: the packs for reading offline, and the zip of the site.

They come after all others, whose hashes are known by then: what is made of the same files is not made again.
"""

from collections.abc import Collection

from sitegen import urls
from sitegen.crew import ALONE, Crew
from sitegen.packs import cut_packs, list_output, pack_output
from sitegen.render import Site
from sitegen.transaction import Transaction
from sitegen.zipped import Zipped, is_zipped


def stage_archives(change: Transaction, files: Collection[str], site: Site, engine: str, crew: Crew) -> set[str]:
    """Plan them and stage those that are to be written; gives their paths. files: all others of the site."""
    if not (site.has_zip or _has_packs(site)):
        return set()
    digests = change.digests(files)
    return _stage_zip(change, digests, site, engine) | _stage_packs(change, digests, site, engine, crew)


def _has_packs(site: Site) -> bool:
    return {"offline", "packs"} <= site.only  # the packs are kept by the page that "offline" makes


def _stage_packs(change: Transaction, digests: dict[str, str], site: Site, engine: str, crew: Crew) -> set[str]:
    if not _has_packs(site):
        return set()
    packs = list(cut_packs(digests))
    outputs = [pack_output(pack, change.stager.read, engine) for pack in packs]
    listed = list_output(packs, change.stager.size, engine)
    change.stage(outputs, crew if crew.shares_disk else ALONE)
    change.stage([listed])
    return {output.path for output in (*outputs, listed)}


def _stage_zip(change: Transaction, digests: dict[str, str], site: Site, engine: str) -> set[str]:
    if not site.has_zip:
        return set()
    zipped = Zipped(tuple(sorted(filter(is_zipped, digests))), change.stager.read, site.config, site.words)
    change.stage_stream(urls.ARCHIVE, zipped.key(digests, engine), zipped.write)
    return {urls.ARCHIVE}
