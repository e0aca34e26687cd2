type Patterns = readonly (readonly [RegExp, string])[];

const addresses = [
  /[A-Za-z0-9._%+-]+(?:@|%40)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g,
  "[email]",
] as const;
const secrets: Patterns = [
  [/\bwhsec_[A-Za-z0-9_+/=-]{8,}/g, "[secret]"],
  // A kind of two or three letters and a secret, or anything random; our columns are lower-case words.
  [/\bpolar_(?:[a-z]{1,3}_[A-Za-z0-9+/-]{8}|[a-z_-]*[A-Z0-9])[A-Za-z0-9_+/=-]*/g, "[secret]"],
  [/\b(nsk_[a-f0-9]{16}_)[A-Za-z0-9_-]+/g, "$1[secret]"],
  [/\bBearer\s+[A-Za-z0-9._~+/=-]+/gi, "Bearer [secret]"],
  [/([?&](?:token|customer_session_token|code|state)=)[^&\s"']+/gi, "$1[secret]"],
  [/\b((?:postgres(?:ql)?|smtps?|redis):\/\/)[^\s/@"']*@/gi, "$1[secret]@"],
];

const without = (text: string, patterns: Patterns): string =>
  patterns.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);

/** The text with tokens, signing secrets and passwords in addresses taken out. */
export function scrubSecrets(text: string): string {
  return without(text, secrets);
}

/** The same with e-mail addresses taken out, too. */
export function scrub(text: string): string {
  return without(text, [addresses, ...secrets]);
}
