import { API_FAULTS, type FaultSettings, quiet, RATE_LIMITS } from "../../faults/settings.ts";
import { attributes, type Html, html } from "../../pages/html.ts";
import { inputField, selectField } from "../../pages/parts/field.ts";

type Kind = "percent" | "number";

const API_NUMBERS: Record<string, [label: string, kind: Kind]> = {
  share: ["Share of calls, %", "percent"],
  remaining: ["For how many more calls (empty: all)", "number"],
  retry_after: ["Retry-After, s", "number"],
  latency_ms: ["Latency, ms", "number"],
  latency_jitter_ms: ["Up to so much more, ms", "number"],
};

const WEBHOOK_NUMBERS: Record<string, [label: string, kind: Kind]> = {
  duplicate: ["Sent twice, %", "percent"],
  drop_share: ["Lost, %", "percent"],
  drop: ["How many of the next are lost", "number"],
  timeout: ["Arrive, but count as unanswered, %", "percent"],
  delay_ms: ["Late, ms", "number"],
  shuffle_ms: ["In any order, up to so late, ms", "number"],
  bad_signature: ["Wrong signature, %", "percent"],
  old_timestamp: ["Timestamp of ten minutes ago, %", "percent"],
  unknown_type: ["Joined by an unknown type, %", "percent"],
  unknown_enum: ["With unknown values, %", "percent"],
  unknown_field: ["With an unknown field, %", "percent"],
};

function numberField(
  part: string,
  name: string,
  [label, kind]: [string, Kind],
  value: unknown,
): Html {
  const isPercent = kind === "percent";
  const shown = typeof value === "number" ? Math.round(value * (isPercent ? 100 : 1)) : "";
  return inputField({
    id: `${part}.${name}`,
    name: `${part}.${name}`,
    label,
    control: {
      type: "number",
      min: 0,
      max: isPercent ? 100 : null,
      value: shown,
      required: name !== "remaining",
    },
  });
}

function numberFields(part: string, fields: typeof API_NUMBERS, values: object): Html[] {
  const known = new Map<string, unknown>(Object.entries(values));
  return Object.entries(fields).map(([name, field]) =>
    numberField(part, name, field, known.get(name)),
  );
}

/** Every fault as a field of a form, shares in percent. */
export function faultFields({ seed, api, webhooks }: FaultSettings): Html {
  const limits = Object.entries(RATE_LIMITS).map(
    ([name, calls]) => [name, `${calls} calls a minute, as in ${name}`] as const,
  );
  return html`<div class="panel">
    ${inputField({
      id: "seed",
      name: "seed",
      label: "Seed: the same draws the same faults again",
      control: { type: "number", min: 0, value: seed, required: true },
    })}
  </div>
  <fieldset class="panel">
    <legend>Calls of the API</legend>
    <div class="grid">
      ${selectField({
        id: "api.fault",
        name: "api.fault",
        label: "What goes wrong",
        options: [["", "nothing"], ...Object.entries(API_FAULTS)],
        chosen: api.fault ?? "",
      })}
      ${inputField({ id: "api.path", name: "api.path", label: "Only of paths that begin with", control: { value: api.path } })}
      ${numberFields("api", API_NUMBERS, api)}
      ${selectField({
        id: "api.limit",
        name: "api.limit",
        label: "Polar's own limit",
        options: [["", "off"], ...limits],
        chosen: api.limit ?? "",
      })}
    </div>
  </fieldset>
  <fieldset class="panel">
    <legend>Webhooks</legend>
    <label class="check"><input${attributes({ type: "checkbox", name: "webhooks.hold", value: "true", checked: webhooks.hold })}> Hold all of them; they are sent afterwards</label>
    <div class="grid">${numberFields("webhooks", WEBHOOK_NUMBERS, webhooks)}</div>
  </fieldset>`;
}

function describeNumbers(fields: typeof API_NUMBERS, values: object, none: object): string[] {
  const [now, before] = [values, none].map(
    (each) => new Map<string, unknown>(Object.entries(each)),
  );
  return Object.entries(fields).flatMap(([name, [label, kind]]) => {
    const value = now?.get(name);
    if (value === before?.get(name) || typeof value !== "number") return [];
    return [`${label}: ${Math.round(value * (kind === "percent" ? 100 : 1))}`];
  });
}

/** What goes wrong, in the words of the form. */
export function describeFaults({ api, webhooks }: FaultSettings): string[] {
  const none = quiet();
  return [
    ...(api.fault ? [`Calls of ${api.path}: ${API_FAULTS[api.fault]}`] : []),
    ...(api.limit ? [`${RATE_LIMITS[api.limit]} calls a minute`] : []),
    ...describeNumbers(API_NUMBERS, api, none.api),
    ...(webhooks.hold ? ["All webhooks are held"] : []),
    ...describeNumbers(WEBHOOK_NUMBERS, webhooks, none.webhooks),
  ];
}

function readNumbers(form: URLSearchParams, part: string, fields: typeof API_NUMBERS): object {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, [, kind]]) => {
      const text = form.get(`${part}.${name}`)?.trim() ?? "";
      if (text === "") return [];
      return [[name, kind === "percent" ? Number(text) / 100 : Number(text)]];
    }),
  );
}

/** What the form says, as `PUT /_emulator/faults` takes it. */
export function readFaultForm(form: URLSearchParams): object {
  return {
    seed: form.get("seed") || 1,
    api: {
      ...readNumbers(form, "api", API_NUMBERS),
      path: form.get("api.path") || "/v1",
      fault: form.get("api.fault") || null,
      limit: form.get("api.limit") || null,
    },
    webhooks: {
      ...readNumbers(form, "webhooks", WEBHOOK_NUMBERS),
      hold: form.get("webhooks.hold") === "true",
    },
  };
}
