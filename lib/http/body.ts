const limitBytes = 1024 * 1024;

/** A request's body is over one megabyte. */
export class BodyTooLargeError extends Error {
  override name = "BodyTooLargeError";
}

/**
 * The request's body as text, of at most 1 MiB.
 *
 * @throws {BodyTooLargeError} as soon as more than that has come in, whatever the headers claimed.
 */
export async function readBody(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes)
    throw new BodyTooLargeError();
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limitBytes) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
