"""Counts the demo scene in an environment that must hold neither Qt nor torch.

Says how large the environment is, how long a count takes from nothing, and its memory.
"""

import json
import resource
import subprocess
import sys
import sysconfig
import time
from importlib.util import find_spec
from pathlib import Path

for package in ("torch", "PySide6", "matplotlib", "scipy", "onnx"):
    if find_spec(package):
        sys.exit(f"{package} is installed here: this is no edge environment")
crowdgui = Path(sys.executable).parent / "crowdgui"

# Of all that is installed; it had 564 MB when this was set.
BUDGET_MB = 620

folder = Path(sysconfig.get_path("purelib"))
size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
own = sum(
    path.lstat().st_size
    for name in ("models", "trainer", "crowdgui")
    for path in (folder / name).rglob("*")
    if path.is_file()
)
print(f"edge: {size / 1e6:.0f} MB installed, {own / 1e6:.0f} MB of it this program and its weights")
if size > BUDGET_MB * 1e6:
    sys.exit(f"more than {BUDGET_MB} MB are installed")

for precision in ("fp32", "int8"):
    words = ["count", "demo:", "--json", "--precision", precision]
    started = time.perf_counter()
    result = subprocess.run([crowdgui, *words], stdout=subprocess.PIPE, text=True, check=True)
    whole = time.perf_counter() - started
    row = json.loads(result.stdout)
    if (row["engine"], row["precision"]) != ("openvino", precision) or not row["count"] > 1:
        sys.exit(f"unexpected result: {row}")
    # The largest of the processes so far, in KiB on Linux.
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"edge: {precision} counted {row['count']:.1f} with {row['model']}; first picture"
        f" {row['seconds']:.3f} s, the whole command {whole:.1f} s, {memory:.0f} MiB of memory"
    )

# Nobody answers at the broker: paho must be there, and counting goes on without it.
live = [crowdgui, "watch", "demo:", "--duration", "4", "--json", "--mqtt", "mqtt://127.0.0.1:9"]
live += ["--precision", "int8"]
result = subprocess.run(live, stdout=subprocess.PIPE, text=True, check=True)
rows = [json.loads(line) for line in result.stdout.splitlines()]
if not any(row["count"] and row["state"] == "live" for row in rows):
    sys.exit(f"unexpected rows: {rows}")
print(f"edge: watched {rows[-1]['frames']} frames")
