/** Says how the connection is. */
function connection(text, isBad = false) {
  element("connection").textContent = text;
  element("connection").className = isBad ? "bad" : "";
}

/** Asks for a key, unless that is going on. */
function askForKey() {
  if (!element("key-dialog").open) element("key-dialog").showModal();
}

/** Shows what the chosen model does: a conversation, or a program's run. */
function chooseModel() {
  const model = element("model").value;
  const isProgram = model === "program" || model.startsWith("program/");
  element("chat").hidden = isProgram;
  element("program").hidden = !isProgram;
  if (isProgram) program.show(model);
  live.update();
}

/** Fills the list of models; asks for a key where that is wanted. */
async function loadModels() {
  try {
    const { data } = await (await request("/v1/models")).json();
    const chosen = element("model").value;
    element("model").replaceChildren(
      ...data.map(({ id }) => {
        const option = make("option", "", id);
        option.value = id;
        option.selected = id === chosen;
        return option;
      }));
    chooseModel();
  } catch (error) {
    if (error.status === 401) askForKey();
    connection(describe(error), true);
  }
}

element("model").addEventListener("change", chooseModel);
element("key-button").addEventListener("click", askForKey);
element("key-dialog").addEventListener("close", () => {
  if (element("key-dialog").returnValue === "save") {
    key.set(element("key").value.trim());
    loadModels();
  }
  element("key").value = "";
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || element("key-dialog").open) return;
  chat.abort?.abort();
  program.abort?.abort();
});
chat.start();
program.start();
loadModels();
live.start();
