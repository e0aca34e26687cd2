const patterns: readonly [RegExp, string][] = [
  [/[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g, "[email]"],
  [/\b(?:polar|whsec)_[A-Za-z0-9_+/=-]{8,}/g, "[secret]"],
  [/\bBearer\s+[A-Za-z0-9._~+/=-]+/gi, "Bearer [secret]"],
  [/([?&](?:token|customer_session_token|code|state)=)[^&\s"']+/gi, "$1[secret]"],
  [/\b((?:postgres(?:ql)?|smtps?|redis):\/\/)[^\s/@"']*@/gi, "$1[secret]@"],
];

/** The text with e-mail addresses, tokens, signing secrets and passwords in addresses taken out. */
export function scrub(text: string): string {
  return patterns.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    text,
  );
}
