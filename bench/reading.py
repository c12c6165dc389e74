"""Reads all reports again and again, in this one process, and prints the speed and what it did to the memory."""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

from caseboard import read_narrative
from caseboard.__main__ import _OBJECTS_BETWEEN_COLLECTIONS
from caseboard.case import Document
from machine import largest_memory_mb, reports


def main() -> None:
    """Read as many characters as the first argument says; print one JSON object."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)  # as the program does
    wanted = int(sys.argv[1])
    documents = [Document(path.name, Path(path).read_text(encoding="utf-8")) for path in reports()]
    size = sum(len(document.text.encode()) for document in documents)
    read_all(documents)
    passes, before, start = 0, largest_memory_mb(), time.perf_counter()
    while passes * size < wanted:
        read_all(documents)
        passes += 1
    seconds = time.perf_counter() - start
    after = largest_memory_mb()
    print(
        json.dumps({"megabytes": passes * size / 1e6, "seconds": seconds, "before": before, "after": after})
    )


def read_all(documents: list[Document]) -> None:
    """Read every document once and forget it."""
    for document in documents:
        read_narrative(document)


if __name__ == "__main__":
    main()
