// The table: filtered, sorted, and made of rows only as far as somebody looks.
const STEP = 100;

const when = (instant) => (instant === undefined ? -Infinity : Date.parse(instant));
const word = (value) => (value ?? "").toLowerCase();
const COLUMNS = {
  verdict: { title: "Verdict", by: (line) => report.verdicts.indexOf(line.verdict) },
  name: { title: "Volume", by: (line) => word(line.namespace) + "\u0000" + word(line.name) },
  workload: { title: "Used by", by: (line) => word(line.workload) },
  engine: { title: "Engine", by: (line) => word(line.engine) },
  size: { title: "Size", by: (line) => bytes(line.size) },
  newest: { title: "Newest point", by: (line) => when(line.newestPoint) },
  proven: { title: "Proven", by: (line) => when(line.lastProvenAt) },
  why: { title: "Why, and what next", by: (line) => word(line.reason) },
};

let lines = [];
let drawn = 0;

function heading() {
  const cells = Object.entries(COLUMNS).map(([name, column]) => {
    const button = make("button", { type: "button" }, column.title);
    button.addEventListener("click", () => change({ sort: state.sort === name ? "-" + name : name }));
    const cell = make("th", { scope: "col" }, button);
    cell.dataset.column = name;
    return cell;
  });
  byId("table").tHead.rows[0].replaceChildren(...cells);
}

function sorted(all) {
  const down = state.sort.startsWith("-");
  const by = COLUMNS[state.sort.replace("-", "")]?.by;
  if (by === undefined) return all;
  const keyed = all.map((line) => [by(line), line]);
  keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1));
  return keyed.map(([, line]) => line);
}

function row(line) {
  const open = make("button", { type: "button" }, line.name);
  open.addEventListener("click", () => change({ volume: key(line) }));
  const known = line.finding === "known" ? make("span", { className: "known" }, "known before") : "";
  const of = line.newestOf && line.newestOf !== "Muster" ? make("small", {}, line.newestOf.split(" ", 1)[0]) : "";
  return make("tr", {},
    make("td", {}, badge(line.verdict)),
    make("td", { className: "volume" }, open, known, make("small", {}, line.namespace || NOWHERE)),
    make("td", { className: "used" }, ...user(line)),
    make("td", {}, line.engine || "–"),
    make("td", { className: "size" }, line.size || "–", make("small", {}, line.storageClass ?? "")),
    make("td", { className: "time" }, line.newestPoint ? time(line.newestPoint) : "–", of),
    make("td", { className: "time" }, line.lastProvenAt ? time(line.lastProvenAt) : "–"),
    make("td", { className: "why" }, [line.message, ...line.problems].join(": "), acts(line) && line.nextStep ? make("small", {}, line.nextStep) : ""));
}

function user(line) {
  const [kind, name] = line.workload.split(/\/(.*)/);
  return name ? [name, make("small", {}, kind)] : [line.workload || "–"];
}

function draw(count) {
  byId("table").tBodies[0].append(...lines.slice(drawn, drawn + count).map(row));
  drawn = Math.min(lines.length, drawn + count);
  const left = lines.length - drawn;
  byId("more").hidden = left === 0;
  byId("more").textContent = `Show more: ${plural(left, "volume")} below`;
}

function volumesChanged() {
  lines = sorted(chosen());
  drawn = 0;
  byId("table").tBodies[0].replaceChildren();
  draw(STEP);
  byId("table").hidden = lines.length === 0;
  byId("none").hidden = lines.length > 0;
  byId("shown").textContent = lines.length === volumes.length
    ? plural(lines.length, "volume")
    : `${lines.length.toLocaleString("en")} of ${plural(volumes.length, "volume")}`;
  for (const cell of byId("table").tHead.rows[0].cells) {
    const mine = state.sort.replace("-", "") === cell.dataset.column;
    if (mine) cell.setAttribute("aria-sort", state.sort.startsWith("-") ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  }
}

let looked = null;
listeners.push(() => {
  const { volume, ...rest } = state;
  const seen = JSON.stringify(rest);
  if (seen !== looked) volumesChanged();
  looked = seen;
});

byId("more").addEventListener("click", () => draw(STEP));
new IntersectionObserver((entries) => {
  if (!entries.some((entry) => entry.isIntersecting)) return;
  do draw(STEP); while (drawn < lines.length && byId("more").getBoundingClientRect().top < innerHeight);
}, { rootMargin: "600px" }).observe(byId("more"));
// On paper nobody scrolls.
window.addEventListener("beforeprint", () => draw(lines.length));
