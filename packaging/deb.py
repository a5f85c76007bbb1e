"""Make a Debian package from the folder that `make bundle` built: dist/NAME_VERSION.deb.

The program lies in /opt/crowdgui, beside it a command, a menu entry, icons, the licence and the
pages that tell of it.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from icons import PNG_SIZES, SVG, write_icons
from notices import PLACE
from sizes import by_part, report_package

ROOT = Path(__file__).resolve().parent.parent
LINUX = Path(__file__).resolve().parent / "linux"
# What the bundle does not bring: drivers' libraries, and the system's fonts.
DEPENDS = "libc6 (>= {libc}), libgl1, libegl1, libxcb1"
PAGES = (
    "README.md", "crowdgui/live/README.md", "trainer/README.md", "packaging/README.md",
    "packaging/comparison.md", "packaging/crowdgui-watch.service",
)  # fmt: skip
CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: The crowdgui authors <crowdgui@localhost>
Installed-Size: {kilobytes}
Depends: {depends}
Conflicts: {other}
Section: science
Priority: optional
Description: count people in crowds
 Counts people in pictures, videos and cameras with density-map networks,
 on this computer alone.
"""


def make_tree(bundle: Path, tree: Path, name: str) -> None:
    """Lay out the package's files below `tree`; the bundle's are linked, not copied."""
    shutil.rmtree(tree, ignore_errors=True)
    share = tree / "usr" / "share"
    shutil.copytree(bundle, tree / "opt" / "crowdgui", symlinks=True, copy_function=os.link)
    command = tree / "usr" / "bin" / "crowdgui"
    command.parent.mkdir(parents=True)
    command.symlink_to("/opt/crowdgui/crowdgui")
    icons = ROOT / "build" / "icons"
    write_icons(icons)
    places = {
        LINUX / "crowdgui.desktop": share / "applications" / "crowdgui.desktop",
        SVG: share / "icons" / "hicolor" / "scalable" / "apps" / "crowdgui.svg",
        next(LINUX.glob("*.metainfo.xml")): share / "metainfo" / next(LINUX.glob("*.xml")).name,
    }
    # The pages keep their places, so that their links to each other hold.
    docs = share / "doc" / name
    for page in PAGES:
        places[ROOT / page] = docs / page
    for size in PNG_SIZES:
        folder = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        places[icons / f"crowdgui-{size}.png"] = folder / "crowdgui.png"
    for source, target in places.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    licences = [ROOT / "LICENSE", bundle / "_internal" / PLACE / "THIRD-PARTY.txt"]
    text = "\n".join(path.read_text("utf-8") for path in licences)
    (docs / "copyright").write_text(text, "utf-8")


def control(name: str, bundle: Path) -> str:
    """Return what the package says of itself."""
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    other = "crowdgui" if name == "crowdgui-operator" else "crowdgui-operator"
    kilobytes = sum(by_part(bundle).values()) // 1024
    return CONTROL.format(
        name=name, version=version("crowdgui"), architecture=architecture, kilobytes=kilobytes,
        depends=DEPENDS.format(libc=platform.libc_ver()[1]), other=other,
    )  # fmt: skip


def main() -> int:
    edition = os.environ.get("EDITION", "full")
    name = "crowdgui" if edition == "full" else f"crowdgui-{edition}"
    bundle, tree = ROOT / "dist" / name, ROOT / "build" / "deb" / name
    if not bundle.is_dir():
        print(f"{bundle} is not there. Make it with: make bundle", file=sys.stderr)
        return 2
    make_tree(bundle, tree, name)
    facts = tree / "DEBIAN" / "control"
    facts.parent.mkdir()
    facts.write_text(control(name, bundle), encoding="utf-8")
    shutil.copyfile(LINUX / "postrm", facts.with_name("postrm"))
    facts.with_name("postrm").chmod(0o755)
    target = ROOT / "dist" / f"{name}_{version('crowdgui')}.deb"
    words = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", tree, target]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return 0 if report_package(target, edition) else 1


if __name__ == "__main__":
    sys.exit(main())
