"use strict";

/** The element of an id. */
const element = (id) => document.getElementById(id);

/** A new element with a class and a text. */
function make(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** What the server answers with another status than 200. */
class ServerError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The key that requests bring, kept as long as the tab. */
const key = {
  get: () => sessionStorage.getItem("key") ?? "",
  set: (value) => sessionStorage.setItem("key", value),
};

/** A response of the server; throws for what is not 200. */
async function request(path, options = {}) {
  const headers = { ...options.headers };
  if (key.get()) headers.Authorization = `Bearer ${key.get()}`;
  const response = await fetch(path, { ...options, headers });
  if (response.ok) return response;
  let message = `${response.status} ${response.statusText}`;
  try {
    message = (await response.json()).error.message;
  } catch {
    // The status says it all.
  }
  throw new ServerError(response.status, message);
}

/** The events of a request that is answered as a stream, as objects; ends with `[DONE]`. */
async function* stream(path, body, signal) {
  const response = await request(path, {
    method: "POST", signal, headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, stream: true, stream_options: { include_usage: true } }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new ServerError(0, "the connection was lost");
    pending += value;
    const lines = pending.split("\n");
    pending = lines.pop();
    for (const line of lines) {
      if (!line.startsWith("data:")) continue;
      const data = line.slice(5).trim();
      if (data === "[DONE]") return;
      const event = JSON.parse(data);
      if (event.error) throw new ServerError(0, event.error.message);
      yield event;
    }
  }
}

/** What happened, in words; nothing for what the user stopped. */
function describe(error) {
  if (error.name === "AbortError") return "";
  return error instanceof TypeError ? "The server cannot be reached." : error.message;
}
