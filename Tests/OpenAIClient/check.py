"""Uses every part of OpenAI's Python client that `mili serve` answers, and checks what comes back."""

import json
import math
import sys
import threading
from typing import Literal

import openai
from openai import OpenAI
from pydantic import BaseModel

MODEL = "tiny"
MESSAGES = [{"role": "user", "content": "hello"}]
# The token `<tool_call>` of the model.
CALL = "261"
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a place.",
        "parameters": {
            "type": "object",
            "properties": {"place": {"enum": ["Bern", "Oslo"]}, "days": {"enum": [1, 2]}},
            "required": ["place", "days"],
            "additionalProperties": False,
        },
    },
}
SCHEMA = {
    "type": "object",
    "properties": {"name": {"enum": ["a", "b"]}, "sizes": {"type": "array", "items": {"enum": [1, 2]}, "maxItems": 3}},
    "required": ["name", "sizes"],
    "additionalProperties": False,
}


# A random model would never come to the end of a thought.
AT_ONCE = {"enable_thinking": False}


class Forecast(BaseModel):
    place: Literal["Bern", "Oslo"]
    days: Literal[1, 2]


class Thing(BaseModel):
    name: Literal["a", "b"]
    isLarge: bool


def chat(client, **fields):
    return client.chat.completions.create(model=MODEL, messages=MESSAGES, **fields)


def check_models(client):
    assert [model.id for model in client.models.list()] == [MODEL]
    assert client.models.retrieve(MODEL).object == "model"


def check_chat(client):
    answer = chat(client, max_tokens=8, seed=1, temperature=1)
    assert answer.object == "chat.completion" and answer.model == MODEL
    choice = answer.choices[0]
    assert choice.message.role == "assistant" and choice.finish_reason == "length"
    usage = answer.usage
    assert usage.completion_tokens == 8 and usage.total_tokens == usage.prompt_tokens + 8
    again = chat(client, max_completion_tokens=8, seed=1, temperature=1)
    assert again.choices[0].message.content == choice.message.content
    assert again.usage.prompt_tokens_details.cached_tokens > 0


def check_stream(client):
    fields = dict(max_tokens=12, seed=3, temperature=1)
    whole = chat(client, **fields).choices[0].message.content
    chunks = list(chat(client, stream=True, stream_options={"include_usage": True}, **fields))
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole, (text, whole)
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-2].choices[0].finish_reason == "length"
    assert chunks[-1].usage.completion_tokens == 12 and not chunks[-1].choices


def check_several(client):
    answer = chat(client, max_tokens=4, n=3, seed=1, temperature=2, extra_body={"top_k": 0, "top_p": 1})
    assert [choice.index for choice in answer.choices] == [0, 1, 2]
    assert answer.usage.completion_tokens == 12


def check_log_probabilities(client):
    content = chat(client, max_tokens=5, logprobs=True, top_logprobs=3, temperature=0).choices[0].logprobs.content
    assert len(content) == 5
    for token in content:
        assert bytes(token.bytes).decode(errors="replace") == token.token
        best = [candidate.logprob for candidate in token.top_logprobs]
        assert len(best) == 3 and best == sorted(best, reverse=True)
        assert token.logprob <= best[0] <= 0 and sum(map(math.exp, best)) <= 1 + 1e-5
        assert token.token == token.top_logprobs[0].token


def check_bias_and_penalties(client):
    answer = chat(client, max_tokens=6, logit_bias={"120": 100}, temperature=0)
    assert answer.choices[0].message.content == "xxxxxx"
    assert chat(client, max_tokens=6, presence_penalty=1, frequency_penalty=-1, temperature=0).usage.completion_tokens


def check_stop(client):
    bias = {"120": 60, "121": 60}
    plain = chat(client, max_tokens=40, logit_bias=bias, seed=2, temperature=2).choices[0].message.content
    stop = plain[5:8]
    stopped = chat(client, max_tokens=40, logit_bias=bias, seed=2, temperature=2, stop=[stop, "never"]).choices[0]
    assert stopped.message.content == plain[: plain.index(stop)], (plain, stopped)
    assert stopped.finish_reason == "stop"


def check_tools(client):
    fields = dict(tools=[WEATHER], max_tokens=400, seed=1, extra_body=AT_ONCE)
    required = chat(client, tool_choice="required", parallel_tool_calls=False, **fields).choices[0]
    assert required.finish_reason == "tool_calls", required
    call = required.message.tool_calls[0]
    arguments = json.loads(call.function.arguments)
    assert call.function.name == "get_weather" and call.id.startswith("call_")
    assert arguments["place"] in ("Bern", "Oslo") and arguments["days"] in (1, 2)
    named = {"type": "function", "function": {"name": "get_weather"}}
    stream = chat(client, tool_choice=named, stream=True, **fields)
    pieces = [piece for chunk in stream for piece in chunk.choices[0].delta.tool_calls or []]
    assert pieces[0].function.name == "get_weather" and len(pieces) > 2
    assert json.loads("".join(piece.function.arguments for piece in pieces))["days"] in (1, 2)
    answered = MESSAGES + [
        required.message.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": call.id, "content": "sunny"},
    ]
    answer = client.chat.completions.create(model=MODEL, messages=answered, tools=[WEATHER], max_tokens=3)
    assert answer.usage.completion_tokens <= 3


