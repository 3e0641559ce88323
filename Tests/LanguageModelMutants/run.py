#!/usr/bin/env python3
"""Wrong versions of the language model, each of which the tests must notice.

    Tests/LanguageModelMutants/run.py [NAME …]

Copies the modules that the tests import to a temporary package, checks that its tests pass, then changes the sources as
mutants.json says, one mutant at a time, and expects the named tests to fail. Takes about a minute for each.

mutants.json: by name, `tests`, the suites of which one must fail, and `changes`: in `file`, below Sources, `find`, which
occurs there exactly once, becomes `replace`. A text of several lines is a list of them.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MUTANTS = json.loads((pathlib.Path(__file__).parent / "mutants.json").read_text())
TESTS = ["KernelsTests", "LanguageModelTests"]
FILES = ["LanguageModelFixtures", "LanguageModelMutants"]
MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
let package = Package(name: "Mutants", platforms: [.macOS(.v15)], targets: [
%s
])
"""


def imported(folder):
    """The package's own modules that the Swift files of a folder import."""
    words = (line.split() for file in folder.rglob("*.swift") for line in file.read_text().splitlines())
    names = {line[-1] for line in words if "import" in line[:2]}
    return sorted(name for name in names if name == "TestSupport" or (ROOT / "Sources" / name).is_dir())


def target(kind, name, folder):
    settings = ", swiftSettings: settings" if any(folder.rglob("*.swift")) else ""
    path = folder.relative_to(ROOT)
    return f'  .{kind}(name: "{name}", dependencies: {json.dumps(imported(folder))}, path: "{path}"{settings}),'


def write_package(package):
    """The tests' modules, and all that they import."""
    targets = [target("testTarget", name, ROOT / "Tests" / name) for name in TESTS]
    wanted, modules = [name for test in TESTS for name in imported(ROOT / "Tests" / test)], {}
    while wanted:
        name = wanted.pop()
        if name not in modules:
            modules[name] = ROOT / ("Tests" if name == "TestSupport" else "Sources") / name
            wanted += imported(modules[name])
    targets += [target("target", name, folder) for name, folder in modules.items()]
    folders = [*modules.values(), *(ROOT / "Tests" / name for name in TESTS + FILES)]
    for folder in folders:
        shutil.copytree(folder, package / folder.relative_to(ROOT))
    (package / "Package.swift").write_text(MANIFEST % "\n".join(targets))


def swift(package, *arguments):
    return subprocess.run(["swift", *arguments, "-c", "release"], cwd=package, capture_output=True, text=True)


def lines(text):
    return text if isinstance(text, str) else "\n".join(text)


def check(package, tests, changes):
    """One mutant; what is wrong with it, or None when the tests notice it."""
    originals = {}
    try:
        for change in changes:
            file, old, new = change["file"], lines(change["find"]), lines(change["replace"])
            path = package / "Sources" / file
            text = originals.setdefault(path, path.read_text())
            if path.read_text().count(old) != 1:
                return f"{file} does not have exactly one {old!r}"
            path.write_text(path.read_text().replace(old, new))
        built = swift(package, "build", "--build-tests")
        if built.returncode != 0:
            return "does not build: " + built.stdout[-2000:] + built.stderr[-2000:]
        if swift(package, "test", "--skip-build", "--filter", "|".join(tests)).returncode == 0:
            return f"no failure in {', '.join(tests)}"
        return None
    finally:
        for path, text in originals.items():
            path.write_text(text)


def main():
    names = sys.argv[1:] or list(MUTANTS)
    unknown = [name for name in names if name not in MUTANTS]
    if unknown:
        sys.exit(f"no such mutant: {', '.join(unknown)}; there are {', '.join(MUTANTS)}")
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        package = pathlib.Path(folder)
        write_package(package)
        untouched = swift(package, "test")
        if untouched.returncode != 0:
            sys.exit("the tests fail without any mutant:\n" + untouched.stdout[-3000:] + untouched.stderr[-3000:])
        for name in names:
            complaint = check(package, **MUTANTS[name])
            print(f"{name}: {'noticed' if complaint is None else 'NOT NOTICED: ' + complaint}", flush=True)
            failures += complaint is not None
    sys.exit(1 if failures else 0)


main()
