// How the cluster stands: counts, gaps, and the namespaces with most to do.
function summary() {
  const counts = counted(volumes);
  const covered = volumes.filter((line) => COVERED.includes(line.verdict)).length;
  const findings = volumes.filter(acts).length;
  byId("cluster").textContent = report.cluster;
  byId("moment").textContent = `at ${clock(report.at)}${report.storeRead ? "" : ", without a look at Muster's store"}`;
  byId("covered").textContent = volumes.length === 0
    ? "No volumes"
    : `${share(covered, volumes.length)} % of ${plural(volumes.length, "volume")} covered`;
  byId("standing").textContent = findings === 0
    ? "Nobody needs to act."
    : `${plural(findings, "volume")} ${findings === 1 ? "needs" : "need"} action.`;
  fill(byId("bar"), counts);
  byId("bar").setAttribute("aria-label", counts.map(([verdict, count]) => `${count} ${verdict}`).join(", "));
  byId("tiles").replaceChildren(...counts.map(([verdict, count]) => tile(verdict, count)));
}

function tile(verdict, count) {
  const button = make("button", { type: "button", className: "tile", title: MEANINGS[verdict] ?? "" },
    icon(verdict), make("strong", {}, count.toLocaleString("en")), make("span", {}, verdict));
  button.dataset.verdict = verdict;
  button.addEventListener("click", () => {
    const others = state.verdict.filter((each) => each !== verdict);
    change({ verdict: others.length < state.verdict.length ? others : [...others, verdict] });
  });
  return coloured(button, verdict);
}

function gaps() {
  const panel = byId("gaps");
  panel.hidden = report.gaps.length === 0;
  panel.open = report.gaps.length < 4;
  panel.querySelector("summary").textContent = `${plural(report.gaps.length, "thing")} could not be read`;
  panel.querySelector("ul").replaceChildren(...report.gaps.map((gap) => make("li", {}, gap)));
}

function namespaces() {
  const all = Map.groupBy(volumes, (line) => line.namespace);
  const ranked = [...all]
    .map(([name, lines]) => ({ name, lines, open: lines.filter(acts).length }))
    .sort((a, b) => b.open - a.open || b.lines.length - a.lines.length);
  const worst = ranked.filter((each) => each.open > 0).slice(0, 8);
  byId("namespaces").hidden = worst.length === 0;
  byId("namespaces").querySelector("ul").replaceChildren(...worst.map(namespace));
}

function namespace({ name, lines, open }) {
  const bar = make("span", { className: "bar" });
  fill(bar, counted(lines));
  const button = make("button", { type: "button" },
    make("span", { className: "name", title: name }, name || NOWHERE),
    bar,
    make("span", { className: "count" }, `${open} of ${lines.length} to do`));
  button.addEventListener("click", () => {
    change({ ...EMPTY, namespace: name || NOBODY, sort: state.sort });
    byId("volumes").scrollIntoView();
    byId("volumes").focus({ preventScroll: true });
  });
  return make("li", {}, button);
}

listeners.push(() => {
  for (const button of byId("tiles").children) {
    button.setAttribute("aria-pressed", state.verdict.includes(button.dataset.verdict));
  }
});
