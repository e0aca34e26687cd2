/**
 * A number from 0 to 1 for a seed and for what it is drawn, such as the name of a fault and the number of a
 * call. The same of both give the same number, whatever else was drawn before: so a failing run can be
 * repeated although its timing differs.
 */
export function draw(seed: number, ...subject: (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of subject.join("\n"))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  let mixed = (hash + 0x6d2b79f5) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
