/** What a key may be allowed to do. Plain data: the browser reads it too. */
export const scopes = {
  "qr:write": "Make codes",
  "usage:read": "Read usage",
} as const;

export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as Scope[];

export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopes, text);
}
