/**
 * Keeps a page up to date without loading it anew: asks every second, while it is looked at, whether it
 * has changed, and changes only what differs, so that focus, scroll, selection and open details stay. A
 * form that somebody is filling in is left alone.
 *
 * @param etag of what the page shows
 */
export function liveScript(etag: string): string {
  return `let etag = '"${etag}"';${SCRIPT}`;
}

const SCRIPT = `
const isBusy = (node) => node.nodeName === "FORM" && node.hasAttribute("data-edited");
addEventListener("input", ({ target }) => target.form?.setAttribute("data-edited", ""));

const morph = (from, to) => {
  if (isBusy(from) || from.isEqualNode(to)) return;
  if (from.nodeType !== 1) { from.data = to.data; return; }
  for (const { name } of [...from.attributes])
    if (!to.hasAttribute(name) && name !== "open") from.removeAttribute(name);
  for (const { name, value } of to.attributes)
    if (from.getAttribute(name) !== value && name !== "open") from.setAttribute(name, value);
  const known = new Map([...from.children].filter(({ id }) => id).map((child) => [child.id, child]));
  const wanted = new Set([...to.children].map(({ id }) => id));
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    while (at?.id && !wanted.has(at.id)) { const gone = at; at = at.nextSibling; gone.remove(); }
    const same = next.id ? known.get(next.id) : undefined;
    if (same) {
      if (same !== at) from.insertBefore(same, at); else at = at.nextSibling;
      morph(same, next);
    } else if (!next.id && at && !at.id && at.nodeName === next.nodeName) {
      const current = at;
      at = at.nextSibling;
      morph(current, next);
    } else from.insertBefore(document.importNode(next, true), at);
  }
  while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
};

const ask = async () => {
  const before = performance.now();
  if (!document.hidden) {
    try {
      const response = await fetch(location.href, {
        cache: "no-store",
        headers: { "if-none-match": etag },
      });
      if (response.ok) {
        const text = await response.text();
        const next = new DOMParser().parseFromString(text, "text/html");
        for (const part of document.querySelectorAll("[data-live]")) {
          const other = next.querySelector('[data-live="' + part.dataset.live + '"]');
          if (other) morph(part, other);
        }
        document.title = next.title;
        etag = response.headers.get("etag") ?? "";
      }
    } catch {}
  }
  // What takes long to answer is not asked for as often.
  setTimeout(ask, Math.max(1000, 10 * (performance.now() - before)));
};
setTimeout(ask, 1000);
document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
`;
