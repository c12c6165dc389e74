"""The options that the commands for responses share: what a protocol may say otherwise, and where to write."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = [
    "BestCriteria",
    "ConfirmDays",
    "Criteria",
    "Explain",
    "ImmuneDays",
    "MissingAsNe",
    "MostMissed",
    "MostStable",
    "Reader",
    "ReturnBySum",
    "Sites",
    "StableDays",
    "TooSmall",
]

Reader = Annotated[
    str,
    typer.Option(
        "--reader", metavar="NAME", help="Of SDTM: INVESTIGATOR, RADIOLOGIST 1 and the like, or ACCEPTED."
    ),
]
BestCriteria = Annotated[
    str, typer.Option("--criteria", metavar="NAME", help="recist (RECIST 1.1) or irecist (immunotherapy).")
]
Criteria = Annotated[
    str,
    typer.Option(
        "--criteria",
        metavar="NAME",
        help="recist (RECIST 1.1), irecist, who, choi, mrecist, percist or rano; each has columns of its own.",
    ),
]
ImmuneDays = Annotated[
    int,
    typer.Option(
        "--icpd-days",
        metavar="N",
        min=0,
        help="Of iRECIST: how many days after an iUPD an assessment confirms it at the earliest.",
    ),
]
ConfirmDays = Annotated[
    int, typer.Option("--confirm-days", metavar="N", min=1, help="Days after which a response is confirmed.")
]
TooSmall = Annotated[
    float,
    typer.Option(
        "--too-small-mm", metavar="MM", min=0, help="What a target counts that is too small to measure."
    ),
]
ReturnBySum = Annotated[
    bool,
    typer.Option(
        "--return-by-sum",
        help="Judge a lesion that comes back after complete response by the sum (20 % and 5 mm) and table 1; "
        "otherwise it is progression at any size, as the guideline's appendix III says.",
    ),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say why: the numbers, the rule and the guideline's paragraph.")
]
StableDays = Annotated[
    int, typer.Option("--sd-days", metavar="N", min=0, help="Days after the start from which SD counts.")
]
MostMissed = Annotated[
    int,
    typer.Option("--max-ne", metavar="N", min=0, help="How many NE may lie between a response and the next."),
]
MostStable = Annotated[
    int, typer.Option("--max-sd", metavar="N", min=0, help="How many SD may lie between two PR.")
]
MissingAsNe = Annotated[
    bool, typer.Option("--missing-as-ne", help="Call who was never assessed NE instead of MISSING.")
]
Sites = Annotated[
    str | None,
    typer.Option(
        "--sites",
        metavar="FILE",
        help="Where LESIONS is SDTM's TR: its TU, which says which lesions are lymph nodes.",
        show_default=False,
    ),
]
