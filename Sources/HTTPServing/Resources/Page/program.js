/** A run of a compiled program: its output as it appears, and the trace beside it. */
const program = {
  abort: null,
  /** The most characters of a pane; what came earlier is dropped. */
  longest: 100_000,

  start() {
    element("program-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    element("input").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.run();
    });
    element("halt").addEventListener("click", () => this.abort?.abort());
  },

  /** The model that takes a module with each request is called just `program`. */
  show(model) {
    element("module-fields").hidden = model !== "program";
  },

  async run() {
    if (this.abort) return;
    const output = new Pane(element("output"), this.longest);
    const trace = new Pane(element("trace"), this.longest);
    const run = { tokens: 0, ending: "", usage: null, begun: performance.now() };
    this.busy(new AbortController());
    try {
      const body = await this.body();
      for await (const event of stream("/v1/completions", body, this.abort.signal)) {
        this.take(event, output, trace, run);
      }
      run.ending ||= "ended";
    } catch (error) {
      if (error.status === 401) askForKey();
      run.ending = describe(error) || "stopped";
    }
    output.flush();
    trace.flush();
    this.busy(null);
    this.report(run);
  },

  async body() {
    const body = { model: element("model").value, prompt: element("input").value, trace: true };
    if (body.model !== "program") return body;
    const file = element("module").files[0];
    if (!file) throw new Error("Choose a WebAssembly module first.");
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let start = 0; start < bytes.length; start += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    }
    body.program = btoa(text);
    body.arguments = element("arguments").value.split("\n").filter((line) => line !== "");
    return body;
  },

  take(event, output, trace, run) {
    if (event.usage) run.usage = event.usage;
    for (const choice of event.choices ?? []) {
      output.add(choice.text ?? "");
      output.add(choice.error_output ?? "");
      if (choice.trace) {
        const tokens = choice.trace.trim();
        run.tokens += tokens.split(/\s+/).length;
        trace.add(lines(tokens));
      }
      if (choice.exit_code !== undefined) run.ending = `exit code ${choice.exit_code}`;
      if (choice.trap) run.ending = `trap: ${choice.trap}`;
      if (choice.finish_reason === "length") run.ending = "the most tokens were reached";
    }
    element("run-status").textContent = `${run.tokens.toLocaleString("en")} tokens`;
  },

  report(run) {
    const tokens = run.usage?.completion_tokens ?? run.tokens;
    const seconds = (performance.now() - run.begun) / 1000;
    const facts = [run.ending, `${tokens.toLocaleString("en")} tokens`, `${seconds.toFixed(2)} s`];
    const cached = run.usage?.prompt_tokens_details?.cached_tokens;
    if (cached) facts.push(`${cached.toLocaleString("en")} of ${run.usage.prompt_tokens.toLocaleString("en")} prefix tokens cached`);
    element("run-status").textContent = facts.join(" · ");
  },

  busy(abort) {
    this.abort = abort;
    element("run").disabled = abort !== null;
    element("halt").disabled = abort === null;
  },
};

/** A trace with one instruction a line. */
function lines(trace) {
  return `${trace} `.replace(/((?:commit|out)\(\S*\)|call_commit|return_commit|halt)\s/g, "$1\n");
}

/** A text that grows faster than it can be drawn, and is drawn once a frame. */
class Pane {
  #place;
  #longest;
  #text = "";
  #isWaiting = false;

  constructor(place, longest) {
    this.#place = place;
    this.#longest = longest;
    place.textContent = "";
  }

  add(text) {
    if (!text) return;
    this.#text += text;
    if (this.#text.length > 2 * this.#longest) this.#text = this.#text.slice(-this.#longest);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    requestAnimationFrame(() => this.flush());
  }

  flush() {
    this.#isWaiting = false;
    this.#place.textContent = this.#text.slice(-this.#longest);
    this.#place.scrollTop = this.#place.scrollHeight;
  }
}
