const quietMs = 60_000;

/** What says something at most once a minute, however often it is asked to. */
export function seldom<Arguments extends unknown[]>(
  say: (...given: Arguments) => void,
): (...given: Arguments) => void {
  let quietUntil = 0;
  return (...given) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + quietMs;
    say(...given);
  };
}
