"""Best responses by iRECIST from recorded ones, against admiralonco's vignette (peers/recist/expected)."""

from __future__ import annotations

import polars as pl

from caseboard.assess.response.tables.immune_best import immune_parameters
from caseboard.formats.response_columns import IMMUNE_WORDS, reference_dates, response_rows
from caseboard.formats.sdtm import recorded_responses
from caseboard.formats.tabular import read_table

# The peer takes a month without a day for its last day; here a date stays as it is known.
KNOWN_TO_THE_MONTH = {"01-701-1028": ("2013-08", "2013-08-31")}


def test_all_parameters_are_those_of_the_vignette(shared):
    folder = shared / "peers" / "recist"
    starts, _ = reference_dates(read_table(str(folder / "sdtm" / "adsl.csv")))
    recorded = recorded_responses(read_table(str(folder / "sdtm" / "rs_onco_irecist.csv")), "INVESTIGATOR")
    rows, unused = response_rows(recorded, starts=starts, words=IMMUNE_WORDS)
    assert unused == ()
    told = pl.read_csv(folder / "expected" / "vignette_irecist_adrs_long.csv", infer_schema=False)
    told = told.filter(pl.col("PARAMCD") != "OVR")
    theirs = {
        (subject, parameter): (value, day)
        for subject, parameter, value, day in told.select("USUBJID", "PARAMCD", "AVALC", "ADT").rows()
    }
    found = immune_parameters(rows, subjects=told["USUBJID"].unique())
    ours = {(subject, parameter): (value, day) for subject, parameter, value, day in found.rows()}
    for (subject, parameter), (value, day) in ours.items():
        month, last = KNOWN_TO_THE_MONTH.get(subject, (None, None))
        ours[subject, parameter] = (value, last if month and day == month else day)
    # 27 subjects; IBOR, ICBOR, ICPD, IUPD, IRSP, ICRSP, ICB and ICCB of each.
    assert len(theirs) == 27 * 8
    assert ours == theirs
