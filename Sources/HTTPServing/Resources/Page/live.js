/** How the server is doing, asked for once a second while the page is seen. */
const live = {
  /** The tokens that were generated, and when: what is drawn are the differences. */
  samples: [],
  seen: null,
  period: 1000,
  places: 60,
  cells: 256,

  async start() {
    for (;;) {
      if (!document.hidden) await this.update();
      await new Promise((resume) => setTimeout(resume, this.period));
    }
  },

  async update() {
    try {
      const state = await (await request("/state")).json();
      const model = state.models.find(({ id }) => id === element("model").value) ?? state.models[0];
      connection(`up ${duration(state.uptime_seconds)}`);
      if (model) this.show(model);
    } catch (error) {
      connection(describe(error), true);
    }
  },

  show(model) {
    element("rate").textContent = `${Math.round(model.tokens_per_second).toLocaleString("en")} tokens per second`;
    this.plot(model);
    this.batch(model);
    this.pages(model.pages);
    const prefixes = model.prefixes ?? [];
    element("prefix-count").textContent = prefixes.length ? `${count(prefixes)} stretches` : "none";
    element("prefixes").replaceChildren(...(prefixes.length ? [tree(prefixes)] : []));
  },

  plot(model) {
    const now = performance.now();
    const generated = model.totals.generated_tokens;
    // Over a short time a rate says little.
    if (this.seen?.id === model.id && now - this.seen.now < this.period / 2) return;
    if (this.seen?.id !== model.id) this.samples = [];
    else this.samples.push(Math.max(0, (generated - this.seen.generated) / ((now - this.seen.now) / 1000)));
    this.seen = { id: model.id, generated, now };
    this.samples = this.samples.slice(-this.places);
    const peak = Math.max(1, ...this.samples);
    const first = this.places - this.samples.length;
    const points = this.samples.map((rate, place) => [((first + place) / (this.places - 1)) * 240, 58 - (rate / peak) * 54]);
    const text = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    element("plot-line").setAttribute("points", text);
    element("plot-area").setAttribute("points", points.length ? `${points[0][0]},60 ${text} 240,60` : "");
    element("plot-peak").textContent = `peak ${Math.round(Math.max(0, ...this.samples)).toLocaleString("en")}`;
  },

  batch(model) {
    element("batch-count").textContent = `${model.running} running, ${model.waiting} waiting`;
    const rows = model.requests.slice(0, 64).map((request) => {
      const row = make("tr");
      const total = request.prompt_tokens + request.generated_tokens;
      const isReading = request.computed_tokens < request.prompt_tokens;
      const phase = request.state === "waiting" ? "waiting" : isReading ? "prompt" : "answer";
      const tokens = make("td", "", `${request.computed_tokens} / ${total}`);
      const bar = make("div", "bar");
      const part = make("i", phase === "answer" ? "" : "prompt");
      part.style.width = `${total ? (100 * request.computed_tokens) / total : 0}%`;
      bar.append(part);
      tokens.append(bar);
      const pages = request.shared_pages ? `${request.pages}, ${request.shared_pages} shared` : `${request.pages}`;
      const name = make("td", "name", `${request.number} ${request.program ?? request.client}`);
      name.title = name.textContent;
      row.append(name, make("td", "", phase), tokens, make("td", "", pages));
      return row;
    });
    element("batch").hidden = rows.length === 0;
    element("batch").tBodies[0].replaceChildren(...rows);
  },

  pages(pages) {
    const place = element("pages");
    if (!pages) {
      element("page-count").textContent = "none";
      return place.replaceChildren();
    }
    const total = pages.free + pages.evictable + pages.protected;
    const cells = Math.min(this.cells, total);
    const used = Math.ceil((pages.protected / total) * cells);
    const kept = Math.min(cells - used, Math.ceil((pages.evictable / total) * cells));
    while (place.childElementCount > cells) place.lastChild.remove();
    while (place.childElementCount < cells) place.append(make("i"));
    [...place.children].forEach((cell, index) => {
      cell.className = index < used ? "protected" : index < used + kept ? "evictable" : "free";
    });
    const owner = pages.pool ? `, of all ${pages.pool}` : "";
    const words = `${pages.protected} in use, ${pages.evictable} kept, ${pages.free} free${owner}`;
    element("page-count").textContent = words;
    place.setAttribute("aria-label", `Pages of ${pages.size} tokens: ${words}`);
  },
};

/** Stretches of a prefix tree as nested lists. */
function tree(prefixes) {
  const list = make("ul");
  for (const prefix of prefixes) {
    const item = make("li", prefix.users ? "used" : "");
    const line = make("div", "prefix");
    line.append(stretch(prefix.text));
    const users = prefix.users ? ` · ${prefix.users} using` : "";
    line.append(make("span", "count", `${prefix.tokens} tokens${users}`));
    item.append(line);
    if (prefix.children.length) item.append(tree(prefix.children));
    list.append(item);
  }
  return list;
}

/** The beginning of a stretch; of prompts that may be others' the server says none. */
function stretch(text) {
  if (text === null) return make("em", "", "text not shown");
  const code = make("code", "", text.replace(/\n/g, "⏎"));
  code.title = text;
  return code;
}

/** How many stretches there are. */
function count(prefixes) {
  return prefixes.reduce((sum, prefix) => sum + 1 + count(prefix.children), 0);
}

/** Seconds in words. */
function duration(seconds) {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
