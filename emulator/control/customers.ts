import { readCard } from "../engine/cards.ts";
import { invalidValue, notFound } from "../http/errors.ts";
import type { Routes } from "../http/router.ts";
import { object, parse, string } from "../http/schema.ts";
import type { CardDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/**
 * Puts a card on file by its number alone, as if the customer had changed it.
 *
 * @throws ApiError 404 for an unknown customer, 422 for a number that no card has.
 */
export function setCard(world: World, customerId: string | undefined, digits: string): CardDoc {
  const customer = world.customers.get(customerId);
  if (!customer) throw notFound();
  const read = readCard({ number: digits, expiry: "12/40", cvc: "123" }, { year: 2026, month: 1 });
  if ("errors" in read) throw invalidValue(["body", "number"], "Invalid card number.", digits);
  const { card } = read;
  world.store.transaction(() => world.customers.patch(customer.id, { card }));
  return card;
}

/** What can be done to customers beside the API. */
export function customerControlRoutes(world: World): Routes {
  return {
    "PUT /_emulator/customers/{id}/card": ({ params, body }) => {
      const { number } = parse(object({ number: string() }), body);
      const { brand, last4 } = setCard(world, params.id, number);
      return { brand, last4 };
    },
  };
}
