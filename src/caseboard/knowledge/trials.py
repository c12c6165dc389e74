"""Trial records: ClinicalTrials.gov (API version 2, JSON) and CTML (JSON or YAML), read into one shape.

What a record asks for is an expression of criteria joined by AND and OR. Every criterion keeps its own words; one that
nobody understands is kept all the same, to be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from caseboard.errors import InputError

__all__ = ["AllCriteria", "AnyCriterion", "Arm", "Expression", "Trial", "TrialCriterion", "read_trials"]

CriterionKind = Literal["status", "age", "sex", "conditions", "text", "clinical", "genomic"]
_SUFFIXES = frozenset({".json", ".jsonl", ".yaml", ".yml"})
_EXPECTED = "records of ClinicalTrials.gov (version 2, JSON) or CTML (JSON or YAML)"
LARGEST_FILE = 512 * 1024 * 1024
DEEPEST = 50


class TrialCriterion(msgspec.Struct, frozen=True, tag="criterion"):
    """What a trial asks for: ``terms`` by name, ``text`` in its own words, ``exclusion`` where it must not hold."""

    kind: CriterionKind
    terms: tuple[tuple[str, str], ...]
    text: str
    exclusion: bool = False


class AllCriteria(msgspec.Struct, frozen=True, tag="all"):
    """Every part has to hold."""

    parts: tuple[Expression, ...]


class AnyCriterion(msgspec.Struct, frozen=True, tag="any"):
    """One part has to hold."""

    parts: tuple[Expression, ...]


Expression = TrialCriterion | AllCriteria | AnyCriterion


class Arm(msgspec.Struct, frozen=True):
    """A part of a trial with criteria of its own; ``suspended`` where the record closes it."""

    name: str
    expression: Expression
    suspended: bool = False


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A trial: what everybody must meet, and its arms, of which one must be met where there are any."""

    id: str
    title: str
    source: Literal["ClinicalTrials.gov", "CTML"]
    everybody: AllCriteria
    arms: tuple[Arm, ...] = ()


def read_trials(path: str) -> tuple[Trial, ...]:
    """Read the trials of a file, or of every JSON and YAML file of a folder; raises ``InputError``."""
    where = Path(path)
    files = (
        sorted(file for file in where.iterdir() if file.suffix in _SUFFIXES) if where.is_dir() else [where]
    )
    trials = tuple(trial for file in files for trial in _of_file(file))
    if not trials:
        raise InputError(path, "there is no trial in it", _EXPECTED)
    return trials


def _of_file(file: Path) -> Iterator[Trial]:
    try:
        data = file.read_bytes() if file.stat().st_size <= LARGEST_FILE else None
    except OSError as error:
        raise InputError(str(file), f"it cannot be opened: {error.strerror}", _EXPECTED) from error
    if data is None:
        raise InputError(str(file), f"more than {LARGEST_FILE // 2**20} MB", _EXPECTED)
    for number, record in enumerate(_records(data, file), start=1):
        try:
            yield _trial(record)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            found = f"record {number} is no trial: {type(error).__name__} {error}"
            raise InputError(str(file), found, _EXPECTED) from error


