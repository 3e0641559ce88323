#!/usr/bin/env python3
"""Wrong versions of the language model, each of which the tests must notice.

    Tests/LanguageModelMutants/run.py [NAME …]

Copies the modules to a temporary package, checks that its tests pass, then changes the sources as mutants.json says, one
mutant at a time, and expects the named tests to fail. Takes about a minute for each.

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
SOURCES = ["ChatTemplate", "CKernels", "Files", "RandomNumbers", "Kernels", "PagedCache", "Threads", "LanguageModel"]
TESTS = ["TestSupport", "KernelsTests", "LanguageModelTests", "LanguageModelFixtures", "LanguageModelMutants"]
MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
let package = Package(
  name: "Mutants", platforms: [.macOS(.v15)],
  targets: [
    .target(name: "CKernels"),
    .target(name: "ChatTemplate", swiftSettings: settings),
    .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: settings),
    .target(name: "Files", swiftSettings: settings),
    .target(name: "PagedCache", swiftSettings: settings),
    .target(name: "RandomNumbers", swiftSettings: settings),
    .target(name: "Threads", swiftSettings: settings),
    .target(name: "TestSupport", dependencies: ["RandomNumbers"], path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "LanguageModel",
      dependencies: ["ChatTemplate", "Kernels", "CKernels", "PagedCache", "RandomNumbers", "Files", "Threads"],
      swiftSettings: settings),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels", "CKernels", "RandomNumbers", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "LanguageModelTests",
      dependencies: ["LanguageModel", "Kernels", "CKernels", "PagedCache", "RandomNumbers", "Files", "TestSupport"],
      swiftSettings: settings),
  ])
"""


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
        for source in SOURCES:
            shutil.copytree(ROOT / "Sources" / source, package / "Sources" / source)
        for test in TESTS:
            shutil.copytree(ROOT / "Tests" / test, package / "Tests" / test)
        (package / "Package.swift").write_text(MANIFEST)
        untouched = swift(package, "test")
        if untouched.returncode != 0:
            sys.exit("the tests fail without any mutant:\n" + untouched.stdout[-3000:] + untouched.stderr[-3000:])
        for name in names:
            complaint = check(package, **MUTANTS[name])
            print(f"{name}: {'noticed' if complaint is None else 'NOT NOTICED: ' + complaint}", flush=True)
            failures += complaint is not None
    sys.exit(1 if failures else 0)


main()
