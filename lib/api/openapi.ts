import { z } from "zod";
import type { createDocument, ZodOpenApiResponsesObject } from "zod-openapi";
import { type ApiProblem, apiProblems } from "./problems";

export type ApiDocument = ReturnType<typeof createDocument>;

/** An error of the API, as RFC 9457 has it. */
const problemSchema = z
  .object({
    type: z.url().meta({ description: "Where this error is described." }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "What happened, for people." }),
    code: z
      .enum(Object.keys(apiProblems) as [ApiProblem, ...ApiProblem[]])
      .meta({ description: "The error's stable name, for programs." }),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "Which fields of the body are wrong." }),
    action: z
      .object({ label: z.string(), href: z.url() })
      .optional()
      .meta({ description: "The way out, for people." }),
  })
  .meta({ id: "Problem", description: "An error (RFC 9457)." });

/** What the answers to a known caller say of its rate limit. */
export const rateLimitFields = z.object({
  "ratelimit-policy": z.string().meta({
    description: "The limit: `q` requests in `w` seconds, over all keys of a workspace.",
    example: '"api";q=600;w=60',
  }),
  ratelimit: z.string().meta({
    description: "What is left: `r` requests for the next `t` seconds.",
    example: '"api";r=599;t=60',
  }),
});

const retryAfter = z.object({
  "retry-after": z.int().meta({ description: "Seconds to wait.", example: 12 }),
});

const challenge = z.object({
  "www-authenticate": z.string().meta({
    description: "How to prove who calls; with `error` where a key came that does not work.",
    example: 'Bearer error="invalid_token"',
  }),
});

/** The headers of an answer to what went wrong. Where nothing could be counted, a 503 has no limits to tell. */
function headersOf(status: number): z.ZodObject {
  if (status === 401) return challenge;
  if (status === 429) return rateLimitFields.extend(retryAfter.shape);
  return status === 503 ? rateLimitFields.partial().extend(retryAfter.shape) : rateLimitFields;
}

/** The answers to what can go wrong, by status. */
export function problemResponses(...names: readonly ApiProblem[]): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(names, (name) => apiProblems[name][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      String(status),
      {
        description: `${of.map((name) => `\`${name}\`: ${apiProblems[name][1]}`).join("; ")}.`,
        content: { "application/problem+json": { schema: problemSchema } },
        headers: headersOf(status),
      },
    ]),
  ) as ZodOpenApiResponsesObject;
}

/** What every operation can answer that goes wrong before it is looked at. */
export const commonProblems: readonly ApiProblem[] = [
  "unauthenticated",
  "insufficient_scope",
  "rate_limited",
  "unavailable",
];

export const apiKeySecurity = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    description:
      "Every call carries an API key: `Authorization: Bearer nsk_…`. Keep it on a server: whoever has it spends your credits.",
  },
} as const;
