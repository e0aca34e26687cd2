import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EnvError, parseEnv } from "@/lib/env";
import { loadEnvironment } from "@/scripts/local/environment";
import { keepSettings, readSettings, settle, type Variables } from "@/scripts/local/settings";

const services = {
  APP_URL: "http://localhost:3000",
  DATABASE_URL: "postgres://a:b@127.0.0.1:54320/c",
  SMTP_URL: "smtp://127.0.0.1:1025",
};
const localPolar = { POLAR_API_URL: "http://127.0.0.1:4100" };
let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "northstar-settings-"));
  data = join(folder, ".data");
  mkdirSync(data);
});
afterEach(() => rmSync(folder, { recursive: true }));

function load(target: Variables = {}): Variables {
  loadEnvironment(folder, target);
  return target;
}

describe("a run with the local Polar", () => {
  test("needs nothing set, and an empty variable counts as unset", () => {
    const empty = Object.fromEntries(
      [...Object.keys(services), "POLAR_ENVIRONMENT", "AUTH_SECRET", "EMAIL_FROM"].map((name) => [
        name,
        "",
      ]),
    );
    for (const given of [{}, empty]) {
      const settings = { ...settle(given, services, null), ...localPolar };
      expect(parseEnv({ ...given, ...settings })).toMatchObject({
        ...services,
        POLAR_ENVIRONMENT: "local",
      });
    }
  });

  test("keeps its secrets, and takes what is given before its own", () => {
    const first = settle({ EMAIL_FROM: '"Ada" <ada@example.com>' }, services, null);
    keepSettings(data, first);
    expect(statSync(join(data, "local.env")).mode & 0o777).toBe(0o600);
    expect(readSettings(data)).toEqual(first);
    const next = settle({ APP_URL: "https://given.example" }, services, readSettings(data));
    expect(next).toMatchObject({
      APP_URL: "https://given.example",
      EMAIL_FROM: "Northstar <hello@northstar.example>",
      AUTH_SECRET: first.AUTH_SECRET,
      POLAR_ACCESS_TOKEN: first.POLAR_ACCESS_TOKEN,
      POLAR_WEBHOOK_SECRET: first.POLAR_WEBHOOK_SECRET,
    });
  });

  test("is what the other commands of the clone go by", () => {
    const settings = settle({}, services, null);
    keepSettings(data, settings);
    expect(load()).toEqual(settings);
    expect(load({ POLAR_ENVIRONMENT: "" })).toEqual(settings);
    writeFileSync(join(folder, ".env.local"), "APP_URL=\nEMAIL_FROM=a@example.com\n");
    writeFileSync(join(folder, ".env"), "APP_URL=https://env.example\nEMAIL_FROM=b@example.com\n");
    expect(load()).toMatchObject({
      APP_URL: "https://env.example",
      EMAIL_FROM: "a@example.com",
      DATABASE_URL: services.DATABASE_URL,
    });
  });
});

describe.each(["sandbox", "production"])("a run with Polar's %s", (POLAR_ENVIRONMENT) => {
  test("names the secrets that it is not given, and makes none up", () => {
    const kept = settle({}, services, null);
    const settings = settle({ POLAR_ENVIRONMENT }, services, kept);
    expect(Object.values(settings)).not.toContain(kept.POLAR_ACCESS_TOKEN);
    expect(() => parseEnv(settings)).toThrow(EnvError);
    expect(() => parseEnv(settings)).toThrow(
      /POLAR_ACCESS_TOKEN is missing[\s\S]*POLAR_WEBHOOK_SECRET is missing/,
    );
  });

  test("sends nobody to a local mailbox", () => {
    const given = {
      ...settle({ POLAR_ENVIRONMENT }, services, null),
      POLAR_ACCESS_TOKEN: "real",
      POLAR_WEBHOOK_SECRET: "real",
    };
    expect(parseEnv(given).MAILBOX_URL).toBeUndefined();
    expect(() => parseEnv({ ...given, MAILBOX_URL: "http://127.0.0.1:1080" })).toThrow(
      /MAILBOX_URL is for POLAR_ENVIRONMENT=local alone/,
    );
  });

  test("leaves nothing for the next command, and what a local run left as it was", () => {
    const real = { ...settle({ POLAR_ENVIRONMENT }, services, null), POLAR_ACCESS_TOKEN: "real" };
    keepSettings(data, real);
    expect(existsSync(join(data, "local.env"))).toBe(false);
    const local = settle({}, services, null);
    keepSettings(data, local);
    keepSettings(data, real);
    expect(load()).toEqual(local);
    expect(load({ POLAR_ENVIRONMENT })).toEqual({ POLAR_ENVIRONMENT });
  });

  test("is not gone by, if it left its settings all the same", () => {
    writeFileSync(
      join(data, "local.env"),
      `POLAR_ENVIRONMENT="${POLAR_ENVIRONMENT}"\nPOLAR_ACCESS_TOKEN="real"\n`,
    );
    expect(load()).toEqual({});
    expect(readSettings(data)).toBeNull();
  });
});
