"""Writes the small tokenizers of this folder and what Hugging Face's `tokenizers` makes of texts with them.

    pip install tokenizers==0.23.3
    python3 make_fixtures.py [tokenizer.json of Qwen3]

small.json: byte-level BPE like Qwen3's, trained on the sentences below; merges as pairs, vocabulary in front.
merges_first.json: the same with merges as strings, in front of the vocabulary.
flags.json: the same vocabulary with added tokens of all flags, a template around texts, and pieces by numbers of three.
bytes.json: GPT-2's own pattern, no normalizer, a vocabulary that lacks bytes, and an unknown token.
*_cases.json: texts, their ids, and what the ids decode to with and without special tokens.
small_decodings.json: random ids, and what they decode to.
generator.json: what random texts are put together from, here and in the Swift tests: sentences, parts, ranges of scalars.
qwen3_digests.json: FNV-1a hashes of the ids of 20,000 texts, a hundred in each; only if the tokenizer is given.
"""

import json
import sys
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

HERE = Path(__file__).parent
PATTERN = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"

SENTENCES = """The tide that came in with the morning had left a row of small grey stones along the wall.
Nobody on the ferry could say whose umbrella it was; it'd been there, they're sure, since Tuesday.
She didn't answer, and he'll never know that she'd read the letter twice. I've kept it. We're late!
def area(width, height):¶    return width * height  # in metres¶¶for i in range(10):¶\tprint(area(i, i + 1))
if (count >= 128 && !done) { total += values[count - 1]; } else { throw new Error("empty"); }
In 1984 the harbour handled 12,345 tonnes; by 2021 it was 678,901.5, or 55 times as much.
Der Fährmann grüßte nicht, während über den Dächern die Möwen kreisten.
Привет, как дела? Сегодня хорошая погода, и мы идём гулять.
今天天气很好，我们去公园散步吧。東京は今日も雨です。서울의 밤은 길다.
Xin chào, hôm nay trời đẹp quá! Cửa hàng mở lúc tám giờ.
नमस्ते दुनिया। مرحبا بالعالم. 😀👍🏽🚀""".split("\n")
SENTENCES = [sentence.replace("¶", "\n") for sentence in SENTENCES]


