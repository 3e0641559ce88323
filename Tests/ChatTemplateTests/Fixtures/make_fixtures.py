"""Writes the expected renderings of this folder with transformers and jinja2.

    pip install transformers==5.23.0 jinja2==3.1.6
    python3 make_fixtures.py [chat_template.jinja of Qwen3]

conversations.json: random conversations, and what the templates beside this script make of them. Of Qwen3's own
template, which is not in this repository, only FNV-1a hashes of what it makes, and those only if it is given.
expressions.json: snippets of Jinja, half of them random, and what they print; null where they are errors.
"""

import json
import random
import re
import signal
import sys
import warnings
from pathlib import Path

from transformers.utils.chat_template_utils import _compile_jinja_template, render_jinja_template

from snippets import CONTEXT, SNIPPETS, random_template

HERE = Path(__file__).parent
WORDS = ["Hello", "<think>", "</think>", "\n", "\n\n", "<tool_response>", "</tool_response>", "é😀", '{"a": 1}', '"']
WORDS += ["\\", " ", "  x", "ok", "<|im_end|>", "line\nbreak", "\t", "\u0007", "e\u0301", "\u2028"]


def text(random):
    return "".join(random.choice(WORDS) for _ in range(random.randrange(6)))


def value(random, level=0):
    kind = random.randrange(9 if level < 3 else 6)
    if kind == 0:
        return random.randrange(-5, 10 ** random.randrange(1, 22))
    if kind == 1:
        return random.choice([0.5, 1e16, 1e-7, 1.0, 123456789.125, -0.0, 1e22, 0.0001])
    if kind == 2:
        return random.choice([True, False, None])
    if kind < 6:
        return text(random)
    if kind == 6:
        return [value(random, level + 1) for _ in range(random.randrange(4))]
    return {text(random) + str(index): value(random, level + 1) for index in range(random.randrange(4))}


def schema(random, level=0):
    kind = random.choice(["string", "integer", "boolean", "array", "object", "enum", "union"] if level < 3 else ["string"])
    if kind == "array":
        return {"type": "array", "items": schema(random, level + 1)}
    if kind == "object":
        names = random.sample(["city", "unit", "Zone", "a", "id"], random.randrange(4))
        properties = {name: schema(random, level + 1) for name in names}
        return {"type": "object", "properties": properties, "required": names[:1]}
    if kind == "enum":
        return {"enum": ["celsius", 1, None]}
    if kind == "union":
        return {"type": ["string", "null"]}
    return {"type": kind, "description": text(random)}


def message(random):
    role = random.choice(["user", "user", "assistant", "assistant", "tool", "system"])
    message = {"role": role, "content": text(random)}
    if role == "user" and random.random() < 0.2:
        message["content"] = "<tool_response>" + text(random) + "</tool_response>"
    if role == "user" and random.random() < 0.1:
        message["content"] = [{"type": "text", "text": text(random)}, {"type": random.choice(["image", "audio"])}]
    if role == "tool":
        message["tool_call_id"] = "abcdefghi"
    if role == "assistant":
        if random.random() < 0.3:
            message["content"] = "<think>\n" + text(random) + "\n</think>\n\n" + text(random)
        if random.random() < 0.3:
            message[random.choice(["reasoning_content", "reasoning", "thinking"])] = random.choice([text(random), None])
        if random.random() < 0.4:
            message["tool_calls"] = random.choice([[call(random) for _ in range(random.randrange(3))], None])
    if random.random() < 0.05:
        message["content"] = None
    members = list(message.items())
    random.shuffle(members)
    return dict(members)


def call(random):
    arguments = random.choice([value(random), {"x": value(random), "b": value(random)}, json.dumps({"a": 1})])
    function = {"name": text(random), "arguments": arguments}
    whole = {"type": "function", "function": function, "id": random.choice(["abcdefghi", "short"])}
    return random.choice([whole, whole, function])


def alternating(random):
    """A conversation that templates which insist on alternating roles accept."""
    roles = ["system"] * random.randrange(2) + ["user", "assistant"] * random.randrange(1, 4)
    return [{"role": role, "content": text(random)} for role in roles[: random.randrange(1, len(roles) + 1)]]


def conversation(random):
    messages = [message(random) for _ in range(random.randrange(1, 7))]
    if random.random() < 0.4:
        messages = alternating(random)
    tools = None
    if random.random() < 0.4:
        tools = []
        for name in random.sample(["search", "Weather", "add", "now"], random.randrange(4)):
            function = {"name": name, "description": text(random), "parameters": schema(random)}
            tools.append({"type": "function", "function": function})
    context = {"bos_token": "<s>", "eos_token": "</s>"}
    if random.random() < 0.5:
        context["enable_thinking"] = random.random() < 0.5
    return {"messages": messages, "tools": tools, "add_generation_prompt": random.random() < 0.5, "context": context}


def rendering(source, case):
    """What transformers renders, or None where it raises."""
    messages = [{key: value for key, value in message.items() if value is not None} for message in case["messages"]]
    try:
        return render_jinja_template(
            [messages],
            tools=case["tools"],
            chat_template=source,
            add_generation_prompt=case["add_generation_prompt"],
            **case["context"],
        )[0][0]
    except Exception:
        return None


def fnv1a(text):
    hash = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        hash = (hash ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{hash:016x}"


def printed(template):
    """What jinja2 prints, None for an error, and ... for what takes too long."""
    try:
        signal.alarm(3)
        return _compile_jinja_template(template).render(**json.loads(json.dumps(CONTEXT)))
    except TimeoutError:
        return ...
    except Exception:
        return None
    finally:
        signal.alarm(0)


# What is not imitated: the text of objects that Python prints with an address or a type, complex numbers.
INCOMPARABLE = re.compile(r"<(generator|list_reverse|built-in|Macro|bound|function|class|Block|filter|range|callable|method)|range\(\d|object at 0x|<transformers|\dj\)")


def expressions():
    source = random.Random(20261121)
    cases = []
    for template in SNIPPETS + [random_template(source) for _ in range(900)]:
        result = printed(template)
        if result is ... or (result is not None and INCOMPARABLE.search(result)):
            continue
        cases.append([template, result])
    return cases


def write(name, content):
    lines = ",\n".join(json.dumps(line, ensure_ascii=False) for line in content)
    (HERE / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main():
    warnings.simplefilter("ignore")

    def stop(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    source = random.Random(5)
    cases = [conversation(source) for _ in range(200)]
    for case in cases:
        case["expected"] = {
            name: rendering((HERE / f"{name}.jinja").read_text(), case) for name in ["chatml", "brackets", "schema"]
        }
        if len(sys.argv) > 1:
            result = rendering(Path(sys.argv[1]).read_text(), case)
            case["expected"]["qwen3"] = None if result is None else fnv1a(result)
    write("conversations.json", cases)
    write("expressions.json", [CONTEXT] + expressions())


if __name__ == "__main__":
    main()
