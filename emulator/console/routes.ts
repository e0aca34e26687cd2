import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { ApiError } from "../http/errors.ts";
import { readText } from "../http/read-body.ts";
import type { Answer } from "../http/server.ts";
import { html } from "../pages/html.ts";
import { redirect, respond } from "../pages/respond.ts";
import { type Console, type Outcome, type Section, sentence, type View } from "./context.ts";
import { frame } from "./frame.ts";
import { Notices } from "./notices.ts";
import { checkoutsSection } from "./sections/checkouts.ts";
import { clockSection } from "./sections/clock.ts";
import { customersSection } from "./sections/customers.ts";
import { endpointsSection } from "./sections/endpoints.ts";
import { eventsSection } from "./sections/events.ts";
import { faultsSection } from "./sections/faults.ts";
import { ordersSection } from "./sections/orders.ts";
import { overview } from "./sections/overview.ts";
import { productsSection } from "./sections/products.ts";
import { subscriptionsSection } from "./sections/subscriptions.ts";
import { webhooksSection } from "./sections/webhooks.ts";

const SECTIONS: readonly Section[] = [
  checkoutsSection,
  clockSection,
  customersSection,
  endpointsSection,
  eventsSection,
  faultsSection,
  ordersSection,
  productsSection,
  subscriptionsSection,
  webhooksSection,
];

const missing: View = {
  title: "Not there",
  body: html`<h1>Not there</h1><p class="panel empty">There is nothing of this address, or not any more.</p>`,
};

type Answerer = (request: IncomingMessage, url: URL) => Promise<Answer>;

/** Answers for the pages of the developer: `/` and whatever is below `/console`. */
export function consolePages(context: Console): Answerer {
  const notices = new Notices();

  function show(request: IncomingMessage, url: URL, view: View | null, current: string): Answer {
    const nonce = randomBytes(16).toString("base64");
    const notice = notices.get(url.searchParams.get("notice"));
    const parts = { view: view ?? missing, current, notice, nonce };
    const { document, etag } = frame(context, parts);
    const answer = respond(document, nonce, view ? 200 : 404);
    const headers = { ...answer.headers, etag };
    if (request.headers["if-none-match"] === etag) return { status: 304, headers, body: "" };
    return { ...answer, headers };
  }

  async function act(section: Section, id: string | null, form: URLSearchParams): Promise<Answer> {
    const here = `/console/${section.path}${id === null ? "" : `/${encodeURIComponent(id)}`}`;
    const back = (path: string, tone: "good" | "bad", text: string) =>
      redirect(text ? `${path}?notice=${notices.keep({ tone, text })}` : path);
    try {
      if (!section.act) return back(here, "bad", "Nothing can be done here.");
      const { text, href = here }: Outcome = await section.act(context, id, form);
      return back(href, "good", text);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return back(here, "bad", sentence(error));
    }
  }

  return async (request, url) => {
    const [, path, id = null, ...rest] = url.pathname.split("/").filter(Boolean);
    const section = SECTIONS.find((each) => each.path === path);
    if (path === undefined) return show(request, url, overview(context), "");
    if (!section || rest.length > 0) return show(request, url, null, "none");
    if (request.method === "POST")
      return await act(section, id, new URLSearchParams(await readText(request)));
    const { searchParams } = url;
    const view =
      id === null
        ? section.list(context, searchParams)
        : (section.show?.(context, id, searchParams) ?? null);
    return show(request, url, view, section.path);
  };
}
