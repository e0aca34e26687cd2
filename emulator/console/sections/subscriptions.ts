import { advance } from "../../control/passing.ts";
import { notFound } from "../../http/errors.ts";
import { money } from "../../pages/money.ts";
import type { SubscriptionDoc } from "../../store/documents.ts";
import { humanDate } from "../../time.ts";
import type { World } from "../../world.ts";
import { type Console, type Outcome, type Section, unknownAction } from "../context.ts";
import { actionBar, actionButton } from "../parts/actions.ts";
import { customerLink, objectLink, productLink } from "../parts/links.ts";
import { type Listing, listView, related } from "../parts/list.ts";
import { objectView } from "../parts/page.ts";
import { dayText, facts, jsonPanel, momentText, pill, statusPill } from "../parts/text.ts";
import { orders } from "./orders.ts";

const STATUSES = ["trialing", "active", "past_due", "paused", "canceled"] as const;

function nameOf(world: World, subscription: SubscriptionDoc): string {
  return world.products.need(subscription.product_id).name;
}

function statusOf({
  status,
  cancel_at_period_end,
  pause_at_period_end,
  ended_at,
}: SubscriptionDoc) {
  if (!ended_at && cancel_at_period_end) return pill(`${status.replace("_", " ")}, ends`, "warn");
  if (!ended_at && pause_at_period_end) return pill(`${status}, pauses`, "warn");
  return statusPill(status);
}

export const subscriptions: Listing<SubscriptionDoc> = {
  path: "subscriptions",
  title: "Subscriptions",
  noun: "subscriptions",
  all: (world) => world.subscriptions.all(),
  text: (world, subscription) => {
    const { email, external_id } = world.customers.need(subscription.customer_id);
    return [nameOf(world, subscription), email, external_id];
  },
  columns: (world) => [
    {
      head: "Product",
      cell: (each) => objectLink("subscriptions", each.id, nameOf(world, each)),
    },
    { head: "Customer", wide: true, cell: (each) => customerLink(world, each.customer_id) },
    { head: "Status", cell: statusOf },
    {
      head: "Amount",
      wide: true,
      figures: true,
      cell: ({ amount, currency }) => money(amount, currency),
    },
    {
      head: "Period ends",
      cell: ({ current_period_end, ended_at }) => dayText(ended_at ?? current_period_end),
    },
    { head: "Created", wide: true, cell: ({ created_at }) => momentText(created_at) },
  ],
  filters: [
    {
      name: "status",
      label: "Status",
      options: () => STATUSES.map((status) => [status, status.replace("_", " ")] as const),
      matches: (_world, { status }, value) => status === value,
    },
  ],
};

function actionsOf(subscription: SubscriptionDoc) {
  const { id, status, ended_at, cancel_at_period_end, pause_at_period_end } = subscription;
  const here = `/console/subscriptions/${id}`;
  const renews = status === "active" || status === "trialing" || status === "past_due";
  if (ended_at) return null;
  return actionBar([
    renews && actionButton(here, { name: "jump", label: "Jump to renewal", tone: "primary" }),
    status === "trialing" && actionButton(here, { name: "end_trial", label: "End trial now" }),
    renews &&
      !cancel_at_period_end &&
      actionButton(here, { name: "cancel", label: "Cancel at period end" }),
    cancel_at_period_end && actionButton(here, { name: "uncancel", label: "Uncancel" }),
    status === "active" &&
      !cancel_at_period_end &&
      !pause_at_period_end &&
      actionButton(here, { name: "pause", label: "Pause at period end" }),
    pause_at_period_end && actionButton(here, { name: "unpause", label: "Do not pause" }),
    status === "paused" && actionButton(here, { name: "resume", label: "Resume" }),
    actionButton(here, { name: "revoke", label: "Revoke now", tone: "danger" }),
  ]);
}

function show(context: Console, id: string) {
  const { world } = context;
  const subscription = world.subscriptions.get(id);
  if (!subscription) return null;
  const { pending_update } = subscription;
  return objectView({
    title: nameOf(world, subscription),
    id,
    kind: "Subscription",
    status: statusOf(subscription),
    actions: actionsOf(subscription),
    facts: facts([
      ["Customer", customerLink(world, subscription.customer_id)],
      ["Product", productLink(world, subscription.product_id)],
      ["Amount", money(subscription.amount, subscription.currency)],
      ["Period began", momentText(subscription.current_period_start)],
      ["Period ends", momentText(subscription.current_period_end)],
      ["Trial ends", subscription.trial_end && momentText(subscription.trial_end)],
      ["Past due since", subscription.past_due_at && momentText(subscription.past_due_at)],
      ["Resumes", subscription.resumes_at && momentText(subscription.resumes_at)],
      ["Ends", subscription.ends_at && momentText(subscription.ends_at)],
      ["Changes to", pending_update && productLink(world, pending_update.product_id)],
    ]),
    parts: [
      related(world, orders, world.orders.where("subscription_id", id), "Customer", `q=${id}`),
    ],
    source: jsonPanel("As the API shows it", context.call("GET", `/v1/subscriptions/${id}`)),
  });
}

const UPDATES: Record<string, [body: object, text: string]> = {
  cancel: [{ cancel_at_period_end: true }, "It ends with its period."],
  uncancel: [{ cancel_at_period_end: false }, "It goes on."],
  revoke: [{ revoke: true }, "It has ended."],
  pause: [{ pause_at_period_end: true }, "It pauses when its period ends."],
  unpause: [{ pause_at_period_end: false }, "It does not pause."],
  resume: [{ resume: true }, "It has resumed: a new period begins, and is charged."],
  end_trial: [{ trial_end: "now" }, "Its trial has ended."],
};

async function act(context: Console, id: string | null, form: URLSearchParams): Promise<Outcome> {
  const { world, queue } = context;
  const subscription = world.subscriptions.get(id);
  if (!subscription) throw notFound();
  const action = form.get("action") ?? "";
  if (action === "jump") {
    const { current_period_end } = subscription;
    await advance(world, queue, current_period_end);
    return { text: `It is ${humanDate(world.clock.now())} now, the end of its period.` };
  }
  const update = UPDATES[action];
  if (!update) throw unknownAction();
  const [body, text] = update;
  context.call("PATCH", `/v1/subscriptions/${subscription.id}`, body);
  return { text };
}

export const subscriptionsSection: Section = {
  path: "subscriptions",
  title: "Subscriptions",
  list: ({ world }, query) => listView(world, subscriptions, query),
  show,
  act,
};
