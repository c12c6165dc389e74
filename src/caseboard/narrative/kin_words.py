"""The words for a patient's relatives and for others whom a patient knows, for all patterns that ask for them.

They are alternatives in the singular, without the brackets around them: ``(?:{KIN})s?``. Three are told apart by what
they may do in a sentence:

- ``KIN`` is enough to make an illness, an age or a day that of somebody else;
- ``SPOUSES`` come with the patient and are asked for, so that what stands behind them may well be the patient's ("seen
  with his wife, new back pain"): a pattern that asks for no verb of their own leaves them out;
- ``CALLED`` are names of other things as well (DAD is diffuse alveolar damage, MOM milk of magnesia), and are asked for
  only where little else can stand.

In the plural, brothers and sisters may be the patients of a report ("two brothers with neurofibromatosis"): a pattern
in which a word alone decides asks for the singular.
"""

from __future__ import annotations

import re

__all__ = [
    "ACQUAINTANCES",
    "CALLED",
    "CHILDREN",
    "COLLATERALS",
    "KIN",
    "MAN_AMONG",
    "PARENTS",
    "SPOUSES",
    "WOMAN_AMONG",
]

PARENTS = "father|mother|step-?(?:father|mother)"
CHILDREN = "son|daughter|(?:grand|step)-?(?:son|daughter|child)"
COLLATERALS = (
    "brother|sister|(?:half|step)-?(?:brother|sister)|aunt|uncle|niece|nephew|cousin"
    r"|grand-?(?:father|mother|parent)|(?-i:[MP]G[MF])|(?-i:[MmPp]at\.?\s[GgAaUu](?:M|F|unt|ncle))"
)
"""Those of a family who rarely come along: their name alone makes what is told theirs."""
KIN = f"{PARENTS}|{COLLATERALS}|{CHILDREN}"
SPOUSES = "husband|wife"
CALLED = "dad|mum|mom"
ACQUAINTANCES = "friend|neighbou?r|colleague|co-?worker|room-?mate"
MAN_AMONG = re.compile(
    r"(?:father|brother|son|uncle|nephew|husband|boyfriend|fianc[ée])s?(?:-in-law)?\b", re.IGNORECASE
)
WOMAN_AMONG = re.compile(
    r"(?:mother|sister|daughter|aunt|niece|wife|wives|girlfriend|fianc[ée]e)s?(?:-in-law)?\b", re.IGNORECASE
)
"""Which of those whom a few words name are men, which women."""
