const CODES = "AU BR CA CH DE ES FR GB IE IN IT JP NL SE US".split(" ");
const NAMES = new Intl.DisplayNames("en", { type: "region" });

/** Countries to choose from by name, as pairs of code and name; `chosen` is always among them. */
export function countries(chosen: string): [code: string, name: string][] {
  const codes = /^[A-Z]{2}$/.test(chosen) ? new Set([...CODES, chosen]) : CODES;
  return Array.from(codes, (code): [string, string] => [code, NAMES.of(code) ?? code]).sort(
    ([, one], [, other]) => one.localeCompare(other, "en"),
  );
}
