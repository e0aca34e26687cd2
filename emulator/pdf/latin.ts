/** Letters of the PDF's built-in fonts (WinAnsi) beyond Latin-1. */
const BEYOND_LATIN_1 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/** Letters that no decomposition turns into what they are built on. */
const BASES: Record<string, string> = { ł: "l", Ł: "L", đ: "d", Đ: "D", ı: "i", ħ: "h" };

function isPrintable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (BEYOND_LATIN_1.includes(character)) return true;
  return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff);
}

/**
 * Text as a PDF's built-in fonts can show it: letters they lack lose their accents, and what has no
 * Latin form at all becomes a question mark. No font has to be shipped for it.
 */
export function latin(text: string): string {
  return [...text.normalize("NFC")]
    .map((character) => {
      if (isPrintable(character)) return character;
      const base = BASES[character] ?? character.normalize("NFKD").replace(/\p{M}/gu, "");
      return [...base].every(isPrintable) && base !== "" ? base : "?";
    })
    .join("");
}
