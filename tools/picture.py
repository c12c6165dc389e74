"""Makes docs/dossier.png: the head of the example's dossier, as a browser shows it. Needs Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
SIZE = "1200,2880"


def main() -> int:
    """Write the picture; returns 1 where there is no browser."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.stderr.write(f"The picture needs one of {', '.join(BROWSERS)} on the path.\n")
        return 1
    caseboard = Path(sys.executable).with_name("caseboard")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "dossier.html"
        subprocess.run([caseboard, "board", ROOT / "examples" / "ros1_imt.txt", "-o", page], check=True)
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--virtual-time-budget=5000",
        ]
        picture = f"--screenshot={ROOT / 'docs' / 'dossier.png'}"
        subprocess.run([browser, *options, f"--window-size={SIZE}", picture, page.as_uri()], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
