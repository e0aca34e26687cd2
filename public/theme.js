// Runs before the first paint, so that a dark page never flashes white. A file of its own because
// the Content-Security-Policy allows no inline script.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("theme");
  } catch {
    // Storage can be switched off; the system's choice is then the only one there is.
  }
  const dark =
    choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
})();
