import { problem } from "./problem";

/** What any address under /api answers that nobody has heard of, or that is not for whoever asks. */
export function nowhere(): Response {
  return problem(404, { code: "not_found", message: "There is nothing at this address." });
}
