const windowMs = 60_000;

/** The error's kind and where it was thrown: what stays the same when it comes again. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 200);
  const place = error.stack?.split("\n").find((line) => /^\s*at /.test(line));
  return `${error.name} ${place ?? error.message.slice(0, 200)}`;
}

/**
 * What lets through so many errors a minute, and of one kind so many, so that a storm of them neither costs a fortune nor
 * hides what else happens.
 */
export function stormLimit(limits: { each: number; all: number }): (error: unknown) => boolean {
  const counts = new Map<string, number>();
  let total = 0;
  let endsAt = 0;
  return (error) => {
    if (Date.now() >= endsAt) {
      counts.clear();
      total = 0;
      endsAt = Date.now() + windowMs;
    }
    const kind = kindOf(error);
    const seen = counts.get(kind) ?? 0;
    if (total >= limits.all || seen >= limits.each) return false;
    counts.set(kind, seen + 1);
    total++;
    return true;
  };
}
