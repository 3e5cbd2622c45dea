// Counts over time as stacked bands, and the same as a table.
const WIDE = 640;
const HIGH = 220;
const EDGE = { left: 36, right: 12, top: 10, bottom: 26 };

function shape(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function trend() {
  const points = report.trend;
  byId("trend").hidden = points.length < 2;
  if (points.length < 2) return;
  const best = [...report.verdicts].reverse().filter((verdict) => points.some((point) => point.counts[verdict]));
  byId("chart").replaceChildren(chart(points, best));
  table(points, [...best].reverse());
}

function chart(points, verdicts) {
  const totals = points.map((point) => verdicts.reduce((sum, verdict) => sum + (point.counts[verdict] ?? 0), 0));
  const step = rounded(Math.max(1, ...totals) / 2);
  const most = 2 * step;
  const [first, last] = [new Date(points[0].at), new Date(points.at(-1).at)];
  const x = (at) => EDGE.left + ((new Date(at) - first) / Math.max(1, last - first)) * (WIDE - EDGE.left - EDGE.right);
  const y = (count) => HIGH - EDGE.bottom - (count / most) * (HIGH - EDGE.top - EDGE.bottom);
  const svg = shape("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": told(points) });
  for (const count of [0, step, most]) {
    svg.append(shape("line", { class: "grid", x1: EDGE.left, x2: WIDE - EDGE.right, y1: y(count), y2: y(count) }));
    svg.append(shape("text", { x: EDGE.left - 8, y: y(count) + 4, "text-anchor": "end" }, String(count)));
  }
  const below = points.map(() => 0);
  for (const verdict of verdicts) {
    const lower = points.map((point, i) => `${x(point.at)},${y(below[i])}`);
    points.forEach((point, i) => { below[i] += point.counts[verdict] ?? 0; });
    const upper = points.map((point, i) => `${x(point.at)},${y(below[i])}`);
    svg.append(coloured(shape("polygon", { class: "band", points: [...upper, ...lower.reverse()].join(" ") }, shape("title", {}, verdict)), verdict));
  }
  ticks(points).forEach((point, i, all) => {
    const anchor = i === 0 ? "start" : i === all.length - 1 ? "end" : "middle";
    svg.append(shape("text", { x: x(point.at), y: HIGH - 6, "text-anchor": anchor }, DAY.format(new Date(point.at))));
  });
  return svg;
}

/** The next number that people count by. */
function rounded(number) {
  const scale = 10 ** Math.max(0, Math.floor(Math.log10(number)));
  return [1, 2, 3, 4, 5, 6, 8, 10].map((each) => each * scale).find((each) => each >= number);
}

function ticks(points) {
  const count = Math.min(4, points.length);
  return Array.from({ length: count }, (_, i) => points[Math.round((i * (points.length - 1)) / (count - 1))]);
}

function told(points) {
  const covered = (point) => COVERED.reduce((sum, verdict) => sum + (point.counts[verdict] ?? 0), 0);
  const all = (point) => Object.values(point.counts).reduce((sum, count) => sum + count, 0);
  const said = (point) => `${covered(point)} of ${all(point)} covered on ${DAY.format(new Date(point.at))}`;
  return `Volumes by verdict: ${said(points[0])}, ${said(points.at(-1))}`;
}

function table(points, verdicts) {
  const head = make("tr", {}, ...["Day", ...verdicts].map((word) => make("th", { scope: "col" }, word)));
  const rows = [...points].reverse().map((point) => make("tr", {},
    make("th", { scope: "row" }, DAY.format(new Date(point.at))),
    ...verdicts.map((verdict) => make("td", {}, String(point.counts[verdict] ?? 0)))));
  byId("trend-table").replaceChildren(make("thead", {}, head), make("tbody", {}, ...rows));
}
