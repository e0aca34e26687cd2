import { type CardErrors, readCard } from "../engine/cards.ts";
import type { CardDoc } from "../store/documents.ts";
import type { World } from "../world.ts";

/** Reads the card of a form; `null` when the form asks for none. */
export function cardFromForm(
  world: World,
  form: URLSearchParams,
): { card: CardDoc | null } | { errors: CardErrors } {
  if (!form.has("card_number")) return { card: null };
  const now = world.clock.now();
  return readCard(
    {
      number: form.get("card_number") ?? "",
      expiry: form.get("card_expiry") ?? "",
      cvc: form.get("card_cvc") ?? "",
    },
    { year: Number(now.slice(0, 4)), month: Number(now.slice(5, 7)) },
  );
}
