import { setTaxRates, taxRates } from "../engine/tax.ts";
import { invalidRequest } from "../http/errors.ts";
import type { Routes } from "../http/router.ts";
import { isRecord, number, parse } from "../http/schema.ts";

const percent = number({ min: 0, max: 100 });

/** The tax rates of the local Polar: percent by country of the payer, such as `{ "DE": 19 }`. */
export const taxRoutes: Routes = {
  "GET /_emulator/taxes": ({ world }) => taxRates(world),
  "PUT /_emulator/taxes": ({ world, body }) => {
    const given = isRecord(body) ? body : {};
    const unknown = Object.keys(given).filter((country) => !/^[A-Z]{2}$/.test(country));
    if (unknown.length > 0)
      throw invalidRequest(
        unknown.map((country) => ({
          type: "string_pattern_mismatch",
          loc: ["body", country],
          msg: "A country is two capital letters, such as DE",
          input: country,
        })),
      );
    const rates = Object.fromEntries(
      Object.entries(given).map(([country, rate]) => [
        country,
        parse(percent, rate, ["body", country]),
      ]),
    );
    world.store.transaction(() => setTaxRates(world, rates));
    return taxRates(world);
  },
};
