"""Run one command and print its wall seconds, CPU seconds and peak megabytes; what it prints goes to standard error.

This is a program of its own because Linux counts the memory of a process's starter, up to the start, as the process's
own: started from here, that is ten megabytes, and not all that the benchmark holds.
"""

import os
import sys
import time


def main(command: list[str]) -> int:
    """Run it; gives its exit code."""
    started = time.perf_counter()
    # Looked up in PATH, like a command that is typed; its standard output joins standard error.
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
    _, status, usage = os.wait4(process, 0)
    print(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
