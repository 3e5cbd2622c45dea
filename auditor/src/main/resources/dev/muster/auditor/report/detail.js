// One volume with everything that is known of it.
const dialog = byId("detail");

function detail(line) {
  coloured(dialog, line.verdict);
  byId("detail-title").replaceChildren(line.name, make("small", {}, line.namespace || NOWHERE));
  const next = make("p", { className: "next" }, make("strong", {}, "Next step"), line.nextStep);
  const failure = line.lastFailure;
  byId("detail-body").replaceChildren(
    badge(line.verdict),
    make("p", {}, line.message, make("span", { className: "soft" }, ` (${line.reason})`)),
    ...(line.nextStep ? [next] : []),
    ...part("Volume", {
      Kind: line.volume, Phase: line.phase, "Storage class": line.storageClass, Size: line.size,
      "Persistent volume": line.persistentVolume, "Reclaim policy": line.reclaimPolicy, Created: moment(line.created),
    }),
    ...part("Workload", {
      "Used by": line.workload || "nobody", "Owned by": (line.owners ?? []).join("\n"), Engine: line.engine,
      Plan: line.plan, "Promise (RPO)": duration(line.rpo), "Refused values": line.problems.join("\n"),
    }),
    ...part("Recovery points", {
      Points: String(line.points), "Newest data": moment(line.newestPoint), "Told by": line.newestOf,
      "Read back": moment(line.lastVerifiedAt), "Restored in a drill": moment(line.lastProvenAt),
    }),
    ...part("Last failure", failure ? { At: moment(failure.at), Reason: failure.reason, Detail: failure.detail } : {}),
    ...part("What the verdict was judged by", flat(line.facts ?? {})));
}

/** A heading and what is known under it; nothing where nothing is. */
function part(title, facts) {
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (known.length === 0) return [];
  const rows = known.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, ...[value].flat())));
  return [make("h3", {}, title), make("dl", {}, ...rows)];
}

function moment(instant) {
  return instant && [make("time", { dateTime: instant }, clock(instant)), " ", make("small", {}, `${age(instant)} before this report`)];
}

function duration(iso) {
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(iso ?? "") ?? [];
  const words = [[days, "d"], [hours, "h"], [minutes, "min"]].filter(([count]) => count);
  return words.length === 0 ? iso : words.map(([count, unit]) => `${count} ${unit}`).join(" ");
}

/** Facts within facts, by their paths. */
function flat(facts, path = "") {
  return Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => {
    const full = path === "" ? name : `${path}.${name}`;
    if (Array.isArray(value)) return [[full, value.join(", ") || "none"]];
    return value !== null && typeof value === "object" ? Object.entries(flat(value, full)) : [[full, String(value)]];
  }));
}

listeners.push(() => {
  const line = state.volume === "" ? undefined : volumes.find((each) => key(each) === state.volume);
  if (line === undefined) {
    if (dialog.open) dialog.close();
    return;
  }
  detail(line);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  byId("detail-title").focus();
});

dialog.addEventListener("close", () => {
  if (state.volume !== "") change({ volume: "" });
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
byId("close").addEventListener("click", () => dialog.close());
