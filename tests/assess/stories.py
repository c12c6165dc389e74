"""Small cases for tests: facts told in order, with the text they stand in where a test needs the words around."""

from __future__ import annotations

import json

import msgspec

from caseboard.case import Case, Document, Span
from caseboard.formats.flat import read_flat


def story(*facts: dict[str, object], text: str = "") -> Case:
    """The case that these facts tell, in this order; ``text`` is the document, in which their quotes are found."""
    lines = [json.dumps({"id": f"f{n}", "quote": "", **fact}) for n, fact in enumerate(facts, start=1)]
    case = read_flat(lines, path="story")
    if not text:
        return case
    placed = []
    for fact in case.facts:
        start = text.find(fact.source.quote) if fact.source.quote else -1
        assert start >= 0, f"{fact.source.quote!r} is not in the text"
        span = Span(start, start + len(fact.source.quote))
        placed.append(msgspec.structs.replace(fact, source=msgspec.structs.replace(fact.source, span=span)))
    return msgspec.structs.replace(case, facts=tuple(placed), documents=(Document("story", text),))


def gold(shared, name: str) -> Case:
    """The hand-made facts of a reference case, with its text."""
    folder = shared / "gold" / "dev"
    lines = (folder / f"{name}.facts.jsonl").read_text(encoding="utf-8").splitlines()
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    case = read_flat(lines, path=name)
    placed = []
    for fact in case.facts:
        start = text.find(fact.source.quote)
        span = Span(start, start + len(fact.source.quote)) if start >= 0 else None
        placed.append(msgspec.structs.replace(fact, source=msgspec.structs.replace(fact.source, span=span)))
    return msgspec.structs.replace(case, facts=tuple(placed), documents=(Document(name, text),))


def patient(date: str | None = None, *, sex: str = "male", age: float = 40, **more: object):
    return {"kind": "patient", "sex": sex, "age_years": age, "date": date, **more}


def diagnosis(term: str, date: str | None = None, status: str = "final", **more: object):
    return {"kind": "diagnosis", "term": term, "date": date, "status": status, **more}


def marker(target: str, result: str, method: str = "IHC", date: str | None = None, **more: object):
    return {"kind": "test", "method": method, "target": target, "result": result, "date": date, **more}


def fusion(gene5: str | None, gene3: str | None, date: str | None = None, **more: object):
    return {"kind": "alteration", "type": "fusion", "gene5": gene5, "gene3": gene3, "date": date, **more}


def altered(kind: str, gene: str, change: str | None = None, date: str | None = None, **more: object):
    return {"kind": "alteration", "type": kind, "gene": gene, "change": change, "date": date, **more}


def lesion(site: str, date: str | None, *mm: float, by: str | None = "CT", **more: object):
    return {"kind": "lesion", "site": site, "date": date, "diameters_mm": list(mm), "modality": by, **more}


def lab(analyte: str, value: float, unit: str | None = None, date: str | None = None, **more: object):
    return {"kind": "lab", "analyte": analyte, "value": value, "unit": unit, "date": date, **more}


def drug(event: str, date: str | None, *agents: str, **more: object):
    own = {
        "kind": "treatment",
        "modality": "systemic",
        "event": event,
        "agents": sorted(agents),
        "date": date,
    }
    return {**own, **more}


def surgery(procedure: str, date: str | None, **more: object):
    own = {"kind": "treatment", "modality": "surgery", "event": "done", "procedure": procedure, "date": date}
    return {**own, **more}


def harm(term: str, grade: int | None, date: str | None, *agents: str, **more: object):
    own = {"kind": "adverse_event", "term": term, "grade": grade, "date": date, "agents": list(agents)}
    return {**own, **more}


def stated(category: str, date: str | None, modality: str = "imaging", **more: object):
    return {"kind": "response", "category": category, "date": date, "modality": modality, **more}


def outcome(vital: str, disease: str, date: str | None, **more: object):
    return {"kind": "outcome", "vital": vital, "disease": disease, "date": date, **more}
