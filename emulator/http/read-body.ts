import type { IncomingMessage } from "node:http";
import { ApiError, invalidRequest } from "./errors.ts";

const LARGEST_BODY = 5 * 1024 * 1024;

/**
 * Reads a request's body as text. One that is too large is read to its end all the same, and thrown away: an answer to
 * who is still sending is lost with the connection.
 *
 * @throws ApiError 413 when it is larger than 5 MB.
 */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= LARGEST_BODY) chunks.push(chunk);
  }
  if (size > LARGEST_BODY)
    throw new ApiError(413, {
      error: "PayloadTooLarge",
      detail: "The body is larger than 5 MB.",
    });
  return Buffer.concat(chunks).toString("utf8");
}

/** No honest request nests deeper, and what reads it may recurse. */
const DEEPEST = 100;

function isDeeperThan(value: unknown, levels: number): boolean {
  let row: unknown[] = [value];
  for (let level = 0; row.length > 0; level += 1) {
    if (level > levels) return true;
    row = row.flatMap((each) =>
      typeof each === "object" && each !== null ? Object.values(each) : [],
    );
  }
  return false;
}

function invalidJson(message: string): ApiError {
  return invalidRequest([
    { type: "json_invalid", loc: ["body", 0], msg: `JSON decode error: ${message}`, input: {} },
  ]);
}

/** `application/json`, or a kind of it such as `application/problem+json`. */
const JSON_TYPE = /^\s*application\/([^;\s]+\+)?json\s*(;|$)/i;

/**
 * Reads a body as FastAPI does: as JSON only where the request says that it is, else as the text that it
 * is, which no call takes. Nothing at all is undefined.
 */
export function readBody(request: IncomingMessage, text: string): unknown {
  if (text === "") return undefined;
  return JSON_TYPE.test(request.headers["content-type"] ?? "") ? parseJson(text) : text;
}

/** Reads JSON; nothing at all is undefined. @throws ApiError 422, as FastAPI words it. */
export function parseJson(text: string): unknown {
  if (text.trim() === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalidJson(error instanceof Error ? error.message : String(error));
  }
  if (isDeeperThan(value, DEEPEST)) throw invalidJson(`nested deeper than ${DEEPEST} levels`);
  return value;
}
