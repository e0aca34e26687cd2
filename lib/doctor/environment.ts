import "server-only";
import { deflateRawSync } from "node:zlib";
import { db } from "@/db/client";
import { environmentStamp } from "@/db/schema";
import type { Check, Doctor } from "./doctor";
import { unlessLocal } from "./doctor";
import { type Finding, fail, ok, together, warn } from "./finding";

const isLoopback = (host: string) =>
  /^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\])$|\.(localhost|local)$/.test(host);

/** Random text does not get shorter by being packed; words that are repeated do. */
const isGuessable = (secret: string) =>
  new Set(secret).size < 10 || deflateRawSync(secret).byteLength < 24;

function address(doctor: Doctor): Finding {
  const { protocol, hostname } = new URL(doctor.env.APP_URL);
  const todo = "Set APP_URL to the https address that people open.";
  if (isLoopback(hostname))
    return unlessLocal(doctor, `APP_URL is ${doctor.env.APP_URL}, this machine itself.`, todo);
  if (protocol !== "https:")
    return unlessLocal(doctor, `APP_URL is ${doctor.env.APP_URL}, without https.`, todo);
  return ok(`APP_URL is ${doctor.env.APP_URL}.`);
}

async function stamp({ env, stands }: Doctor): Promise<Finding[]> {
  if (!(await stands("database"))) return [];
  const [found] = await db().select().from(environmentStamp);
  if (!found) return [ok("No app has started on the database yet.")];
  return found.polarEnvironment === env.POLAR_ENVIRONMENT
    ? [ok(`The database is that of POLAR_ENVIRONMENT=${env.POLAR_ENVIRONMENT}.`)]
    : [
        fail(
          `The database belongs to "${found.polarEnvironment}", POLAR_ENVIRONMENT is "${env.POLAR_ENVIRONMENT}".`,
          "Set DATABASE_URL to a database of its own for each environment.",
        ),
      ];
}

/** That the environment is complete was seen before any check. */
export const environment: Check = async (doctor) =>
  together([
    ok("Every variable that is needed is set."),
    address(doctor),
    isGuessable(doctor.env.AUTH_SECRET)
      ? fail(
          "AUTH_SECRET can be guessed: whoever does signs in as anybody.",
          "Make it by `openssl rand -base64 32`.",
        )
      : ok("AUTH_SECRET looks random."),
    ...(process.env.NODE_ENV === "development"
      ? [
          doctor.env.POLAR_ENVIRONMENT === "local"
            ? warn("NODE_ENV is development.", "Run `npm run build` and `npm start`.")
            : fail("NODE_ENV is development.", "Run `npm run build` and `npm start`."),
        ]
      : []),
    ...(await stamp(doctor)),
  ]);
