import type { models } from "@polar-sh/sdk/2026-10";
import { nullish, object, type Schema, string } from "../http/schema.ts";

const line = nullish(string());

/** A country by its two letters (ISO 3166-1 alpha-2). */
export const country: Schema<models.CountryAlpha2> = {
  read: (value, loc, issues) =>
    string({ pattern: /^[A-Z]{2}$/ }).read(value, loc, issues) as models.CountryAlpha2,
};

const fields = object({
  line1: line,
  line2: line,
  postal_code: line,
  city: line,
  state: line,
  country,
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
      country: read.country,
    };
  },
};
