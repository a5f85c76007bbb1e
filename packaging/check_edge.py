"""Counts the demo scene in an environment that must hold neither Qt nor torch."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

for package in ("torch", "PySide6", "matplotlib"):
    if find_spec(package):
        sys.exit(f"{package} is installed here: this is no edge environment")
crowdgui = Path(sys.executable).parent / "crowdgui"
result = subprocess.run(
    [crowdgui, "count", "demo:", "--json"], capture_output=True, text=True, check=True
)
row = json.loads(result.stdout)
if row["engine"] != "openvino" or not row["count"] > 1:
    sys.exit(f"unexpected result: {row}")
print(f"edge: counted {row['count']:.1f} in {row['seconds']:.3f} s with {row['model']}")
