import { errorReference } from "./error-reference";

/** Tells the server of an error that it cannot know of: what it has made itself has a reference, and is in its log. */
export function reportError(error: unknown): void {
  if (errorReference(error) || !(error instanceof Error)) return;
  const { name, message, stack = "" } = error;
  // A page that cannot be shown is no better for hearing that this failed too.
  fetch("/api/errors", {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      name: name.slice(0, 100),
      message: message.slice(0, 1000),
      stack: stack.slice(0, 8000),
      path: window.location.pathname.slice(0, 300),
    }),
  }).catch(() => {});
}
