"""The commands that fill the user's own store of knowledge and look into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from caseboard.cli.output import one_line, write_output
from caseboard.cli.parameters import AsJson
from caseboard.cli.progress import progress
from caseboard.errors import UsageError

if TYPE_CHECKING:
    from caseboard.knowledge.civic import Release

__all__ = ["add_store_commands"]


def add_store_commands(knowledge: typer.Typer) -> None:
    """Add ``import``, ``update`` and ``show`` to the commands of ``caseboard knowledge``."""
    imports = typer.Typer(help="Put a release into your store.", no_args_is_help=True)
    imports.command("civic", short_help="Put a whole release of CIViC into your store.")(import_civic)
    imports.command("trials", short_help="Put trial records into your store.")(import_trials)
    knowledge.add_typer(imports, name="import")
    knowledge.command(short_help="Fetch CIViC's newest release into your store.")(update)
    knowledge.command(short_help="Print an item of evidence of your store as JSON.")(show)


def import_civic(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="CIViC's table of accepted clinical evidence (TSV).", show_default=False
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Put a whole release of CIViC into your store; options then use it instead of the embedded pack."""
    from caseboard.knowledge.civic import read_release
    from caseboard.knowledge.store import save_release

    with progress(2) as step:
        step(f"Reading {file}")
        release = read_release(str(file))
        step("Writing the store")
        save_release(release)
    _report(release, as_json=as_json)


def import_trials(
    records: Annotated[
        Path,
        typer.Argument(
            metavar="PATH",
            help="A file, or a folder of them: ClinicalTrials.gov version 2 JSON, CTML JSON or YAML.",
            show_default=False,
        ),
    ],
) -> None:
    """Put trial records into your store, in the place of those that are there.

    Of two records with one id the one that was updated last is kept.
    """
    from caseboard.cli.trials import say_remarks
    from caseboard.knowledge.trial_store import save_trials
    from caseboard.knowledge.trials import distinct, iter_trials

    with progress(2) as step:
        step(f"Reading {records}")
        trials, left_out = distinct(iter_trials(str(records)))
        step("Writing the store")
        save_trials(trials)
    say_remarks(str(records), trials)
    again = f"; {left_out:,} records of the same ids were left out" if left_out else ""
    write_output(f"{len(trials):,} trial{'s are' if len(trials) != 1 else ' is'} in your store{again}\n")


def update(
    address: Annotated[
        str | None,
        typer.Option("--from", metavar="URL", help="Another address than that of CIViC.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch CIViC's newest release into your store; one that does not come whole changes nothing."""
    from caseboard.knowledge.update import OFFICIAL, update_store

    with progress(1) as step:
        step("Fetching the release")
        release, _ = update_store(address or OFFICIAL)
    _report(release, as_json=as_json)


def show(
    evidence: Annotated[
        str, typer.Argument(metavar="EID", help="The id of an item of evidence: EID1444.", show_default=False)
    ],
) -> None:
    """Print an item of evidence of your store as JSON, every column as the release has it."""
    import msgspec

    from caseboard.knowledge.store import load_evidence, store_state

    if store_state() is None:
        raise UsageError("your store is empty: fill it with caseboard knowledge import civic FILE, or update")
    number = evidence.upper().removeprefix("EID")
    found = [row for row in load_evidence()[1] if row["evidence_id"] == number]
    if not found:
        raise UsageError(f"{evidence}: your store has no such item of evidence")
    write_output(msgspec.json.format(msgspec.json.encode(found[0]), indent=2).decode() + "\n")


def _report(release: Release, *, as_json: bool) -> None:
    import msgspec

    from caseboard.knowledge.store import store_path

    told = {
        "version": release.version,
        "reviewed": release.reviewed,
        "sha256": release.sha256,
        "rows": len(release.rows),
        "profiles": len(set(release.column("molecular_profile"))),
        "types": release.types,
        "levels": release.levels,
        "store": str(store_path()),
    }
    if as_json:
        write_output(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n")
        return
    lines = [
        f"CIViC {release.version}: {len(release.rows):,} items of evidence, reviewed up to {release.reviewed}",
        "types:  " + ", ".join(f"{name} {count:,}" for name, count in release.types.items()),
        "levels: " + ", ".join(f"{name} {count:,}" for name, count in release.levels.items()),
        f"sha256: {release.sha256}",
        f"store:  {store_path()}",
    ]
    write_output("".join(f"{one_line(line)}\n" for line in lines))
