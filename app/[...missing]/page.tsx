import { notFound } from "next/navigation";
import { connection } from "next/server";

/**
 * Takes every address that no other route has. Without it Next serves a prerendered page there, whose
 * inline scripts have no nonce, so that the Content-Security-Policy stops them.
 */
export default async function MissingPage() {
  await connection();
  notFound();
}
