import type { models } from "@polar-sh/sdk/2026-10";
import { nullish, object, type Schema, string } from "../http/schema.ts";

const line = nullish(string());

const fields = object({
  line1: line,
  line2: line,
  postal_code: line,
  city: line,
  state: line,
  country: string({ pattern: /^[A-Z]{2}$/ }),
});

/** A postal address; only its country is required. */
export const address: Schema<models.Address> = {
  read(value, loc, issues) {
    const read = fields.read(value, loc, issues);
    return {
      line1: read.line1 ?? null,
      line2: read.line2 ?? null,
      postal_code: read.postal_code ?? null,
      city: read.city ?? null,
      state: read.state ?? null,
      country: read.country as models.CountryAlpha2,
    };
  },
};
