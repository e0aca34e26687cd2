import { z } from "zod";

const jsonFields = z.record(z.string(), z.string());

function fromJson(body: string): Record<string, string> | null {
  try {
    return jsonFields.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/** The fields in the body of a form, or of a JSON object that holds only texts; null for any other body. */
export function fieldsOf(body: string, contentType: string | null): Record<string, string> | null {
  if (!body) return {};
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  if (type === "application/json") return fromJson(body);
  if (type !== "application/x-www-form-urlencoded") return null;
  return Object.fromEntries(new URLSearchParams(body));
}
