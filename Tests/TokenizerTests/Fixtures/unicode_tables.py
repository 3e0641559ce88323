"""Writes Sources/Tokenizer/Unicode/*+Data.swift from what Hugging Face's `tokenizers` really does.

    pip install tokenizers==0.23.3
    python3 unicode_tables.py ../../../Sources/Tokenizer/Unicode

Letters, numbers and white space are read off its regular expressions, scalar by scalar. Its NFC knows the scalars of
Unicode 9.0 only, so every mapping and combining class of Python's `unicodedata` is kept only if the library shows it.
"""

import sys
import unicodedata

from tokenizers import Regex, normalizers, pre_tokenizers

SCALARS = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000]
NFC = normalizers.NFC().normalize_str


def matching(pattern):
    """The scalars that `pattern` matches."""
    split = pre_tokenizers.Split(Regex(pattern), "removed")
    kept = set()
    for base in range(0, len(SCALARS), 4096):
        text = "".join(map(chr, SCALARS[base : base + 4096]))
        for piece, _ in split.pre_tokenize_str(text):
            kept.update(map(ord, piece))
    return [code for code in SCALARS if code not in kept]


def ranges(codes):
    """`codes` as words `first-last`, or `code` alone."""
    words, start = [], None
    for code, following in zip(codes, codes[1:] + [None]):
        start = code if start is None else start
        if following != code + 1:
            words.append(f"{start:x}" if start == code else f"{start:x}-{code:x}")
            start = None
    return words


def combining_classes():
    """Words `first-last-class` for the scalars that the library reorders."""
    by_class = {}
    for code in SCALARS:
        combining = unicodedata.combining(chr(code))
        if combining == 0:
            continue
        # A mark of a greater class in front gives way to `code` only if the library knows the class of `code`.
        before = "q\u0345" + chr(code)
        after = "q" + chr(code) + "\u0334"
        known = NFC(before) != before or NFC(after) != after
        if known or unicodedata.decomposition(chr(code)):
            by_class.setdefault(combining, []).append(code)
    words = []
    for combining, codes in sorted(by_class.items()):
        for word in ranges(codes):
            first, _, last = word.partition("-")
            words.append(f"{first}-{last or first}-{combining:x}")
    return words


def decompositions():
    """Words `composite-first-second` that compose again, and words `composite-first[-second]` that do not."""
    composing, one_way = [], []
    for code in SCALARS:
        mapping = unicodedata.decomposition(chr(code))
        if not mapping or mapping.startswith("<"):
            continue
        parts = [int(part, 16) for part in mapping.split()]
        word = "-".join(f"{part:x}" for part in [code] + parts)
        text = "".join(map(chr, parts))
        if NFC(text) == chr(code) and len(parts) == 2:
            composing.append(word)
        elif NFC(chr(code)) != chr(code):
            one_way.append(word)
    return composing, one_way


def literal(name, comment, words):
    lines, line = [], ""
    for word in words:
        if len(line) + 1 + len(word) > 110:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    lines.append(line)
    body = "\n".join("    " + line for line in lines)
    return f'  /// {comment}\n  static let {name}: StaticString = """\n{body}\n    """\n'


HEADER = "// Written by Tests/TokenizerTests/Fixtures/unicode_tables.py; change that script, never this file.\n\n"


def write(path, opening, members):
    with open(path, "w", encoding="ascii") as file:
        file.write(HEADER + opening + "{\n" + "\n".join(members) + "}\n")


def main(folder):
    write(
        f"{folder}/ScalarClasses+Data.swift",
        "extension ScalarClasses ",
        [
            literal("letterRanges", "`\\p{L}`: words `first-last` or `scalar`, hexadecimal.", ranges(matching(r"\p{L}"))),
            literal("numberRanges", "`\\p{N}`, written likewise.", ranges(matching(r"\p{N}"))),
            literal("spaceRanges", "`\\s`, written likewise.", ranges(matching(r"\s"))),
        ],
    )
    composing, one_way = decompositions()
    write(
        f"{folder}/CanonicalMappings+Data.swift",
        "extension CanonicalMappings ",
        [
            literal("combiningClassRanges", "Words `first-last-class`, hexadecimal.", combining_classes()),
            literal("composites", "Words `composite-first-second`: mappings that compose again.", composing),
            literal("oneWay", "Words `scalar-first` or `scalar-first-second`: mappings that never compose.", one_way),
        ],
    )


if __name__ == "__main__":
    main(sys.argv[1])