def _records(data: bytes, file: Path) -> Iterator[dict[str, Any]]:
    try:
        values = _yaml(data) if file.suffix in {".yaml", ".yml"} else _json(data)
    except (msgspec.DecodeError, yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(str(file), f"it cannot be read: {error}", _EXPECTED) from error
    for value in values:
        inside = value.get("studies", value) if isinstance(value, dict) else value
        for record in inside if isinstance(inside, list) else [inside]:
            if not isinstance(record, dict):
                raise InputError(str(file), f"a record is no object but {type(record).__name__}", _EXPECTED)
            yield record


def _json(data: bytes) -> list[Any]:
    try:
        return [msgspec.json.decode(data)]
    except msgspec.DecodeError:
        # Several objects, one a line, are read too; what is broken then names its own fault.
        return [msgspec.json.decode(line) for line in data.splitlines() if line.strip()]


def _yaml(data: bytes) -> list[Any]:
    return list(yaml.load_all(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _trial(record: dict[str, Any]) -> Trial:
    if "protocolSection" in record:
        return _registered(record["protocolSection"])
    if "treatment_list" in record:
        return _ctml(record)
    raise ValueError(f"it has the fields {', '.join(list(record)[:5]) or 'none'}")


# --- ClinicalTrials.gov -------------------------------------------------------------------------------------------

_HEADING = re.compile(r"\W{0,5}(?:key )?(inclusion|exclusion) criteria\b", re.IGNORECASE)
_BULLET = re.compile(r"\s{0,20}(?:[*•-]|\d{1,2}[.)])\s{1,5}")


def _registered(section: dict[str, Any]) -> Trial:
    told = section["identificationModule"]
    eligibility = section.get("eligibilityModule", {})
    status = section.get("statusModule", {}).get("overallStatus", "")
    parts: list[TrialCriterion] = [
        _criterion("status", {"status": status}, f"status {status or 'not given'}")
    ]
    ages = {name: eligibility[name] for name in ("minimumAge", "maximumAge") if eligibility.get(name)}
    if ages:
        words = ", ".join(f"{name[:3]}. {age}" for name, age in ages.items())
        parts.append(_criterion("age", ages, f"age {words}"))
    sex = eligibility.get("sex", "")
    if sex and sex != "ALL":
        parts.append(_criterion("sex", {"sex": sex}, f"sex {sex.lower()}"))
    conditions = section.get("conditionsModule", {}).get("conditions", [])
    numbered = {str(number): str(name) for number, name in enumerate(conditions)}
    parts.append(_criterion("conditions", numbered, f"conditions: {'; '.join(numbered.values()) or 'none'}"))
    parts.extend(_lines(eligibility.get("eligibilityCriteria", "")))
    return Trial(
        id=told["nctId"],
        title=told.get("briefTitle", ""),
        source="ClinicalTrials.gov",
        everybody=AllCriteria(tuple(parts)),
    )


def _lines(text: str) -> Iterator[TrialCriterion]:
    exclusion = False
    for line in text.splitlines():
        words = _BULLET.sub("", line, count=1).strip()
        heading = _HEADING.match(words)
        if heading is not None:
            exclusion = heading[1].casefold() == "exclusion"
        elif words:
            yield TrialCriterion("text", (), words, exclusion)


# --- CTML ---------------------------------------------------------------------------------------------------------


def _ctml(record: dict[str, Any]) -> Trial:
    name = str(record.get("protocol_no") or record.get("nct_id") or "not named")
    status = str(record.get("status", ""))
    everybody = AllCriteria((_criterion("status", {"status": status}, f"status {status}"),) if status else ())
    return Trial(
        id=name,
        title=str(record.get("long_title") or record.get("short_title") or ""),
        source="CTML",
        everybody=everybody,
        arms=tuple(_arms(record["treatment_list"], name, suspended=False)),
    )


def _arms(node: Any, name: str, *, suspended: bool, depth: int = 0) -> Iterator[Arm]:  # noqa: ANN401 - any JSON
    """Yield the matches of steps, arms and doses, wherever in the list of treatments they stand."""
    if depth > DEEPEST:
        raise ValueError(f"nested deeper than {DEEPEST}")
    if isinstance(node, list):
        for each in node:
            yield from _arms(each, name, suspended=suspended, depth=depth + 1)
    elif isinstance(node, dict):
        own = next((str(node[key]) for key in ("level_code", "arm_code", "step_code") if key in node), "")
        closed = suspended or any(
            str(node.get(key, "")).upper() == "Y" for key in ("arm_suspended", "level_suspended")
        )
        here = f"{name}, {own}" if own else name
        if node.get("match"):
            yield Arm(here, AllCriteria(tuple(_expression(item) for item in node["match"])), closed)
        for key, value in node.items():
            if key != "match" and isinstance(value, dict | list):
                yield from _arms(value, here, suspended=closed, depth=depth + 1)


def _expression(item: dict[str, Any], depth: int = 0) -> Expression:
    if depth > DEEPEST:
        raise ValueError(f"nested deeper than {DEEPEST}")
    parts: list[Expression] = []
    for key, value in item.items():
        if key in {"and", "or"}:
            inside = tuple(_expression(each, depth + 1) for each in value)
            parts.append(AllCriteria(inside) if key == "and" else AnyCriterion(inside))
        elif key == "clinical":
            parts.append(_criterion("clinical", value, _words(key, value)))
        elif key == "genomic":
            parts.append(_criterion("genomic", value, _words(key, value)))
        else:
            parts.append(TrialCriterion("text", (), f"{key}: {value}"))
    return parts[0] if len(parts) == 1 else AllCriteria(tuple(parts))


def _words(kind: str, terms: dict[str, Any]) -> str:
    return f"{kind}: " + ", ".join(f"{name} {value}" for name, value in terms.items() if value is not None)


def _criterion(kind: CriterionKind, terms: dict[str, Any], text: str) -> TrialCriterion:
    told = tuple((str(name).casefold(), str(value)) for name, value in terms.items() if value is not None)
    return TrialCriterion(kind, told, text)
