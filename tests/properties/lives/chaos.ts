/** Random choices that a seed repeats. */
export type Chaos = {
  below: (limit: number) => number;
  chance: (share: number) => boolean;
  /** The same items in any order. */
  shuffle: <T>(items: readonly T[]) => T[];
};

export function chaosOf(seed: number): Chaos {
  let state = seed | 0;
  // mulberry32
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit) => Math.floor(draw() * limit),
    chance: (share) => draw() < share,
    shuffle: (items) =>
      items
        .map((item) => ({ item, key: draw() }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item),
  };
}

/** Does `work` for every item, at most `width` at a time. */
export async function spread<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
