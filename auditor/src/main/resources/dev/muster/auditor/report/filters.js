// The form above the table. It shows the state and changes it.
const form = byId("filters");

function choices(select, everything, values) {
  const words = [...new Set(values.map((value) => value || NOBODY))].sort();
  const options = words.map((value) => make("option", { value }, value));
  select.replaceChildren(make("option", { value: "" }, everything), ...options);
}

function filters() {
  const { namespace, verdict, engine, class: storage } = form.elements;
  choices(namespace, "All", volumes.map((line) => line.namespace));
  choices(engine, "All", volumes.map((line) => line.engine));
  choices(storage, "All", volumes.map((line) => line.storageClass));
  const present = counted(volumes).map(([each]) => make("option", { value: each }, each));
  verdict.replaceChildren(make("option", { value: "" }, "All"), ...present, make("option", { value: "+", hidden: true }, "Several"));
}

function clear() {
  change({ ...EMPTY, sort: state.sort });
}

function typed() {
  const { q, namespace, verdict, engine, class: storage, action } = form.elements;
  const verdicts = verdict.value === "+" ? state.verdict : [verdict.value].filter(Boolean);
  change({ q: q.value, namespace: namespace.value, verdict: verdicts, engine: engine.value, class: storage.value, action: action.checked });
}

form.addEventListener("input", typed);
form.addEventListener("change", typed);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  clear();
});
byId("none").querySelector("button").addEventListener("click", () => {
  clear();
  form.elements.q.focus();
});

listeners.push(() => {
  const { q, namespace, verdict, engine, class: storage, action } = form.elements;
  if (q.value !== state.q) q.value = state.q;
  namespace.value = state.namespace;
  verdict.value = state.verdict.length > 1 ? "+" : state.verdict[0] ?? "";
  engine.value = state.engine;
  storage.value = state.class;
  action.checked = state.action;
});
