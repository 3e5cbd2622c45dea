// What is looked at: filters, order and the open volume. It lives in the address, so that a link
// shows the same again.
const EMPTY = { q: "", namespace: "", verdict: [], engine: "", class: "", action: false, sort: "", volume: "" };
const NOBODY = "(none)";
const NOWHERE = "no namespace";

let state = read();
const listeners = [];
const key = (line) => `${line.namespace}/${line.volume}/${line.name}`;

function read() {
  const said = new URLSearchParams(location.hash.slice(1));
  return {
    q: said.get("q") ?? "",
    namespace: said.get("namespace") ?? "",
    verdict: (said.get("verdict") ?? "").split(",").filter((verdict) => report.verdicts.includes(verdict)),
    engine: said.get("engine") ?? "",
    class: said.get("class") ?? "",
    action: said.get("action") === "true",
    sort: said.get("sort") ?? "",
    volume: said.get("volume") ?? "",
  };
}

function change(part) {
  state = { ...state, ...part };
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (String(value) !== String(EMPTY[name])) said.set(name, value);
  }
  history.replaceState(null, "", "#" + said);
  tell();
}

function tell() {
  listeners.forEach((listener) => listener(state));
}

const texts = new Map();

/** Everything that the search looks at. */
function text(line) {
  let all = texts.get(line);
  if (all === undefined) {
    const owners = line.owners ?? [];
    all = [line.namespace, line.name, line.workload, line.engine, line.verdict, line.reason, line.message,
      line.nextStep, line.plan, line.storageClass, line.newestOf, line.persistentVolume, line.lastFailure?.reason,
      ...owners, ...line.problems]
      .join("\n").toLowerCase();
    texts.set(line, all);
  }
  return all;
}

const is = (value, wanted) => wanted === "" || (value || NOBODY) === wanted;

function chosen() {
  const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  return volumes.filter((line) =>
    is(line.namespace, state.namespace)
    && is(line.engine, state.engine)
    && is(line.storageClass, state.class)
    && (state.verdict.length === 0 || state.verdict.includes(line.verdict))
    && (!state.action || acts(line))
    && words.every((word) => text(line).includes(word)));
}

window.addEventListener("hashchange", () => {
  state = read();
  tell();
});
