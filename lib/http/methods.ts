import { problem } from "./problem";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];

/** 405 in words: this address answers only to the `allowed` methods. */
export function methodNotAllowed(...allowed: readonly string[]): Response {
  return problem(
    405,
    {
      code: "method_not_allowed",
      message: `This address answers ${allowed.join(" and ")} only.`,
    },
    { allow: allowed.join(", ") },
  );
}

/**
 * Handlers for every method that a route does not have, which say so: 405 with `Allow` and a plain message.
 * A route exports them beside its own: `export const { GET, PUT, PATCH, DELETE } = allowOnly("POST")`.
 */
export function allowOnly(...allowed: readonly Method[]): Record<Method, () => Response> {
  const refuse = () => methodNotAllowed(...allowed);
  return Object.fromEntries(methods.map((method) => [method, refuse])) as Record<
    Method,
    () => Response
  >;
}
