"""Progress on a terminal, on standard error; silent where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from caseboard.cli.output import one_line

__all__ = ["byte_progress", "progress"]


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """Give a function to call with what is done next, once before each of ``total`` steps."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    # Rich's bar is imported only where it is shown: scripts should not wait for it.
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=total)
        started = False

        def step(what: str) -> None:
            nonlocal started
            bar.update(task, description=escape(what), advance=1 if started else 0)
            started = True

        yield step


@contextmanager
def byte_progress(total: int, *, shown: bool) -> Iterator[Callable[[str, int], None]]:
    """Give a function to call with the name and the bytes of each document that is done, ``total`` bytes in all."""
    if not shown:
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.fields[count]} read"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
    )
    with bar:
        task = bar.add_task("", total=total or None, count=0)
        count = 0

        def done(name: str, size: int) -> None:
            nonlocal count
            count += 1
            bar.update(task, description=escape(one_line(name)), advance=size, count=count)

        yield done