def check_strict_tools(client):
    tool = openai.pydantic_function_tool(Forecast, name="forecast")
    assert tool["function"]["strict"] is True
    # Made to begin a call, a random model writes one that fits only where it is held to that.
    fields = dict(
        model=MODEL, messages=MESSAGES, tools=[tool], max_tokens=400, seed=1, parallel_tool_calls=False,
        logit_bias={CALL: 100}, extra_body=AT_ONCE)
    for choice in ("auto", "required"):
        parsed = client.chat.completions.parse(tool_choice=choice, **fields).choices[0]
        assert parsed.finish_reason == "tool_calls", parsed
        assert isinstance(parsed.message.tool_calls[0].function.parsed_arguments, Forecast), parsed
        with client.chat.completions.stream(tool_choice=choice, **fields) as stream:
            for _ in stream:
                pass
            streamed = stream.get_final_completion().choices[0].message.tool_calls[0].function
        assert streamed.parsed_arguments == parsed.message.tool_calls[0].function.parsed_arguments
    try:
        chat(client, tools=[{"type": "function", "function": {"name": "f", "strict": True, "parameters": {"type": "array"}}}])
        raise AssertionError
    except openai.BadRequestError as error:
        assert error.param == "tools[0].function.parameters", error


def check_formats(client):
    format = {"type": "json_schema", "json_schema": {"name": "thing", "schema": SCHEMA, "strict": True}}
    content = chat(client, response_format=format, max_tokens=400, seed=1, extra_body=AT_ONCE).choices[0].message.content
    value = json.loads(content)
    assert value["name"] in ("a", "b") and all(size in (1, 2) for size in value["sizes"])
    fields = dict(model=MODEL, messages=MESSAGES, response_format=Thing, max_tokens=400, seed=1, extra_body=AT_ONCE)
    parsed = client.chat.completions.parse(**fields).choices[0].message.parsed
    with client.chat.completions.stream(**fields) as stream:
        for _ in stream:
            pass
        assert stream.get_final_completion().choices[0].message.parsed == parsed
    # The closing brace, as probable as can be, ends an object whose beginning is all that is left to choose.
    fields = dict(response_format={"type": "json_object"}, logit_bias={"125": 100}, max_tokens=50, temperature=0)
    assert chat(client, extra_body=AT_ONCE, **fields).choices[0].message.content == "{}"


def check_completions(client):
    answer = client.completions.create(
        model=MODEL, prompt=["ab", "cd"], max_tokens=4, echo=True, n=2, temperature=0)
    assert [choice.text[:2] for choice in answer.choices] == ["ab", "ab", "cd", "cd"]
    tokens = client.completions.create(model=MODEL, prompt=[97, 98], max_tokens=4, logprobs=2, temperature=0)
    assert tokens.choices[0].text == answer.choices[0].text[2:]
    probabilities = tokens.choices[0].logprobs
    assert len(probabilities.tokens) == 4 and probabilities.text_offset[0] == 0
    chunks = client.completions.create(model=MODEL, prompt="ab", max_tokens=4, temperature=0, stream=True)
    assert "".join(chunk.choices[0].text for chunk in chunks) == tokens.choices[0].text


def check_errors(client, address):
    for fields, parameter in [({"temperature": 5}, "temperature"), ({"n": 0}, "n")]:
        try:
            chat(client, **fields)
            raise AssertionError(fields)
        except openai.BadRequestError as error:
            assert error.param == parameter, error
    try:
        client.chat.completions.create(model="none", messages=MESSAGES)
        raise AssertionError
    except openai.NotFoundError as error:
        assert error.code == "model_not_found"
    try:
        OpenAI(base_url=address + "/v1", api_key="wrong", max_retries=0).models.list()
        raise AssertionError
    except openai.AuthenticationError as error:
        assert error.code == "invalid_api_key"
    try:
        client.completions.create(model=MODEL, prompt="x" * 5000)
        raise AssertionError
    except openai.BadRequestError as error:
        assert error.code == "context_length_exceeded"


def check_many_at_once(client):
    contents = [None] * 16

    def ask(number):
        contents[number] = chat(client, max_tokens=10, seed=number % 4, temperature=1).choices[0].message.content

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(contents[number] == contents[number % 4] for number in range(16))


def main(address):
    client = OpenAI(base_url=address + "/v1", api_key="secret", max_retries=0, timeout=120)
    checks = [
        check_models, check_chat, check_stream, check_several, check_log_probabilities, check_bias_and_penalties,
        check_stop, check_tools, check_strict_tools, check_formats, check_completions, check_many_at_once,
    ]
    for check in checks:
        check(client)
        print("ok", check.__name__.removeprefix("check_"))
    check_errors(client, address)
    print("ok errors")
    print(f"openai {openai.__version__}: everything works")


main(sys.argv[1])
