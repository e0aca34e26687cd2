/** The digest is what the server's log has of this error too. */
export function errorReference(error: unknown): string | undefined {
  return error instanceof Error && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : undefined;
}
