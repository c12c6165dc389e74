"""A record of CTML (Clinical Trial Markup Language, DFCI; parsed from JSON or YAML) read as a trial.

A key that CTML does not know is kept as a criterion to be quoted where it stands in a match, and named in a remark with
its place wherever it stands, so that a slip of the pen ("genomics") is seen and nothing of a record is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caseboard.knowledge.eligibility.sections import criteria_of_lines
from caseboard.knowledge.trial_shapes import (
    AllCriteria,
    AnyCriterion,
    Arm,
    Expression,
    Trial,
    TrialCriterion,
    criterion,
)

__all__ = ["CLINICAL_TERMS", "GENOMIC_TERMS", "ctml_trial"]

DEEPEST = 50
_MOST_NAMED = 5

CLINICAL_TERMS = frozenset(
    {
        "age_numerical", "oncotree_primary_diagnosis", "gender", "her2_status", "er_status", "pr_status",
        "tmb_numerical", "disease_status", "display_name",
    }
)  # fmt: skip
SIGNATURE_TERMS = frozenset(
    {"temozolomide_signature", "tobacco_signature", "pole_signature", "apobec_signature", "uva_signature"}
)
GENOMIC_TERMS = SIGNATURE_TERMS | {
    "hugo_symbol", "variant_category", "protein_change", "wildcard_protein_change", "cnv_call", "exon",
    "fusion_partner_hugo_symbol", "display_name", "variant_classification", "true_variant_classification",
    "mmr_status", "ms_status", "wildtype",
}  # fmt: skip
"""The terms of the reference implementation's configuration (MatchEngine V2), and those of its trials."""

_TRIAL_KEYS = frozenset(
    {
        "_id", "_summary", "_elasticsearch", "age", "cancer_center_accrual_goal_upper", "curated_on", "data_table4",
        "disease_status", "drug_list", "last_updated", "long_title", "management_group_list", "nct_id", "nct_number",
        "nct_purpose", "phase", "phase_no", "principal_investigator", "principal_investigator_institution",
        "prior_treatment_requirements", "protocol_id", "protocol_ids", "protocol_no", "protocol_number",
        "protocol_target_accrual", "protocol_type", "short_title", "site_list", "sponsor_list", "staff_list", "status",
        "tumor_types", "treatment_list",
    }
)  # fmt: skip
_ARM_KEYS = frozenset(
    {
        "arm", "arm_code", "arm_description", "arm_eligibility", "arm_internal_id", "arm_suspended", "arm_type",
        "dose_level", "level_code", "level_description", "level_internal_id", "level_suspended", "match", "step",
        "step_code", "step_internal_id", "step_type",
    }
)  # fmt: skip
_MATCH_KEYS = frozenset({"and", "or", "clinical", "genomic"})


def ctml_trial(record: dict[str, Any]) -> Trial:
    """Return the trial of a record; raises ``ValueError``, ``TypeError`` or ``AttributeError`` where it is none."""
    name = str(record.get("protocol_no") or record.get("nct_id") or "not named")
    status = _status(record)
    everybody: list[Expression] = (
        [criterion("status", {"status": status}, f"status {status}")] if status else []
    )
    required = record.get("prior_treatment_requirements") or []
    everybody.extend(
        criteria_of_lines([required] if isinstance(required, str) else [str(each) for each in required])
    )
    unknown = [*_unknown(record, _TRIAL_KEYS, "")]
    arms = tuple(_arms(record["treatment_list"], name, "treatment_list", unknown, suspended=False))
    return Trial(
        id=name,
        title=str(record.get("long_title") or record.get("short_title") or ""),
        source="CTML",
        everybody=AllCriteria(tuple(everybody)),
        arms=arms,
        phase=str(record.get("phase") or ""),
        updated="",
        remarks=_remark(unknown),
    )


