// Light or dark as the system says, until somebody chooses.
const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** Some browsers keep nothing for files. */
function kept(value) {
  try {
    if (value !== undefined) localStorage.setItem("muster-theme", value);
    return localStorage.getItem("muster-theme");
  } catch {
    return value ?? null;
  }
}

let theme = kept();

function show() {
  const shown = theme ?? (dark.matches ? "dark" : "light");
  if (theme !== null) document.documentElement.dataset.theme = theme;
  byId("theme").textContent = shown === "dark" ? "Light mode" : "Dark mode";
}

byId("theme").addEventListener("click", () => {
  const shown = theme ?? (dark.matches ? "dark" : "light");
  theme = shown === "dark" ? "light" : "dark";
  kept(theme);
  show();
});
dark.addEventListener("change", show);
show();
