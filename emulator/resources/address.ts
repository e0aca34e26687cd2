import type { models } from "@polar-sh/sdk/2026-10";
import { nullish, object, type Schema, string } from "../http/schema.ts";
import { country } from "./countries.ts";

const line = nullish(string());

const fields = object({
  line1: line,
  line2: line,
  postal_code: line,
  city: line,
  state: line,
  country,
});

const STATES: Record<string, string> = {
  US: "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC",
  CA: "AB BC MB NB NL NS NT NU ON PE QC SK YT",
};

/** A state as Polar keeps it: in the United States and Canada with its country before it; null for none. */
function stateOf(country: string, state: string): string | null {
  const states = Object.hasOwn(STATES, country) ? STATES[country]?.split(" ") : undefined;
  if (!states) return state;
  const short = state.startsWith(`${country}-`) ? state.slice(country.length + 1) : state;
  return states.includes(short) ? `${country}-${short}` : null;
}

/** A postal address; only its country is required. */
export const address: Schema<models.Address> = {
  read(value, loc, issues) {
    const read = fields.read(value, loc, issues);
    const state = read.state ? stateOf(read.country, read.state) : null;
    if (read.state && state === null)
      issues.push({
        type: "value_error",
        loc,
        msg: `Value error, Invalid ${read.country} ${read.country === "US" ? "state" : "subdivision"}`,
        input: value,
      });
    return {
      line1: read.line1 ?? null,
      line2: read.line2 ?? null,
      postal_code: read.postal_code ?? null,
      city: read.city ?? null,
      state,
      country: read.country,
    };
  },
};
