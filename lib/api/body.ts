import "server-only";
import type { z } from "zod";
import { readBody } from "@/lib/http/body";
import { apiProblem } from "./problem";

/**
 * The request's JSON body as `schema` reads it, with its text; or the answer that says what is wrong, field
 * by field.
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<{ data: z.output<Schema>; text: string } | Response> {
  const text = await readBody(request);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return apiProblem("invalid_request", "The body is not JSON.");
  }
  const result = schema.safeParse(json);
  if (result.success) return { data: result.data, text };
  const errors = result.error.issues.map(({ path, message }) => ({
    field: path.join("."),
    message,
  }));
  return apiProblem("invalid_request", "The body has fields that are not right.", { errors });
}
