import { among, filterBy, given } from "../http/filters.ts";
import { paginate } from "../http/pagination.ts";
import { contains } from "../http/query.ts";
import type { Call } from "../http/router.ts";
import { awareInstant, boolean, oneOf, string, uuid } from "../http/schema.ts";
import { serializeDelivery } from "../serializers/webhook.ts";
import type { DeliveryDoc } from "../store/documents.ts";
import { WEBHOOK_TYPES } from "./webhook-types.ts";

const codeClass = oneOf("2xx", "3xx", "4xx", "5xx");

/** Whether a text is in a delivery's id, its event's, or the status that was answered. */
function matchesText({ id, webhook_event_id, http_code }: DeliveryDoc, text: string): boolean {
  return [id, webhook_event_id, String(http_code ?? "")].some((each) => contains(each, text));
}

/** The attempts to deliver webhooks that a query asks for, the latest first. */
export function listDeliveries({ world, query }: Call) {
  const typeOf = (d: DeliveryDoc) => world.webhookEvents.need(d.webhook_event_id).type;
  const found = filterBy(world.deliveries.all(), query, {
    endpoint_id: among(uuid(), ({ endpoint_id }) => endpoint_id),
    start_timestamp: given(awareInstant(), ({ created_at }, start) => created_at > start),
    end_timestamp: given(awareInstant(), ({ created_at }, end) => created_at < end),
    succeeded: given(boolean(), ({ succeeded }, wanted) => succeeded === wanted),
    query: given(string(), matchesText),
    http_code_class: given(codeClass, ({ http_code }, wanted) =>
      String(http_code ?? "").startsWith(wanted.slice(0, 1)),
    ),
    event_type: among<DeliveryDoc, string>(oneOf(...WEBHOOK_TYPES), typeOf),
  });
  return paginate(found.reverse(), query, (delivery) => serializeDelivery(world, delivery));
}
