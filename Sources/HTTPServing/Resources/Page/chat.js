/** A conversation with a language model. */
const chat = {
  messages: [],
  abort: null,

  start() {
    element("chat-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    element("message").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
    });
    element("stop").addEventListener("click", () => this.abort?.abort());
    element("clear").addEventListener("click", () => this.clear());
    element("format").addEventListener("change", () => {
      element("schema-field").hidden = element("format").value !== "json_schema";
    });
  },

  clear() {
    this.abort?.abort();
    this.messages = [];
    element("conversation").replaceChildren();
    element("message").focus();
  },

  async send() {
    const text = element("message").value.trim();
    if (!text || this.abort) return;
    let body;
    try {
      body = this.body(text);
    } catch (error) {
      return this.add("message error", `The schema is no JSON: ${error.message}`, "alert");
    }
    element("message").value = "";
    this.add("message user", text);
    await this.receive(text, body);
  },

  /** The request, without what is left to the model. */
  body(text) {
    const system = element("system").value.trim();
    const body = {
      model: element("model").value,
      messages: [
        ...(system ? [{ role: "system", content: system }] : []), ...this.messages, { role: "user", content: text },
      ],
      chat_template_kwargs: { enable_thinking: element("thinking").checked },
    };
    for (const name of ["temperature", "top_p", "top_k", "max_tokens", "seed"]) {
      if (element(name).value !== "") body[name] = Number(element(name).value);
    }
    const format = element("format").value;
    if (format === "json_object") body.response_format = { type: format };
    if (format === "json_schema") {
      const schema = JSON.parse(element("schema").value);
      body.response_format = { type: format, json_schema: { name: "answer", schema } };
    }
    return body;
  },

  async receive(text, body) {
    const answer = new Answer(this.add("message assistant", ""));
    this.busy(new AbortController());
    try {
      for await (const event of stream("/v1/chat/completions", body, this.abort.signal)) {
        const isAtEnd = this.isAtEnd();
        answer.take(event);
        if (isAtEnd) this.scroll();
      }
    } catch (error) {
      if (error.status === 401) askForKey();
      answer.fail(error);
    }
    this.busy(null);
    answer.finish();
    if (answer.content) this.messages.push({ role: "user", content: text }, { role: "assistant", content: answer.content });
    this.scroll();
  },

  busy(abort) {
    this.abort = abort;
    element("send").disabled = abort !== null;
    element("stop").disabled = abort === null;
    element("conversation").setAttribute("aria-busy", String(abort !== null));
  },

  add(className, text, role = "") {
    const message = make("div", className);
    if (role) message.setAttribute("role", role);
    if (text) message.append(make("div", "text", text));
    element("conversation").querySelector(".hint")?.remove();
    element("conversation").append(message);
    this.scroll();
    return message;
  },

  isAtEnd() {
    const log = element("conversation");
    return log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  },

  scroll() {
    element("conversation").scrollTop = element("conversation").scrollHeight;
  },
};

/** An answer as it comes: thoughts, text, calls of tools, and what it took. */
class Answer {
  content = "";
  #place;
  #thought = null;
  #text = null;
  #calls = new Map();
  #begun = performance.now();
  #first = 0;
  #usage = null;

  constructor(place) {
    this.#place = place;
  }

  take(event) {
    if (event.usage) this.#usage = event.usage;
    for (const { delta } of event.choices ?? []) {
      if (!delta) continue;
      const thoughts = delta.reasoning_content ?? "";
      if (!this.#first && (thoughts || delta.content)) this.#first = performance.now();
      if (thoughts) this.#think(thoughts);
      if (delta.content) this.#write(delta.content);
      for (const call of delta.tool_calls ?? []) this.#call(call);
    }
  }

  #think(text) {
    if (!this.#thought) {
      const details = make("details", "thought");
      details.open = true;
      this.#thought = make("div", "text");
      details.append(make("summary", "", "Thoughts"), this.#thought);
      this.#place.append(details);
    }
    this.#thought.append(text);
  }

  #write(text) {
    if (!this.#text) {
      if (this.#thought) this.#thought.parentElement.open = false;
      this.#text = make("div", "text");
      this.#place.append(this.#text);
    }
    this.content += text;
    this.#text.append(text);
  }

  #call(call) {
    if (!this.#calls.has(call.index)) {
      const line = make("div", "call");
      this.#place.append(line);
      this.#calls.set(call.index, line);
    }
    const line = this.#calls.get(call.index);
    if (call.function?.name) line.append(`${call.function.name} `);
    line.append(call.function?.arguments ?? "");
  }

  fail(error) {
    const words = describe(error);
    const line = make("p", words ? "error" : "facts", words || "Stopped.");
    if (words) line.setAttribute("role", "alert");
    this.#place.append(line);
  }

  finish() {
    if (!this.#usage) return;
    const { prompt_tokens, completion_tokens, prompt_tokens_details } = this.#usage;
    const seconds = (performance.now() - (this.#first || this.#begun)) / 1000;
    const facts = [`${prompt_tokens} tokens read`];
    if (prompt_tokens_details?.cached_tokens) facts.push(`${prompt_tokens_details.cached_tokens} of them cached`);
    facts.push(`${completion_tokens} written`);
    if (this.#first) facts.push(`first after ${Math.round(this.#first - this.#begun)} ms`);
    if (seconds > 0.05) facts.push(`${(completion_tokens / seconds).toFixed(1)} per second`);
    this.#place.append(make("p", "facts", facts.join(" · ")));
  }
}
