import { z } from "zod";
import { createDocument } from "zod-openapi";
import { site } from "@/components/brand/site";
import {
  type ApiDocument,
  apiKeySecurity,
  commonProblems,
  problemResponses,
  rateLimitFields,
} from "@/lib/api/openapi";
import { codeSchema } from "../_qr/schema";
import { qrSamples, usageSamples } from "./samples";
import { usageSchema } from "./usage";

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .optional()
  .meta({
    description:
      "Names this piece of work, such as an order's number. Sent again with the same key, the same request is counted once.",
    example: "order-1042",
  });

const codeHeaders = rateLimitFields.extend({
  "x-codes-remaining": z
    .int()
    .meta({ description: "Codes that remain in this period.", example: 4999 }),
});

const image = { schema: z.string().meta({ format: "binary" }) };

/** The API as an OpenAPI 3.1 document, made from the schemas that the routes check by. */
export function apiDocument(origin: string): ApiDocument {
  return createDocument({
    openapi: "3.1.1",
    info: {
      title: `${site.name} API`,
      version: "1",
      description:
        "Make QR codes from your own programs. Errors are `Problem`s, also where there is no such address (404) or it has no such method (405).",
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ apiKey: [] }],
    components: { securitySchemes: apiKeySecurity },
    paths: {
      "/qr": {
        post: {
          operationId: "createQrCode",
          summary: "Make a code",
          description:
            "Answers with the image. A code counts when it was made; an answer that is an error counts nothing. Scope `qr:write`.",
          requestParams: { header: z.object({ "idempotency-key": idempotencyKey }) },
          requestBody: { required: true, content: { "application/json": { schema: codeSchema } } },
          responses: {
            "200": {
              description: "The code.",
              headers: codeHeaders,
              content: { "image/png": image, "image/svg+xml": image },
            },
            ...problemResponses(
              ...commonProblems,
              "insufficient_credits",
              "payment_overdue",
              "spending_cap_reached",
              "feature_missing",
              "invalid_request",
              "idempotency_key_reused",
              "too_large",
            ),
          },
          "x-codeSamples": qrSamples(origin),
        },
      },
      "/usage": {
        get: {
          operationId: "getUsage",
          summary: "Read this period's usage",
          description: "What was used, and what remains. Scope `usage:read`.",
          responses: {
            "200": {
              description: "The usage.",
              headers: rateLimitFields,
              content: { "application/json": { schema: usageSchema } },
            },
            ...problemResponses(...commonProblems),
          },
          "x-codeSamples": usageSamples(origin),
        },
      },
    },
  });
}
