import "server-only";
import type { Attributes, AttributeValue, Link } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { scrub } from "../scrub";

/** What stands in an address after the path: tokens, codes, a checkout. */
const query = /\?[^\s"'#]*/g;

const cleanText = (text: string) => scrub(text.replace(query, ""));

function cleanValue(value: AttributeValue | undefined): AttributeValue | undefined {
  if (typeof value === "string") return cleanText(value);
  return Array.isArray(value)
    ? (value.map((each) => (typeof each === "string" ? cleanText(each) : each)) as AttributeValue)
    : value;
}

function cleanAttributes(attributes: Attributes | undefined): Attributes {
  return Object.fromEntries(
    Object.entries(attributes ?? {}).map(([name, value]) => [name, cleanValue(value)]),
  );
}

/**
 * A span without what must not leave the process, wherever in its name, attributes, events and links it stands: Next
 * puts the whole address of a request into it, an error's message may hold anything.
 */
export function cleanSpan(span: ReadableSpan): ReadableSpan {
  const { status } = span;
  const links: Link[] = span.links.map((link) => ({
    ...link,
    attributes: cleanAttributes(link.attributes),
  }));
  return Object.assign(Object.create(span) as ReadableSpan, {
    name: cleanText(span.name),
    attributes: cleanAttributes(span.attributes),
    events: span.events.map((event) => ({
      ...event,
      name: cleanText(event.name),
      attributes: cleanAttributes(event.attributes),
    })),
    links,
    status: status.message ? { ...status, message: cleanText(status.message) } : status,
  });
}
