import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { apiDocument } from "@/app/(product)/_api/document";
import { DELETE as nowhere } from "@/app/(product)/api/v1/[...path]/route";
import { POST as postDocument } from "@/app/(product)/api/v1/openapi.json/route";
import { POST as makeCode } from "@/app/(product)/api/v1/qr/route";
import { closeDb, db } from "@/db/client";
import { countRequest } from "@/lib/api/quota";
import { createApiKey } from "@/lib/api-keys";
import { meter, planOf } from "@/lib/billing/catalog";
import { readEntitlement } from "@/lib/billing/entitlements";
import { spend } from "@/lib/usage";
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
  await expectDocumented(failed);
});

const document = apiDocument("http://localhost");

/** A real answer has the type, the headers and the fields that the document says it has. */
async function expectDocumented(answer: Response): Promise<void> {
  const described = document.paths?.["/qr"]?.post?.responses?.[String(answer.status)];
  if (!described || !("content" in described)) throw new Error(`${answer.status} is not described`);
  const type = answer.headers.get("content-type") ?? "";
  expect(Object.keys(described.content ?? {})).toContain(type);
  for (const [name, header] of Object.entries<object>(described.headers ?? {}))
    if ("required" in header && header.required)
      expect(answer.headers.get(name), `${answer.status} ${name}`).not.toBeNull();
  if (type === "application/problem+json") await expectProblem(answer);
}

async function expectProblem(answer: Response): Promise<void> {
  const problem = z.fromJSONSchema(document.components?.schemas?.Problem as never);
  expect(problem.safeParse(await answer.json()).error).toBeUndefined();
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
}

test("real answers are as the document describes them", async () => {
  const { id, make } = await caller();
  const answers = [
    await make(text("x")),
    await make(text("")),
    await make('{"text":"\\ud800"}'),
    await make(JSON.stringify({ text: "x", format: "svg" })),
    await make("x".repeat(1_100_000)),
    await makeCode(new NextRequest("http://localhost/api/v1/qr", { method: "POST", body: "{}" })),
  ];
  const { remaining } = await spend(id, meter.event, { units: 1 }, { idempotencyKey: "x" });
  await spend(id, meter.event, { units: remaining }, { idempotencyKey: "y" });
  answers.push(await make(text("x")));
  const entitlement = await readEntitlement(db(), id);
  await Promise.all(Array.from({ length: limit }, () => countRequest(id, entitlement)));
  answers.push(await make(text("x")));
  expect(new Set(answers.map(({ status }) => status))).toEqual(
    new Set([200, 401, 402, 403, 413, 422, 429]),
  );
  for (const answer of answers) await expectDocumented(answer);
});

test("an address that there is not, and a method, are refused as problems too", async () => {
  for (const [answer, status] of [
    [nowhere(), 404],
    [postDocument(), 405],
  ] as const) {
    expect(answer.status).toBe(status);
    await expectProblem(answer);
  }
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
