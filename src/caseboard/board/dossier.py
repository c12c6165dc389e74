"""The dossier: a case and its assessment as one HTML page that needs nothing but a browser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from caseboard.assess.chronology import say_interval, timing_of
from caseboard.assess.findings import Finding
from caseboard.assess.ranking import RANKING_RULE
from caseboard.assess.response.products import product_of
from caseboard.assess.results import Assessment, LineResponse
from caseboard.assess.written import capital, category_written, drug_written, procedure_written
from caseboard.board.assets import content_security_policy, read_static, script_data
from caseboard.board.charts import NARROW_PX, WIDE_PX, course_chart
from caseboard.board.head import best_responses, head_lines, read_from
from caseboard.board.line_plots import LinePlots, line_plots
from caseboard.board.marks import Bar, Event, Point, Timeline
from caseboard.board.page import environment
from caseboard.board.register import Register
from caseboard.board.sections import (
    alterations_in_order,
    civic_link,
    doi_link,
    is_told_more,
    kinase_domain,
    lesion_matrices,
    pubmed_link,
    sections,
    trial_link,
)
from caseboard.board.source import Piece, lay_out
from caseboard.board.timeline import timeline
from caseboard.board.wording import (
    KIND_NAMES,
    LEVEL_NAMES,
    linked,
    say_date,
    say_diameters,
    say_duration,
    say_fact,
    say_limits,
    say_number,
    say_percent,
)
from caseboard.case import Case, Demographics, Document, Fact

__all__ = ["render_dossier"]

_FEWEST_TIMES = 2
"""What all lies at one time of no calendar has no course to draw."""

_LONGEST_ASIDE = 160
"""A longer detail of a finding that matters stands in its section and in the register, not on the first screen."""


def render_dossier(case: Case, assessment: Assessment) -> str:
    """Return the dossier of the assessed patient as a whole HTML page.

    The page opens from disk, makes no request and runs only its own scripts, which its content security policy names
    by their hashes. Every text of the case is escaped. ``case`` is the one that was assessed, with the texts of its
    documents. With a cutoff only the facts known by then are shown, and of the texts only the sentences of these.
    """
    if assessment.cutoff is not None and case.cutoff != assessment.cutoff:
        case = case.as_of(assessment.cutoff)
    patients = len({fact.patient for fact in case.facts})
    case = case.for_patient(assessment.patient.number)
    register = Register(case, assessment)
    line = timeline(case, assessment)
    charts = _charts(line, register)
    plots = line_plots(case, assessment)
    script = read_static("filters.js") + read_static("dossier.js")
    vega = read_static("vega.bundle.js")
    context = {
        "case": case,
        "assessment": assessment,
        "title": _title(case, assessment),
        "patients": patients,
        "sections": sections(case, assessment),
        "register": register,
        "charts": charts,
        "plots": plots,
        "drawings": _drawings(charts, plots),
        "timeline": line,
        "rows": _chart_rows(line),
        "matrix": lesion_matrices(case, assessment),
        "lesions_told": assessment.course.lesions,
        "alterations": alterations_in_order(assessment),
        "labs_graded": [lab for lab in assessment.labs if lab.grade_v5 or lab.grade_v6],
        "labs_other": [lab for lab in assessment.labs if not (lab.grade_v5 or lab.grade_v6)],
        "head": head_lines(assessment),
        "read_from": read_from(case, assessment),
        "best": best_responses(assessment),
        "lines": {own.number: own for own in assessment.course.lines},
        "line_findings": [finding for own in assessment.course.lines for finding in own.findings],
        "names": {lesion.id: lesion.name for lesion in assessment.course.lesions},
        "documents": [_document(document, case) for document in case.documents],
        "facts": [_fact_row(fact, case, register) for fact in case.facts],
        "undecided": [
            (say_fact(fact), timing_of(case, fact).text)
            for fact in case.undecided
            if fact.patient == assessment.patient.number
        ],
        "piece_html": lambda piece: _piece_html(piece, register),
        "style": read_static("dossier.css"),
        "script": script,
        "vega": vega,
        "vega_versions": vega.split("\n", 1)[0].removeprefix("/*! "),
        "policy": content_security_policy([vega, script] if charts or plots else [script]),
    }
    return _templates().get_template("dossier.html.j2").render(context)


@cache
def _templates() -> Environment:
    templates = environment()
    templates.globals |= {
        "baseline_sum": _baseline_sum,
        "capital": capital,
        "civic_link": civic_link,
        "is_told_more": is_told_more,
        "kinase_domain": kinase_domain,
        "doi_link": doi_link,
        "drug": drug_written,
        "level_names": LEVEL_NAMES,
        "linked": linked,
        "longest_aside": _LONGEST_ASIDE,
        "own_detail": _own_detail,
        "procedure": procedure_written,
        "product_of": product_of,
        "pubmed_link": pubmed_link,
        "ranking_rule": RANKING_RULE,
        "say_category": category_written,
        "say_date": say_date,
        "say_diameters": say_diameters,
        "say_duration": say_duration,
        "say_fact": say_fact,
        "say_number": say_number,
        "say_part": _say_part,
        "say_limits": say_limits,
        "say_percent": say_percent,
        "trial_link": trial_link,
    }
    return templates


def _own_detail(finding: Finding) -> str:
    """Return what a finding tells beside its sentence; the rule by which all drugs are ranked is told once."""
    return "" if finding.detail == RANKING_RULE else finding.detail


def _say_part(response: str) -> str:
    """Say the response of a part of the lesions: "none" where there is no such part."""
    return "none" if response == "NONE" else response


def _baseline_sum(response: LineResponse) -> float | None:
    """Return the baseline sum that the assessments themselves were held against."""
    return next((point.baseline_mm for point in response.timepoints if point.baseline_mm is not None), None)


def _title(case: Case, assessment: Assessment) -> str:
    """Return the heading of the page; a view of an earlier day must not take it from what was published later."""
    heading = assessment.patient.heading
    if assessment.cutoff is None:
        return heading or assessment.title or "A case for the tumour board"
    who = heading or next((say_fact(fact) for fact in case.of(Demographics)), "one patient")
    return f"{capital(who)}, as known on {say_date(assessment.cutoff)}"


def _charts(line: Timeline, register: Register) -> dict[str, Any] | None:
    def link(fact: str) -> str | None:
        anchor = register.fact_anchor(fact)
        return f"#{anchor}" if anchor else None

    times = {row.placed for _, row in _chart_rows(line)}
    if not line.axis.calendar and len(times) < _FEWEST_TIMES:
        return None
    wide, narrow = course_chart(line, WIDE_PX, link), course_chart(line, NARROW_PX, link)
    if wide is None:
        return None
    drawn = (
        (len(line.bars), "treatment", "treatments"),
        (len({point.series for point in line.sizes}), "measured lesion", "measured lesions"),
        (len({point.series for point in line.labs}), "laboratory series", "laboratory series"),
        (len(line.events), "event", "events"),
    )
    counts = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in drawn if count)
    limited = any((point.lower, point.upper) != (None, None) for point in line.labs)
    shaded = " What is normal is shaded behind laboratory values." if limited else ""
    alternative = f"The course on one time axis: {counts}.{shaded} The table below the chart gives all of it."
    return {"wide": script_data(wide), "narrow": script_data(narrow), "alternative": alternative}


def _drawings(charts: dict[str, Any] | None, plots: LinePlots | None) -> dict[str, Any]:
    """Return the data of each drawing by the id of its element in the page."""
    found = {f"course-{width}": charts[width] for width in ("wide", "narrow")} if charts else {}
    if plots:
        found |= {"response-wide": script_data(plots.wide), "response-narrow": script_data(plots.narrow)}
    return found


def _chart_rows(line: Timeline) -> list[tuple[str, Event | Bar | Point]]:
    """Return everything drawn, each with its kind, by time."""
    rows: list[tuple[str, Event | Bar | Point]] = [(event.lane, event) for event in line.events]
    rows += [(f"Treatment, {bar.modality}", bar) for bar in line.bars]
    rows += [("Lesion size", point) for point in line.sizes]
    rows += [("Sum of diameters", point) for point in line.sums]
    rows += [("Laboratory", point) for point in line.labs]
    return sorted(rows, key=lambda row: row[1].placed)


def _document(document: Document, case: Case) -> dict[str, Any]:
    published = f"published {say_interval(document.published)}" if document.published else ""
    length = f"{len(document.text):,} characters"
    parts = [document.name, published, f"doi:{document.doi}" if document.doi else "", length]
    heading = document.title or document.name
    if case.cutoff is not None:
        heading = "The text, as far as it tells what was known by then"
        parts = [length, "only the sentences of facts known by then are shown; such a sentence may tell more"]
    return {
        "heading": heading,
        "subtitle": ", ".join(part for part in parts if part and part != heading),
        "stretches": lay_out(document, case.facts, only_around_facts=case.cutoff is not None),
    }


def _fact_row(fact: Fact, case: Case, register: Register) -> dict[str, Any]:
    return {
        "fact": fact,
        "when": timing_of(case, fact).text,
        "kind": KIND_NAMES[str(fact.__struct_config__.tag)],
        "highlighted": _highlighted(fact, case),
        "fact_anchor": register.fact_anchor(fact.id),
        "use_anchor": register.use_anchor(fact.id),
        "findings": register.used_by(fact.id),
        "shown_in": register.shown_in(fact.id),
    }


def _highlighted(fact: Fact, case: Case) -> bool:
    """Whether the fact has its words marked in one of the texts shown."""
    span = fact.source.span
    if span is None:
        return False
    return any(
        document.name == fact.source.document and 0 <= span.start < span.end <= len(document.text)
        for document in case.documents
    )


def _piece_html(piece: Piece, register: Register) -> Markup:
    """Return a piece of text with its highlight: anchors of the facts that begin, links of those that end with it."""
    text = escape(piece.text)
    if not piece.facts:
        return text
    anchors = Markup("").join(
        Markup('<span id="{}"></span>').format(register.fact_anchor(fact)) for fact in piece.begins
    )
    covering = " ".join(anchor for fact in piece.facts if (anchor := register.fact_anchor(fact)))
    marked = Markup('<mark data-facts="{}">{}{}</mark>').format(covering, anchors, text)
    return marked + Markup("").join(_use_links(piece, register))


def _use_links(piece: Piece, register: Register) -> Iterator[Markup]:
    for fact in piece.ends:
        title = f"Fact {fact}: what stands on it"
        anchor = register.use_anchor(fact)
        yield Markup('<a class="cite" href="#{}" title="{}">{}</a>').format(anchor, title, fact)
