function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** What many phone cameras fail on, in one sentence; `null` when the pair is fine. */
export function scanWarning(foreground: string, background: string): string | null {
  const dark = luminance(foreground);
  const light = luminance(background);
  if (dark > light) return "Light on dark: many scanners can't read an inverted code.";
  if ((light + 0.05) / (dark + 0.05) < 4) {
    return "These colors are close together: the code may not scan in poor light.";
  }
  return null;
}
