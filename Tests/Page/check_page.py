"""Tests of the page at `/` in headless Chromium.

    pip install playwright; python3 Tests/Page/check_page.py [--screenshots FOLDER] [--server URL]

Without Chromium or playwright it says so and ends with 0. With --server the chat is tried on a server that runs.
"""

import argparse
import shutil
import sys

import stub_server

try:
    from playwright.sync_api import Error, expect, sync_playwright
except ImportError:
    sys.exit(print("skipped: playwright is not installed (pip install playwright)"))

# How long to wait for what is bound to happen, in milliseconds: longer than a machine is busy.
PATIENCE = 120_000
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def open_page(browser, address, width=1280, height=900, scheme="light"):
    """A page, with everything that it complains about in `page.complaints`."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.set_default_timeout(PATIENCE)
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
    page.goto(address)
    return page


def chat_streams(browser):
    server, address = stub_server.start()
    page = open_page(browser, address)
    page.get_by_label("Message", exact=True).fill("How far is the Moon?")
    page.keyboard.press("Enter")
    answer = page.locator(".assistant > .text")
    expect(answer).to_contain_text("384,400 km")
    expect(page.locator(".assistant > .facts")).to_contain_text("512 of them cached")
    assert answer.evaluate("(text) => text.textContent") == stub_server.ANSWER
    assert not page.locator(".thought").evaluate("(thought) => thought.open")
    assert page.locator(".thought .text").evaluate("(text) => text.textContent") == stub_server.THOUGHTS
    page.get_by_label("Message", exact=True).fill("markup")
    page.keyboard.press("Enter")
    expect(page.locator(".assistant > .facts")).to_have_count(2)
    roles = [message["role"] for message in server.state.bodies[1]["messages"]]
    assert roles == ["user", "assistant", "user"], roles
    assert answer.nth(1).inner_text() == stub_server.MARKUP and page.locator("b").count() == 0
    assert page.complaints == [], page.complaints


def parameters_are_sent(browser):
    server, address = stub_server.start(delay=0)
    page = open_page(browser, address)
    page.get_by_text("Parameters").click()
    page.get_by_label("System message").fill("Be brief.")
    page.get_by_label("Temperature").fill("0.5")
    page.get_by_label("Most tokens").fill("")
    page.get_by_label("Thinks first").uncheck()
    page.get_by_label("Answer", exact=True).select_option("json_schema")
    page.get_by_label("Message", exact=True).fill("Hi")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".assistant > .facts")).to_have_count(1)
    body = server.state.bodies[0]
    assert body["messages"][0] == {"role": "system", "content": "Be brief."}
    assert body["temperature"] == 0.5 and "max_tokens" not in body and "seed" not in body
    assert body["chat_template_kwargs"] == {"enable_thinking": False}
    assert body["response_format"]["json_schema"]["schema"]["required"] == ["answer"]
    page.get_by_label("Schema").fill("{")
    page.get_by_label("Message", exact=True).fill("Hi")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("The schema is no JSON")
    assert len(server.state.bodies) == 1


def answers_stop(browser):
    server, address = stub_server.start(delay=0.02)
    page = open_page(browser, address)
    for stop in (lambda: page.get_by_role("button", name="Stop").first.click(), lambda: page.keyboard.press("Escape")):
        page.get_by_label("Message", exact=True).fill("Say it again and again.")
        page.keyboard.press("Enter")
        expect(page.locator(".assistant").last.locator("> .text")).to_contain_text("Moon")
        stop()
        expect(page.locator(".assistant").last).to_contain_text("Stopped.")
        expect(page.get_by_role("button", name="Send")).to_be_enabled()
    page.wait_for_timeout(300)
    assert server.state.disconnected == 2, server.state.disconnected


def errors_are_told(browser):
    _, address = stub_server.start()
    page = open_page(browser, address)
    page.get_by_label("Message", exact=True).fill("fail")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("'messages': scripted to fail")
    page.context.set_offline(True)
    expect(page.locator("#connection")).to_have_text("The server cannot be reached.")


def keys_are_asked_for(browser):
    _, address = stub_server.start(key="secret")
    page = open_page(browser, address)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Key", exact=True).fill("secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Model")).to_have_value("qwen3")
    expect(page.locator("#batch tbody tr")).to_have_count(7)
    expect(page.locator("#prefixes li")).to_have_count(5)
    expect(page.locator("#prefixes li em")).to_have_text(["text not shown"] * 5)
    page.reload()
    expect(page.get_by_label("Model")).to_have_value("qwen3")


def the_server_is_shown(browser):
    _, address = stub_server.start()
    page = open_page(browser, address)
    expect(page.locator("#batch tbody tr")).to_have_count(7)
    phases = page.locator("#batch tbody tr td:nth-child(2)").all_inner_texts()
    assert phases == ["answer"] * 5 + ["prompt", "waiting"], phases
    # However long the name of a request is, its row fits.
    name = page.locator("#batch td.name").nth(3)
    expect(name).to_have_text("44 summaries of the quarter")
    assert name.get_attribute("title") == "44 summaries of the quarter"
    heights = [row.bounding_box()["height"] for row in page.locator("#batch tbody tr").all()]
    assert max(heights) - min(heights) < 2, heights
    assert page.locator("#batch").bounding_box()["width"] <= page.locator("aside details").nth(1).bounding_box()["width"]
    expect(page.locator("#page-count")).to_have_text("180 in use, 118 kept, 214 free")
    cells = [page.locator(f"#pages .{kind}").count() for kind in ("protected", "evictable", "free")]
    assert cells == [90, 59, 107], cells
    expect(page.locator("#prefixes li")).to_have_count(5)
    expect(page.locator("#prefixes li.used")).to_have_count(4)
    expect(page.locator("#rate")).to_have_text("150 tokens per second")
    page.wait_for_timeout(2500)
    assert len(page.locator("#plot-line").get_attribute("points").split()) >= 2
    assert page.complaints == [], page.complaints


def programs_run(browser):
    server, address = stub_server.start()
    page = open_page(browser, address)
    page.get_by_label("Model").select_option("program/collatz")
    expect(page.get_by_role("region", name="Program", exact=True)).to_be_visible()
    expect(page.get_by_role("region", name="Chat")).to_be_hidden()
    page.get_by_label("Input").fill("27")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#run-status")).to_contain_text("exit code 0")
    assert page.locator("#output").inner_text().split()[:3] == ["27", "82", "41"]
    lines = page.locator("#trace").inner_text().splitlines()
    assert lines[:4] == [
        "2a 00 00 00 commit(+1,sts=1,bt=0)", "01 00 00 00 commit(-1,sts=1,bt=0)",
        "branch_taken e8 ff ff ff commit(+0,sts=0,bt=1)", "out(2)",
    ], lines
    assert server.state.bodies[0] == {
        "model": "program/collatz", "prompt": "27", "trace": True, "stream": True, "stream_options": {"include_usage": True}}
    page.get_by_label("Model").select_option("program")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#run-status")).to_contain_text("Choose a WebAssembly module first.")
    page.get_by_label("WebAssembly module").set_input_files({"name": "a.wasm", "mimeType": "application/wasm", "buffer": b"\0asm"})
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#run-status")).to_contain_text("exit code 0")
    assert server.state.bodies[1]["program"] == "AGFzbQ=="
    page.get_by_label("Model").select_option("program/collatz")
    expect(page.locator("#rate")).to_have_text("1,080,000 tokens per second")
    assert page.complaints == [], page.complaints


def keyboards_and_readers_find_all(browser):
    _, address = stub_server.start()
    page = open_page(browser, address)
    names = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, textarea')].filter((e) =>
        !(e.labels?.length || e.getAttribute('aria-label') || e.textContent.trim())).map((e) => e.id)""")
    assert names == [], names
    seen = []
    for _ in range(16):
        seen.append(page.evaluate("() => document.activeElement.id || document.activeElement.tagName"))
        page.keyboard.press("Tab")
    for name in ("message", "send", "clear", "SUMMARY", "conversation", "model", "key-button"):
        assert name in seen, (name, seen)
    for width in (1280, 700, 360):
        page.set_viewport_size({"width": width, "height": 800})
        overflow = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow == 0, (width, overflow)


