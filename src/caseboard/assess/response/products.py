"""The WHO products beside RECIST's sums: lesions of a line that the report measures in two diameters (Miller 1981).

WHO has no targets: every lesion with two diameters at baseline counts, a lymph node too, but not bone, which it judges
apart. Of three diameters the two largest are taken. The products change nothing of what RECIST says.
"""

from __future__ import annotations

from collections.abc import Sequence

from caseboard.assess import sites
from caseboard.assess.chronology import Chronology
from caseboard.assess.response.baseline import Baseline, BaselineLesion
from caseboard.assess.response.criteria import who
from caseboard.assess.response.measurability import accepted, comparable
from caseboard.assess.response.recist import VisitResult
from caseboard.assess.response.timepoints import Assessment
from caseboard.assess.results import BidimensionalResponse, Measurement

__all__ = ["product_of", "who_responses"]


def product_of(sight: Measurement) -> float | None:
    """Return the product of a sight's two largest diameters in mm²: 0 where it is gone, None without two of them."""
    if sight.state == "absent":
        return 0.0
    return who.product(*sight.diameters_mm[:2]) if len(sight.diameters_mm) > 1 else None


def who_responses(
    clock: Chronology,
    baseline: Baseline,
    assessments: Sequence[Assessment],
    results: Sequence[VisitResult],
) -> tuple[BidimensionalResponse | None, ...]:
    """Return the response by WHO at each assessment; None where nothing was measured in two diameters at baseline."""
    lesions = [
        (one, product)
        for one in baseline.lesions
        if one.size is not None
        and (one.size.measurable or not sites.is_bone(one.lesion.site))
        and (product := product_of(one.sight)) is not None
        and product > 0
    ]
    if not lesions:
        return (None,) * len(assessments)
    followed = [one for one, _ in lesions]
    others = [one.lesion.id for one in baseline.lesions if one not in followed]
    start = smallest = [product for _, product in lesions]
    gone: set[str] = set()
    out: list[BidimensionalResponse | None] = []
    for assessment, result in zip(assessments, results, strict=True):
        gone = _gone(baseline.lesions, assessment, gone)
        now = [_product(clock, one, assessment, gone) for one in followed]
        judged = who.respond(
            now,
            baseline_mm2=start,
            smallest_mm2=smallest,
            new_lesions=result.new_lesions,
            other_disease=any(other not in gone for other in others),
        )
        seen = [one for one in now if one is not None]
        unknown = [one.lesion.name for one, size in zip(followed, now, strict=True) if size is None]
        why = judged.why if judged.word != "NE" else f"not measured in two diameters: {', '.join(unknown)}"
        out.append(
            BidimensionalResponse(
                products_mm2={one.lesion.id: product for one, product in zip(followed, now, strict=True)},
                sum_mm2=None if unknown else sum(seen),
                baseline_mm2=sum(start),
                overall=judged.word,
                why=why,
            )
        )
        smallest = [
            least if product is None else min(least, product)
            for least, product in zip(smallest, now, strict=True)
        ]
    return tuple(out)


def _product(clock: Chronology, one: BaselineLesion, assessment: Assessment, gone: set[str]) -> float | None:
    """Return a lesion's product at an assessment, by a method that compares with the baseline's, else None."""
    if any(clock.before(fact, assessment.facts[0]) for fact in one.lesion.resected):
        return None
    if one.lesion.id in gone:
        return 0.0 if assessment.sights else None
    sights = assessment.sights.get(one.lesion.id, ())
    present = [sight for sight in sights if sight.state == "present" and len(sight.diameters_mm) > 1]
    for sight in sorted(present, key=lambda sight: sight.modality != one.sight.modality):
        if comparable(one.sight.modality, sight.modality) and not accepted(sight.modality, one.lesion.organ):
            return product_of(sight)
    return None


def _gone(lesions: Sequence[BaselineLesion], assessment: Assessment, before: set[str]) -> set[str]:
    """Return which lesions are gone: by this assessment, or before and not mentioned since."""
    now = set(before)
    for one in lesions:
        sights = assessment.sights.get(one.lesion.id, ())
        if sights:
            (now.discard if any(sight.state == "present" for sight in sights) else now.add)(one.lesion.id)
    return now