class SplitMix:
    """The generator that the Swift tests have too."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        value = self.state
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        value = (value ^ value >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        return (value ^ value >> 31) % bound


# Ranges of scalars to draw from: all, and the corners where patterns, NFC and UTF-8 change their minds.
RANGES = [
    (0x20, 0x7E), (0x20, 0x7E), (0x61, 0x7A), (0x30, 0x39), (0x09, 0x0D), (0x1C, 0x20), (0x80, 0xA0), (0xA0, 0x17F), (0x300, 0x36F),
    (0x370, 0x52F), (0x591, 0x6FF), (0x900, 0xDFF), (0xE00, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x2070, 0x218F),
    (0x2100, 0x2BFF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFB00, 0xFDFF), (0xFE00, 0xFFFF),
    (0x10000, 0x11FFF), (0x1D100, 0x1D1FF), (0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF), (0x20000, 0x2FA1F), (0xE0000, 0x10FFFF),
]  # fmt: skip

PARTS = [
    " ", "  ", "    ", "\n", "\n\n", "\r\n", "\t", " \n ", "'s", "'S", "'\u017f", "'T", "'re", "'RE", "'vE", "'m", "'ll", "'lL",
    "'d", "'x", "''s", "don't", "\u3000", "\u00a0", "\u0085", "\u2028", "\u200b", "e\u0301", "a\u0323\u0302", "\u1100\u1161\u11a8",
    "\u0915\u093c", "\u212b", "\ufb01", "\u0344", "<|im_start|>", "<|im_end|>", "<think>", "</think>", "<tool_call>", "<|", "<|im_", "|>",
    "123456", "1", " 12", "3.14", "x86_64", "!!!", " ...", "--\n", "{}();\n", "\n    return ", " the", "ing", "Hello", " world", "\ufffd",
]  # fmt: skip


def random_text(random):
    text = ""
    for _ in range(random.below(12)):
        kind = random.below(8)
        if kind < 3:
            text += PARTS[random.below(len(PARTS))]
        elif kind < 5:
            first, last = RANGES[random.below(len(RANGES))]
            for _ in range(random.below(6) + 1):
                code = first + random.below(last - first + 1)
                text += "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
        elif kind == 5:
            sentence = SENTENCES[random.below(len(SENTENCES))]
            start = random.below(len(sentence))
            text += sentence[start : start + random.below(30)]
        elif kind == 6:
            text += chr(97 + random.below(4)) * random.below(80)
        else:
            for _ in range(random.below(60)):
                text += chr(97 + random.below(26))
    return text


def split_by(pattern):
    return pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False),
        ]
    )


def small_tokenizer():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = split_by(PATTERN % r"\p{N}")
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    trainer = trainers.BpeTrainer(
        vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False, max_token_length=16
    )
    tokenizer.train_from_iterator(SENTENCES * 3, trainer)
    for name in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]:
        tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False)])
    tokenizer.add_tokens([AddedToken(name, normalized=False) for name in ["<think>", "</think>", "<tool_call>"]])
    return tokenizer


def flags_tokenizer(small):
    tokenizer = Tokenizer.from_str(small.to_str())
    tokenizer.pre_tokenizer = split_by(PATTERN % r"\p{N}{1,3}")
    tokenizer.add_tokens(
        [
            AddedToken("<left>", lstrip=True, normalized=False),
            AddedToken("<right>", rstrip=True, normalized=False),
            AddedToken("<both>", lstrip=True, rstrip=True, normalized=False),
            AddedToken("word", single_word=True, normalized=False),
            AddedToken("<left>er", normalized=False),
            AddedToken(" spaced ", normalized=False),
            AddedToken("caf\u00e9", normalized=True),
            AddedToken("na\u0131\u0308ve", normalized=True, single_word=True),
            AddedToken("\u540d\u524d", normalized=False, special=True),
        ]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<|im_start|> $A <|im_end|> <|endoftext|>",
        special_tokens=[(name, tokenizer.token_to_id(name)) for name in ["<|im_start|>", "<|im_end|>", "<|endoftext|>"]],
    )
    return tokenizer


FLAG_PARTS = [
    " ", "  ", "\n", "\u3000", "<left>", "<right>", "<both>", "<left>er", "word", "words", "sword", "_word", " word ", " spaced ", "spaced",
    "\u00e9", "caf\u00e9", "cafe\u0301", "cafe", "na\u0131\u0308ve", "\u540d\u524d", "\u540d", "\u0301", "a", "1234567", ".", "<|im_end|>",
]  # fmt: skip


def bytes_tokenizer():
    vocabulary = {}
    for token in ["<unk>", "\u0120", "a", "b", "c", "1", "'", "s", "\u00c3", "\u00a9", "ab", "\u0120a", "abc", "bc", "'s", "aa", "aaaa", "bb", "cab", "raw \u20ac"]:
        vocabulary[token] = len(vocabulary)
    merges = [("\u0120", "a"), ("b", "c"), ("a", "b"), ("a", "bc"), ("'", "s"), ("a", "a"), ("aa", "aa")]
    tokenizer = Tokenizer(models.BPE(vocabulary, merges, unk_token="<unk>", fuse_unk=True))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def cases(tokenizer, texts):
    """The texts with their ids; what they decode to, and so on, only where it is not what one expects."""
    lines = []
    for text in texts:
        line = {"text": text, "ids": tokenizer.encode(text).ids}
        bare = tokenizer.encode(text, add_special_tokens=False).ids
        line |= {"bare": bare} if bare != line["ids"] else {}
        lines.append(line | decodings(tokenizer, line["ids"], text))
    return lines


def decodings(tokenizer, ids, text=None):
    decoded = tokenizer.decode(ids, skip_special_tokens=False)
    skipped = tokenizer.decode(ids, skip_special_tokens=True)
    line = {"decoded": decoded} if decoded != text else {}
    return line | ({"skipped": skipped} if skipped != decoded else {})


def random_ids(random, count):
    """Ids, among them some without a token, in an order that splits characters anywhere."""
    return [random.below(count + 5) if random.below(3) else random.below(256) for _ in range(random.below(14))]


def write(name, lines):
    text = ",\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (HERE / name).write_text(f"[\n{text}\n]\n", encoding="utf-8")


def digests(tokenizer, blocks):
    lines = []
    for block in range(blocks):
        random = SplitMix(block)
        hash = 0xCBF29CE484222325
        for encoding in tokenizer.encode_batch([random_text(random) for _ in range(100)]):
            for id in encoding.ids + [0xFFFFFFFF]:
                for byte in id.to_bytes(4, "little"):
                    hash = (hash ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
        lines.append(f"{hash:016x}")
    return lines


def main():
    small = small_tokenizer()
    (HERE / "small.json").write_text(small.to_str(pretty=False) + "\n", encoding="utf-8")
    content = json.loads(small.to_str())
    model = content["model"]
    content["model"] = {"merges": [" ".join(merge) for merge in model["merges"]], **{k: v for k, v in model.items() if k != "merges"}}
    (HERE / "merges_first.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    random = SplitMix(1)
    texts = SENTENCES + ["", "a", " ", "\n"] + [random_text(random) for _ in range(120)]
    write("small_cases.json", cases(small, texts))
    sequences = [random_ids(random, small.get_vocab_size()) for _ in range(200)]
    write("small_decodings.json", [{"ids": ids} | decodings(small, ids) for ids in sequences])

    flags = flags_tokenizer(small)
    (HERE / "flags.json").write_text(flags.to_str(pretty=False) + "\n", encoding="utf-8")
    texts = ["".join(FLAG_PARTS[random.below(len(FLAG_PARTS))] for _ in range(random.below(8))) for _ in range(250)]
    write("flags_cases.json", cases(flags, texts))

    bytes = bytes_tokenizer()
    (HERE / "bytes.json").write_text(bytes.to_str(pretty=False) + "\n", encoding="utf-8")
    letters = ["a", "b", "c", "ab", "aaaa", " ", "  ", "'s", "x", "\u00e9", "\u20ac", "1", "\n"]
    texts = ["".join(letters[random.below(len(letters))] for _ in range(random.below(12))) for _ in range(150)]
    write("bytes_cases.json", cases(bytes, texts))

    write("generator.json", [SENTENCES, PARTS, RANGES])
    if len(sys.argv) > 1:
        write("qwen3_digests.json", digests(Tokenizer.from_file(sys.argv[1]), 200))


if __name__ == "__main__":
    main()
