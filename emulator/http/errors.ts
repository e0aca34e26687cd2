import type { models } from "@polar-sh/sdk/2026-10";

/** One entry of a 422, as FastAPI and Pydantic write them. */
export type Issue = models.ValidationError;

/** An answer other than success: thrown anywhere, sent by the server, with everything undone. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(typeof body === "string" ? body : JSON.stringify(body));
    this.name = "ApiError";
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** An error of Polar's own, `{ error, detail }`. */
export function polarError(status: number, error: string, detail: string): ApiError {
  return new ApiError(status, { error, detail });
}

export function notFound(): ApiError {
  return polarError(404, "ResourceNotFound", "Not found");
}

/** The shape and type errors of a request. */
export function invalidRequest(issues: Issue[]): ApiError {
  return new ApiError(422, { error: "RequestValidationError", detail: issues });
}

/** An error of the values against what is stored, for example a product that does not exist. */
export function invalidValue(
  loc: (string | number)[],
  msg: string,
  input: unknown,
  type = "value_error",
): ApiError {
  return new ApiError(422, {
    error: "PolarRequestValidationError",
    detail: [{ type, loc, msg, input }],
  });
}

/** Several errors of that kind at once. */
export function invalidValues(issues: Issue[]): ApiError {
  return new ApiError(422, { error: "PolarRequestValidationError", detail: issues });
}

/** What this emulator does not do says so, and never pretends. */
export function notEmulated(what: string): ApiError {
  return polarError(501, "NotImplemented", `The local Polar does not emulate ${what}.`);
}

export function invalidToken(): ApiError {
  return new ApiError(
    401,
    {
      error: "invalid_token",
      error_description:
        "The access token provided is expired, revoked, malformed, or invalid for other reasons.",
    },
    { "www-authenticate": 'Bearer realm="polar", error="invalid_token"' },
  );
}

/** A call without a token, or with one that is good for other calls. */
export function unauthorized(): ApiError {
  return new ApiError(
    401,
    { error: "Unauthorized", detail: "Unauthorized" },
    { "www-authenticate": 'Bearer realm="polar"' },
  );
}
