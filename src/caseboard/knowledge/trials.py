"""Trial records of files: ClinicalTrials.gov (API version 2, JSON) and CTML (JSON or YAML), read one after the other.

A file of hundreds of megabytes is mapped and not loaded, and of each record no more is made than what a trial needs,
so that memory holds the trials and little else.
"""

from __future__ import annotations

import contextlib
import mmap
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

from caseboard.errors import InputError
from caseboard.knowledge.ctml_trials import ctml_trial
from caseboard.knowledge.registered_trials import registered_trial
from caseboard.knowledge.trial_shapes import Trial

__all__ = ["distinct", "iter_trials", "read_trials"]

_JSON, _YAML = frozenset({".json", ".jsonl", ".ndjson"}), frozenset({".yaml", ".yml"})
_EXPECTED = "records of ClinicalTrials.gov (version 2, JSON) or CTML (JSON or YAML)"
_MB = 2**20
LARGEST_FILE = 4096 * _MB
LARGEST_YAML = 32 * _MB
LARGEST_RECORD = 32 * _MB


class _Top(msgspec.Struct):
    """A page of the registry's API; any other object has no ``studies``."""

    studies: list[msgspec.Raw] | None = None


class _Kind(msgspec.Struct):
    """What tells a record of ClinicalTrials.gov from another."""

    protocol: msgspec.Raw = msgspec.field(name="protocolSection", default=msgspec.Raw(b""))


def read_trials(path: str) -> tuple[Trial, ...]:
    """Read the trials of a file, or of every JSON and YAML file of a folder; raises ``InputError``."""
    return tuple(iter_trials(path))


def iter_trials(path: str) -> Iterator[Trial]:
    """Yield the trials of a file or a folder one by one; raises ``InputError``, also where there is none."""
    where = Path(path)
    number = 0
    for file in _files(where):
        for trial in _of_file(file):
            number += 1
            yield trial
    if not number:
        raise InputError(path, "there is no trial in it", _EXPECTED)


def distinct(trials: Iterable[Trial]) -> tuple[tuple[Trial, ...], int]:
    """Return each trial once, and how many records were left out: of two with one id the one updated last stands.

    Where neither says when it was updated the first stands; the order is that in which the ids first come.
    """
    kept: dict[tuple[str, str], Trial] = {}
    number = 0
    for trial in trials:
        number += 1
        key = (trial.source, trial.id)
        if key not in kept or trial.updated > kept[key].updated:
            kept[key] = trial
    return tuple(kept.values()), number - len(kept)


def _files(where: Path) -> list[Path]:
    if not where.is_dir():
        return [where]
    return sorted(file for file in where.iterdir() if file.suffix.lower() in _JSON | _YAML)


def _of_file(file: Path) -> Iterator[Trial]:
    reader = _yaml_records if file.suffix.lower() in _YAML else _json_records
    try:
        with _mapped(file) as data:
            for number, record in enumerate(reader(data, file), start=1):
                yield _trial(record, file, number)
    except OSError as error:
        raise InputError(str(file), f"it cannot be opened: {error.strerror}", _EXPECTED) from error


@contextlib.contextmanager
def _mapped(file: Path) -> Iterator[memoryview]:
    """Give the bytes of a file without loading them."""
    with file.open("rb") as opened:
        size = file.stat().st_size
        if size > LARGEST_FILE:
            found = f"it has {size // _MB:,} MB, more than {LARGEST_FILE // _MB:,} MB"
            raise InputError(str(file), found, "split it into several files of a folder")
        if not size:
            raise InputError(str(file), "it is empty", _EXPECTED)
        # The map ends with its last view, of which the traceback of an error may be one.
        yield memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))


def _json_records(data: memoryview, file: Path) -> Iterator[memoryview | bytes]:
    """Yield each record as its bytes: of a list, of a page (``studies``), one a line, or the one object there is."""
    first = bytes(data[:64]).lstrip()[:1]
    try:
        if first == b"[":
            yield from (bytes(raw) for raw in msgspec.json.decode(data, type=list[msgspec.Raw]))
            return
        top = msgspec.json.decode(data, type=_Top)
    except msgspec.ValidationError as error:
        raise InputError(str(file), f"it is no object with a list of studies: {error}", _EXPECTED) from error
    except (msgspec.DecodeError, RecursionError) as error:
        if "trailing characters" not in str(error):
            raise InputError(str(file), f"it cannot be read: {error}", _EXPECTED) from error
        yield from _lines(data)
        return
    if top.studies is None:
        yield data
    else:
        yield from (bytes(raw) for raw in top.studies)


def _lines(data: memoryview) -> Iterator[bytes]:
    for line in re.finditer(rb"[^\n]+", data):
        if line[0].strip():
            yield line[0]


_ALIAS = re.compile(rb"(?:^|[\s\[{,:-])\*[\w-]", re.MULTILINE)


def _yaml_records(data: memoryview, file: Path) -> Iterator[Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if len(data) > LARGEST_YAML:
        found = f"it has {len(data) // _MB:,} MB of YAML, more than {LARGEST_YAML // _MB} MB"
        raise InputError(str(file), found, "give it as JSON, or in several files of a folder")
    text = bytes(data)
    try:
        if _ALIAS.search(text) and any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, loader)
        ):
            raise InputError(str(file), "it has aliases (*name), which are not read", "write them out")
        for document in yaml.load_all(text, Loader=loader):
            yield from document if isinstance(document, list) else [document]
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        found = " ".join(str(error).split())
        raise InputError(str(file), f"it cannot be read: {found}", _EXPECTED) from error


def _trial(record: Any, file: Path, number: int) -> Trial:  # noqa: ANN401 - bytes of JSON, or what YAML holds
    place = f"record {number}"
    try:
        if isinstance(record, bytes | memoryview):
            return _of_json(record)
        if isinstance(record, dict) and "protocolSection" in record:
            return registered_trial(msgspec.json.encode(record))
        return ctml_trial(_object(record))
    except msgspec.ValidationError as error:
        raise InputError(str(file), f"it is no trial: {error}", _EXPECTED, place=place) from error
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise InputError(str(file), f"it is no trial: {error}", _EXPECTED, place=place) from error


def _of_json(record: memoryview | bytes) -> Trial:
    if len(record) > LARGEST_RECORD:
        raise ValueError(f"it has {len(record) // _MB:,} MB, a record at most {LARGEST_RECORD // _MB}")
    kind = msgspec.json.decode(record, type=_Kind)
    if bytes(kind.protocol):
        return registered_trial(record)
    return ctml_trial(_object(msgspec.json.decode(record)))


def _object(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON or YAML
    if not isinstance(record, dict):
        raise TypeError(f"a record is an object, and this is {_TYPES.get(type(record), 'a value')}")
    if "treatment_list" not in record:
        fields = ", ".join(str(name)[:40] for name in list(record)[:5]) or "none"
        raise ValueError(f"it has neither protocolSection nor treatment_list; its fields are {fields}")
    return record


_TYPES = {
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    type(None): "nothing",
    bool: "a truth",
}
