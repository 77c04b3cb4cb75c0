"""Build static/vendor/ from the npm packages: style, script, icons, fonts, each with its licence beside it."""

import hashlib
import re
import shutil
import subprocess
import sys
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "config" / "assets"
PACKAGES = ROOT / "node_modules"
TARGET = ROOT / "static" / "vendor"
TARGET_IN_MAKING = ROOT / "static" / "vendor.new"
STAMP = "built-from"
PAPER_WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
DATA_IMAGE = re.compile(r'url\("data:image/svg\+xml,([^"]+)"\)')
SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def fingerprint() -> str:
    """Return the hash of everything that the build depends on."""
    inputs = [ROOT / "package-lock.json", *sorted(SOURCES.iterdir())]
    return hashlib.sha256(b"".join(path.read_bytes() for path in inputs if path.is_file())).hexdigest()


def is_current() -> bool:
    """Whether static/vendor/ was built from these very inputs."""
    stamp = TARGET / STAMP
    return stamp.exists() and stamp.read_text() == fingerprint()


def build_style() -> None:
    """Compile Bootstrap's parts; its `data:` images become files, because the content policy allows only our own."""
    sass = [*tool("sass"), "--no-source-map", "--style=compressed", f"--load-path={PACKAGES}"]
    silent = "--silence-deprecation=import,global-builtin,color-functions,if-function"
    css = run([*sass, silent, str(SOURCES / "bootstrap.scss")])
    (TARGET_IN_MAKING / "bootstrap.css").write_text(DATA_IMAGE.sub(image_file, css))


def image_file(match: re.Match[str]) -> str:
    """Write one inline image to a file of its own and return the reference to it."""
    svg = urllib.parse.unquote(match[1])
    name = f"image-{hashlib.sha256(svg.encode()).hexdigest()[:8]}.svg"
    (TARGET_IN_MAKING / name).write_text(svg)
    return f'url("{name}")'


def build_script() -> None:
    """Bundle the scripts of others into one file."""
    target = f"--outfile={TARGET_IN_MAKING / 'vendor.js'}"
    run([*tool("esbuild"), str(SOURCES / "vendor.js"), "--bundle", "--minify", "--legal-comments=none", target])


def build_icons() -> None:
    """Put the icons that pages use into one sprite."""
    symbols = []
    for name in (SOURCES / "icons.txt").read_text().split():
        body = SVG_BODY.findall((PACKAGES / "lucide-static" / "icons" / f"{name}.svg").read_text())[0]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(body.split())}</symbol>')
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'
    (TARGET_IN_MAKING / "icons.svg").write_text(sprite)


def copy_fonts() -> None:
    """Copy the variable font for the screen and the static weights for paper."""
    web = PACKAGES / "@fontsource-variable" / "plus-jakarta-sans"
    shutil.copy(web / "files" / "plus-jakarta-sans-latin-wght-normal.woff2", TARGET_IN_MAKING / "jakarta.woff2")
    paper = PACKAGES / "@expo-google-fonts" / "plus-jakarta-sans"
    for weight, name in PAPER_WEIGHTS.items():
        source = paper / f"{weight}{name}" / f"PlusJakartaSans_{weight}{name}.ttf"
        shutil.copy(source, TARGET_IN_MAKING / f"jakarta-{weight}.ttf")
    shutil.copy(web / "LICENSE", TARGET_IN_MAKING / "jakarta-LICENSE.txt")


def copy_licences() -> None:
    """Keep each part's licence beside it."""
    for package in ("bootstrap", "htmx.org", "lucide-static"):
        shutil.copy(PACKAGES / package / "LICENSE", TARGET_IN_MAKING / f"{package}-LICENSE.txt")


def tool(name: str) -> list[str]:
    """Return the command of an npm package's program."""
    return [str(PACKAGES / ".bin" / name)]


def run(command: list[str]) -> str:
    """Run a command and return what it printed; raises CalledProcessError where it fails."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own commands


def main() -> None:
    """Build into a folder beside the old one and swap, so that a broken build leaves the old one."""
    if "--check" in sys.argv:
        sys.exit(0 if is_current() else 1)
    shutil.rmtree(TARGET_IN_MAKING, ignore_errors=True)
    TARGET_IN_MAKING.mkdir(parents=True)
    for step in (build_style, build_script, build_icons, copy_fonts, copy_licences):
        step()
    (TARGET_IN_MAKING / STAMP).write_text(fingerprint())
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET_IN_MAKING.rename(TARGET)


if __name__ == "__main__":
    main()
