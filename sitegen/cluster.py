"""A crew of a Dask cluster, for catalogues past one machine: the extra `sitegen[cluster]`.

What all batches share is sent to every worker once. Workers need the same sitegen, its themes and nothing else: they
read and write no file of the site.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, cast

from distributed import Client, Future

from sitegen.crew import AHEAD, as_done

_Shared = TypeVar("_Shared")
_Batch = TypeVar("_Batch")
_Result = TypeVar("_Result")

_ADDRESS = re.compile(r"(tcp|tls)://\S+:\d{1,5}")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a scheduler."""

    client: Client
    shares_disk: bool = False

    @property
    def size(self) -> int:
        """Give the number of threads of all workers."""
        return max(1, sum(map(int, self.client.nthreads().values())))

    def each(
        self, job: Callable[[_Shared, _Batch], _Result], shared: _Shared, batches: Iterable[_Batch]
    ) -> Iterator[tuple[int, _Result]]:
        """Do a job for each batch."""
        sent = self._sent(partial(job, shared), everywhere=True)
        executor = self.client.get_executor(pure=False)
        return as_done(lambda batch: executor.submit(_call, sent, batch), batches, self.size * AHEAD)

    def begin(self, job: Callable[[_Shared], _Result], shared: _Shared) -> Callable[[], _Result]:
        """Begin a job of its own."""
        future = self.client.submit(_call, self._sent(partial(job, shared)), pure=False)
        return lambda: cast("_Result", future.result())

    def _sent(self, work: Callable[..., object], *, everywhere: bool = False) -> Future:
        """Send a job with what it shares, as one thing: of a list, every item would go with all that it leads to."""
        [sent] = self.client.scatter([work], broadcast=everywhere, hash=False)
        return sent


def _call(work: Callable[..., _Result], *batch: object) -> _Result:
    return work(*batch)


@contextlib.contextmanager
def joined(address: str) -> Iterator[Cluster]:
    """Join the cluster of a scheduler such as tcp://10.0.0.1:8786; raises OSError where there is none."""
    if not _ADDRESS.fullmatch(address):
        raise OSError(f"{address!r} is not a scheduler's address; give one such as tcp://10.0.0.1:8786")
    with Client(address, timeout=10, set_as_default=False) as client:
        yield Cluster(client)
