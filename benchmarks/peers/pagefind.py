"""Pagefind: a search for a site that another program has built."""

import importlib.resources
from dataclasses import replace

from benchmarks.contenders import Contender


def with_pagefind(contender: Contender) -> Contender:
    """Let Pagefind index the site after each build; it is started as the program itself, like Hugo."""
    program = importlib.resources.files("pagefind_bin") / "pagefind"
    index = (str(program), "--silent", "--site", str(contender.site))
    return replace(contender, name=f"{contender.name} + Pagefind", commands=(*contender.commands, index))
