// What the page shows, and the words for it. Texts of others reach the page as text alone.
const report = JSON.parse(document.getElementById("report").textContent);
const volumes = report.volumes;
const now = new Date(report.at);

const MEANINGS = {
  Unknown: "not everything could be read",
  Unprotected: "no recovery point",
  Failing: "the last attempt failed",
  Stale: "older than its promise",
  IntentOnly: "meant, but no point yet",
  Waived: "the risk is accepted",
  Sealed: "a committed point",
  Verified: "read back in full",
  Proven: "restored in a drill",
  Excluded: "needs no protection",
};
const COVERED = ["Proven", "Verified", "Sealed"];

const byId = (id) => document.getElementById(id);

/** An element; children are texts or elements, empty ones are left out. */
function make(name, properties, ...children) {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function icon(verdict) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", "#" + verdict);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

function coloured(element, verdict) {
  element.style.setProperty("--verdict", `var(--${verdict}, var(--Unknown))`);
  return element;
}

function badge(verdict) {
  return coloured(make("span", { className: "badge" }, icon(verdict), verdict), verdict);
}

/** Counts of verdicts as [verdict, count], worst first. */
function counted(lines) {
  const counts = new Map(report.verdicts.map((verdict) => [verdict, 0]));
  for (const line of lines) counts.set(line.verdict, (counts.get(line.verdict) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 0);
}

/** A bar of spans; whoever draws it gives it a name. */
function fill(bar, counts) {
  const spans = counts.map(([verdict, count]) => {
    const span = coloured(make("span", { title: `${count} ${verdict}` }), verdict);
    span.style.flexGrow = count;
    return span;
  });
  bar.replaceChildren(...spans);
}

const acts = (line) => line.finding !== "none";
const share = (part, all) => (all === 0 ? 0 : Math.floor((100 * part) / all));
const plural = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

const CLOCK = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const clock = (instant) => `${CLOCK.format(new Date(instant))} UTC`;

/** How long before the report something was: `40 min`, `26 h`, `12 d`. */
function age(instant) {
  const minutes = Math.max(0, Math.round((now - new Date(instant)) / 60000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 72 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

function time(instant) {
  return make("time", { dateTime: instant, title: clock(instant) }, age(instant));
}

const SCALE = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, m: 1e-3 };

/** A quantity of Kubernetes in bytes; -1 for none. */
function bytes(size) {
  const [, number, unit] = /^([\d.]+)([A-Za-z]*)$/.exec(size ?? "") ?? [];
  return number === undefined ? -1 : Number(number) * (SCALE[unit] ?? 1);
}
