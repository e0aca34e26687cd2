import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { afterAll, expect, test } from "vitest";
import { POST as makeCode } from "@/app/(product)/api/v1/qr/route";
import { closeDb, db } from "@/db/client";
import { countRequest } from "@/lib/api/quota";
import { createApiKey } from "@/lib/api-keys";
import { planOf } from "@/lib/billing/catalog";
import { readEntitlement } from "@/lib/billing/entitlements";
import { person } from "../support/people";

afterAll(closeDb);

const limit = planOf("free").requestsPerMinute;

async function caller() {
  const { id } = await person();
  const key = await createApiKey(
    { workspaceId: id, userId: id },
    { name: "Shop", scopes: ["qr:write"], days: 30 },
  );
  const make = (body: string) =>
    makeCode(
      new NextRequest("http://localhost/api/v1/qr", {
        method: "POST",
        headers: { authorization: `Bearer ${key?.token}` },
        body,
      }),
    );
  return { id, make };
}
const text = (said: string) => JSON.stringify({ text: said });

test("every answer to a known caller says where it stands, also one that failed", async () => {
  const { id, make } = await caller();
  const stands = (response: Response, left: number) => {
    expect(response.headers.get("ratelimit-policy")).toBe(`"api";q=${limit};w=60`);
    expect(response.headers.get("ratelimit")).toMatch(new RegExp(`^"api";r=${left};t=\\d+$`));
  };
  const made = await make(text("https://example.com"));
  expect(made.status).toBe(200);
  stands(made, limit - 1);
  const large = await make("x".repeat(1_100_000));
  expect(large.status).toBe(413);
  stands(large, limit - 2);
  await db().execute(sql`
    create function fail_for_one() returns trigger language plpgsql as
      $$ begin raise exception 'the disk is full'; end $$`);
  await db().execute(
    sql.raw(`create trigger fail_for_one before insert on usage_events for each row
      when (new.workspace_id = '${id}') execute function fail_for_one()`),
  );
  const failed = await make(text(randomUUID()));
  await db().execute(sql`drop trigger fail_for_one on usage_events`);
  await db().execute(sql`drop function fail_for_one`);
  expect(failed.status).toBe(503);
  expect(failed.headers.get("retry-after")).toBe("5");
  stands(failed, limit - 3);
});

test("a workspace's own pages and its keys share one limit", async () => {
  const { id, make } = await caller();
  const entitlement = await readEntitlement(db(), id);
  for (let call = 0; call < limit - 1; call++) await countRequest(id, entitlement);
  expect((await make(text("x"))).status).toBe(200);
  expect((await countRequest(id, entitlement)).allowed).toBe(false);
  const refused = await make(text("x"));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
});