def a_real_server_answers(browser):
    page = open_page(browser, a_real_server_answers.address)
    expect(page.get_by_label("Model")).not_to_have_value("")
    page.get_by_text("Parameters").click()
    page.get_by_label("Most tokens").fill("24")
    page.get_by_text("Parameters").click()
    page.get_by_label("Message", exact=True).fill("Hello")
    page.keyboard.press("Enter")
    expect(page.locator(".assistant > .facts")).to_contain_text("written")
    expect(page.locator("#page-count")).to_contain_text("free")
    assert page.complaints == [], page.complaints


def take_screenshots(browser, folder):
    for scheme in ("light", "dark"):
        for name, width, height in (("wide", 1280, 820), ("narrow", 390, 844)):
            _, address = stub_server.start(delay=0.03)
            page = open_page(browser, address, width, height, scheme)
            page.get_by_label("Message", exact=True).fill("How far is the Moon?")
            page.keyboard.press("Enter")
            expect(page.locator(".assistant > .facts")).to_have_count(1)
            page.get_by_label("Message", exact=True).fill("Say it again and again.")
            page.keyboard.press("Enter")
            page.wait_for_timeout(3500)
            page.screenshot(path=f"{folder}/chat-{name}-{scheme}.png", full_page=name == "narrow")
            page.keyboard.press("Escape")
            page.get_by_label("Model").select_option("program/collatz")
            page.get_by_label("Input").fill("27")
            page.get_by_role("button", name="Run").click()
            expect(page.locator("#run-status")).to_contain_text("exit code 0")
            page.wait_for_timeout(6000)
            page.screenshot(path=f"{folder}/program-{name}-{scheme}.png", full_page=name == "narrow")
            page.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--screenshots", metavar="FOLDER")
    parser.add_argument("--server", metavar="URL")
    options = parser.parse_args()
    if not CHROMIUM:
        return print("skipped: Chromium is not installed (apt install chromium)")
    tests = [
        chat_streams, parameters_are_sent, answers_stop, errors_are_told, keys_are_asked_for, the_server_is_shown,
        programs_run, keyboards_and_readers_find_all,
    ]
    failed = 0
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        if options.server:
            a_real_server_answers.address = options.server
            tests.append(a_real_server_answers)
        for test in tests:
            name = test.__name__.replace("_", " ")
            try:
                test(browser)
                print(f"passed: {name}", flush=True)
            except (AssertionError, Error) as error:
                failed += 1
                print(f"FAILED: {name}: {error}", flush=True)
        if options.screenshots:
            take_screenshots(browser, options.screenshots)
        browser.close()
    sys.exit(1 if failed else 0)


main()