def _status(record: dict[str, Any]) -> str:
    """Return the status, which some records give in their summary alone."""
    told = record.get("status")
    summary = record.get("_summary")
    if (
        not told
        and isinstance(summary, dict)
        and isinstance(summary.get("status"), list)
        and summary["status"]
    ):
        first = summary["status"][0]
        told = first.get("value") if isinstance(first, dict) else None
    return str(told or "")


def _remark(unknown: list[str]) -> tuple[str, ...]:
    if not unknown:
        return ()
    named = "; ".join(unknown[:_MOST_NAMED])
    more = f"; and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
    return (f"CTML knows no {named}{more}",)


def _unknown(node: dict[str, Any], known: frozenset[str], place: str) -> Iterator[str]:
    for key in node:
        if key not in known:
            yield f"key {str(key)[:60]!r}" + (f" at {place}" if place else "")


def _arms(
    node: Any,  # noqa: ANN401 - any JSON
    name: str,
    place: str,
    unknown: list[str],
    *,
    suspended: bool,
    depth: int = 0,
) -> Iterator[Arm]:
    """Yield the matches of steps, arms and doses, wherever in the list of treatments they stand."""
    if depth > DEEPEST:
        raise ValueError(f"{place} is nested deeper than {DEEPEST}")
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from _arms(each, name, f"{place}[{number}]", unknown, suspended=suspended, depth=depth + 1)
    elif isinstance(node, dict):
        unknown.extend(_unknown(node, _ARM_KEYS, place))
        own = next((str(node[key]) for key in ("level_code", "arm_code", "step_code") if key in node), "")
        closed = suspended or any(
            str(node.get(key, "")).upper() in {"Y", "TRUE"} for key in ("arm_suspended", "level_suspended")
        )
        here = f"{name}, {own}" if own else name
        if node.get("match"):
            parts = _items(node["match"], f"{place}.match", unknown, 0)
            yield Arm(here, AllCriteria(parts), closed)
        for key, value in node.items():
            if key != "match" and isinstance(value, dict | list):
                yield from _arms(value, here, f"{place}.{key}", unknown, suspended=closed, depth=depth + 1)


def _items(items: Any, place: str, unknown: list[str], depth: int) -> tuple[Expression, ...]:  # noqa: ANN401
    if not isinstance(items, list):
        raise TypeError(f"{place} is no list of criteria")
    return tuple(_expression(item, f"{place}[{n}]", unknown, depth) for n, item in enumerate(items))


def _expression(item: Any, place: str, unknown: list[str], depth: int) -> Expression:  # noqa: ANN401 - any JSON
    if depth > DEEPEST:
        raise ValueError(f"{place} is nested deeper than {DEEPEST}")
    if not isinstance(item, dict) or not item:
        raise TypeError(f"{place} is no criterion")
    unknown.extend(_unknown(item, _MATCH_KEYS, place))
    parts = tuple(_part(str(key), value, f"{place}.{key}", unknown, depth) for key, value in item.items())
    return parts[0] if len(parts) == 1 else AllCriteria(parts)


def _part(key: str, value: Any, place: str, unknown: list[str], depth: int) -> Expression:  # noqa: ANN401
    if key in {"and", "or"}:
        inside = _items(value, place, unknown, depth + 1)
        return AllCriteria(inside) if key == "and" else AnyCriterion(inside)
    if key not in {"clinical", "genomic"}:
        return TrialCriterion("text", (), f"{key}: {value}")
    if not isinstance(value, dict):
        raise TypeError(f"{place} is no object of terms")
    known = CLINICAL_TERMS if key == "clinical" else GENOMIC_TERMS
    unknown.extend(_unknown({str(name).casefold(): 0 for name in value}, known, place))
    return criterion("clinical" if key == "clinical" else "genomic", value, _words(key, value))


def _words(kind: str, terms: dict[str, Any]) -> str:
    return f"{kind}: " + ", ".join(f"{name} {value}" for name, value in terms.items() if value is not None)
