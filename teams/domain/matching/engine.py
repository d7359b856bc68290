"""Runs the annealing loop: compiled by numba when that is ready in time, as plain Python otherwise.

Importing numba and loading (the first time on a machine: compiling) the loop takes from half a second to a few
seconds, which count against the caller's limit: `prepare` starts it in a thread, so that the theme model is solved
meanwhile. The compiled code is kept where Python keeps its own, in `__pycache__` beside the source, or in the
user's cache when that folder cannot be written, or nowhere.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import moves

LOADING, COMPILING = 4.5, 15.0  # seconds for 250 people from which it pays to load the loop, to compile it


class _Engine:
    """The compiled loop, once it is there."""

    def __init__(self) -> None:
        self.compiled: Callable[..., None] | None = None
        self.thread: threading.Thread | None = None
        self.lock = threading.Lock()


_engine = _Engine()


def prepare(*, people: int = 10**6, seconds: float = 600) -> None:
    """Start loading the loop in the background, or compiling it, if that pays within `seconds`; once is enough.

    Plain Python comes within two per cent of the bound for 250 people in the time that loading takes.
    """
    worth = seconds * max(1.0, people / 250)
    with _engine.lock:
        if _engine.thread is None and (
            (worth >= LOADING and _is_kept()) or (worth >= COMPILING and seconds >= LOADING)
        ):
            _engine.thread = threading.Thread(target=_load, name="matching-engine", daemon=True)
            _engine.thread.start()


def compiled(*, wait: float) -> Callable[..., None] | None:
    """The compiled loop if it is ready within `wait` seconds, else None."""
    if _engine.thread is not None and wait > 0:
        _engine.thread.join(wait)
    return _engine.compiled


def warm() -> bool:
    """Compile now and keep the result, so that no later command pays for it; True when that worked."""
    prepare()
    return compiled(wait=600) is not None


def _is_kept() -> bool:
    """Has this very loop been kept? Looked up without numba, whose import alone takes a good part of a second."""
    if "numba" in sys.modules:
        return True
    source = Path(moves.__file__)
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "numba"
    named = os.environ.get("NUMBA_CACHE_DIR")
    folders = [Path(named)] if named else [source.parent / "__pycache__", caches]
    version = "".join(map(str, sys.version_info[:2]))
    name = f"moves.anneal-{moves.anneal.__code__.co_firstlineno}.py{version}.*.nbc"
    changed = source.stat().st_mtime
    kept = (file for folder in folders for file in (*folder.glob(name), *folder.glob(f"*/{name}")))
    return any(file.stat().st_mtime >= changed for file in kept)


def _load() -> None:
    try:
        import numba
        from numba.extending import register_jitable
    except ImportError:
        return
    for helper in moves.HELPERS:
        register_jitable(helper)
    whole = numba.types.Array(numba.int64, 1, "C")
    count = moves.anneal.__code__.co_argcount
    numbers = (numba.int64, numba.float64, numba.float64, numba.int64)
    signature = numba.void(*numbers, *(whole,) * (count - len(numbers)))
    try:
        loop = numba.njit(signature, cache=True, nogil=True)(moves.anneal)
    except RuntimeError:  # no folder to keep it in
        loop = numba.njit(signature, nogil=True)(moves.anneal)
    _engine.compiled = loop


def sequence(values: list[int], fast: bool) -> Any:
    """`values` as the loop likes them: an array for the compiled one, a list for plain Python."""
    if not fast:
        return list(values)
    import numpy as np

    return np.array(values if values else [0], dtype=np.int64)
