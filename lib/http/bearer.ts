/** What an `Authorization: Bearer` header carries; null for any other header, or none. */
export function bearerOf(authorization: string | null | undefined): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? null;
}
