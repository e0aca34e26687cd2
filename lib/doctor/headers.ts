import "server-only";
import { askApp, type Check, unlessLocal } from "./doctor";
import { type Finding, fail, ok, together } from "./finding";

const todo =
  "Let what stands before the app pass its headers on, and see next.config.mjs and proxy.ts.";

function headerFaults(headers: Headers, isSecure: boolean): string[] {
  const policy = headers.get("content-security-policy") ?? "";
  return [
    ...(policy.includes("default-src") ? [] : ["no Content-Security-Policy"]),
    ...(headers.get("x-content-type-options") === "nosniff" ? [] : ["no X-Content-Type-Options"]),
    ...(isSecure && !headers.has("strict-transport-security")
      ? ["no Strict-Transport-Security"]
      : []),
  ];
}

/** A cookie without what it needs, by its name: its value may be a session. */
function cookieFaults(headers: Headers, isSecure: boolean): string[] {
  return headers.getSetCookie().flatMap((cookie) => {
    const [pair = "", ...attributes] = cookie.split(";").map((part) => part.trim());
    const given = attributes.map((attribute) => attribute.toLowerCase().split("=", 1)[0]);
    const missing = ["httponly", "samesite", ...(isSecure ? ["secure"] : [])].filter(
      (needed) => !given.includes(needed),
    );
    const [name] = pair.split("=", 1);
    return missing.length > 0 ? [`the cookie ${name} without ${missing.join(" and ")}`] : [];
  });
}

/** Asks for what sets cookies: a page with an attribution, and what sign-in begins with. */
export const headers: Check = async (doctor) => {
  const isSecure = doctor.env.APP_URL.startsWith("https:");
  const [page, signIn] = await Promise.all([
    askApp(doctor, "/?utm_source=doctor"),
    askApp(doctor, "/api/auth/csrf"),
  ]);
  const findings: Finding[] = [];
  if (page.status !== 200) findings.push(fail(`The first page answers ${page.status}.`, todo));
  const faults = headerFaults(page.headers, isSecure);
  if (faults.length > 0) findings.push(fail(`The first page has ${faults.join(", ")}.`, todo));
  const cookies = [page, signIn].flatMap((answer) => cookieFaults(answer.headers, isSecure));
  if (cookies.length > 0) findings.push(fail(`The app sets ${cookies.join(", ")}.`, todo));
  if (page.headers.get("content-security-policy")?.includes("'unsafe-eval'"))
    findings.push(
      unlessLocal(
        doctor,
        "The app runs as for development.",
        "Run `npm run build` and `npm start`.",
      ),
    );
  return findings.length > 0
    ? together(findings)
    : ok("The first page and sign-in have the headers and the cookies that they are to have.");
};
