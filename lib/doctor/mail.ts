import "server-only";
import { resolveTxt } from "node:dns/promises";
import { verifyMailServer } from "@/lib/email/verify";
import { type Check, type Doctor, unlessLocal } from "./doctor";
import { type Finding, fail, ok, together, warn } from "./finding";
import { reasonOf, within } from "./within";

/** Domains that are nobody's (RFC 2606). */
const isReserved = (domain: string) =>
  /(^|\.)(example|test|invalid|localhost|example\.(com|net|org))$/.test(domain);

const lookupMs = 3_000;
const hasNone = new Set(["ENOTFOUND", "ENODATA"]);

/** Whether a TXT record begins so; null when DNS cannot be asked. */
async function hasRecord(name: string, beginning: string): Promise<boolean | null> {
  try {
    const records = await within(lookupMs, resolveTxt(name));
    return records.some((parts) => parts.join("").toLowerCase().startsWith(beginning));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return hasNone.has(code) ? false : null;
  }
}

async function records(domain: string): Promise<Finding> {
  const [spf, dmarc] = await Promise.all([
    hasRecord(domain, "v=spf1"),
    hasRecord(`_dmarc.${domain}`, "v=dmarc1"),
  ]);
  const missing = [...(spf === false ? ["SPF"] : []), ...(dmarc === false ? ["DMARC"] : [])];
  if (missing.length > 0)
    return warn(
      `${domain} has no ${missing.join(" and no ")} record: mail from it may end as spam.`,
      "Publish the records that your mail provider names.",
    );
  return spf && dmarc
    ? ok(`${domain} has SPF and DMARC records.`)
    : ok(`DNS could not be asked for the SPF and DMARC records of ${domain}.`);
}

async function sender(doctor: Doctor): Promise<Finding[]> {
  const { EMAIL_FROM, APP_URL } = doctor.env;
  const domain = /@([^\s@<>]+)>?\s*$/.exec(EMAIL_FROM)?.[1]?.toLowerCase();
  const todo = 'Set EMAIL_FROM to an address of your own, such as "Northstar <hello@example.com>".';
  if (!domain) return [fail("EMAIL_FROM holds no address.", todo)];
  if (isReserved(domain))
    return [unlessLocal(doctor, `EMAIL_FROM is of ${domain}, a domain of nobody's.`, todo)];
  const { hostname } = new URL(APP_URL);
  const isOurs =
    hostname === domain || hostname.endsWith(`.${domain}`) || domain.endsWith(`.${hostname}`);
  const from = ok(`Mail comes from ${domain}${isOurs ? "" : `, the app is at ${hostname}`}.`);
  return [from, ...(doctor.env.POLAR_ENVIRONMENT === "local" ? [] : [await records(domain)])];
}

async function server({ env }: Doctor): Promise<Finding> {
  try {
    await verifyMailServer(env.SMTP_URL);
    return ok("The mail server takes mail from us.");
  } catch (error) {
    return fail(`The mail server does not take mail: ${reasonOf(error)}`, "Correct SMTP_URL.");
  }
}

export const email: Check = async (doctor) =>
  together([...(await Promise.all([server(doctor), sender(doctor)])).flat()]);
