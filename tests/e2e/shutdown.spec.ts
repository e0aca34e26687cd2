import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { startNext, untilReady } from "@/scripts/local/next-server";
import { anyPort } from "@/scripts/local/ports";
import { loadUntilGone } from "../support/load";
import { startSmtp } from "../support/smtp";
import { envelope, signed, subscription } from "../support/webhooks";
import { ownWorld } from "../support/world";

const secret = process.env.POLAR_WEBHOOK_SECRET ?? "";

/** An app with a database, a Polar and a mail server of its own; the environment is left as it was. */
async function stage() {
  const before = { ...process.env };
  const world = await ownWorld();
  const smtp = await startSmtp();
  const port = await anyPort();
  const url = `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    APP_URL: url,
    SMTP_URL: smtp.url,
    LOG_LEVEL: "info",
  };
  Object.assign(process.env, before);
  const app = startNext("start", port, env);
  await untilReady(app, `${url}/api/health/ready`);
  const sql = postgres(env.DATABASE_URL ?? "", { max: 1 });
  return {
    app,
    smtp,
    sql,
    url,
    /** Queues a mail as the app does. */
    async mail(): Promise<string> {
      const id = randomUUID();
      const props = { seed: randomUUID(), returnTo: "/dashboard" };
      await sql`insert into emails (id, key, recipient, template, props)
        values (${id}, ${id}, 'ada@example.com', 'sign-in', ${sql.json(props)})`;
      await sql`select graphile_worker.add_job('send_email',
        json_build_object('emailId', ${id}::text))`;
      return id;
    },
    sent: async () =>
      (await sql`select id from emails where sent_at is not null`).map(({ id }) => id as string),
    async close() {
      await app.stop();
      await sql.end();
      smtp.close();
      await world.close();
    },
  };
}

/** Begins to deliver a webhook. @returns what ends it, with the answer's status. */
async function beginDelivery(url: string): Promise<() => Promise<number | undefined>> {
  const body = envelope("subscription.created", subscription(randomUUID()));
  const delivery = request(`${url}/api/webhooks/polar`, {
    method: "POST",
    headers: { ...signed(body, secret), "content-length": Buffer.byteLength(body) },
  });
  const answered = once(delivery, "response");
  delivery.write(body.slice(0, 10));
  await once(delivery, "socket");
  return async () => {
    delivery.end(body.slice(10));
    const [response] = await answered;
    response.resume();
    return response.statusCode;
  };
}

test("asked to end, the app takes no more jobs, ends the job and the request that run, and exits with 0", async () => {
  const { app, smtp, sql, url, mail, sent, close } = await stage();
  try {
    const called = smtp.hold();
    const running = await mail();
    await called;
    const deliver = await beginDelivery(url);
    const exited = once(app.child, "exit");
    app.child.kill("SIGTERM");
    await expect.poll(() => app.output()).toContain("ends after the jobs");
    const later = await mail();
    // The server still answers while its jobs end.
    expect((await fetch(`${url}/api/health/live`)).status).toBe(200);
    smtp.free();
    await expect.poll(sent).toEqual([running]);
    expect(await deliver()).toBe(202);
    expect(await exited).toEqual([0, null]);
    expect(smtp.taken()).toBe(1);
    expect(await sent()).toEqual([running]);
    const applied = await sql`select status from webhook_inbox`;
    expect(applied.map(({ status }) => status)).toEqual(["applied"]);
    const left = await sql`select payload->>'emailId' as id, locked_by
      from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier = 'send_email'`;
    expect([...left]).toEqual([{ id: later, locked_by: null }]);
  } finally {
    await close();
  }
});

test("asked to end under load, the app answers all that it has begun, keeps what it took, and exits with 0 in time", async () => {
  const { app, sql, url, close } = await stage();
  try {
    const exited = once(app.child, "exit");
    let asked = 0;
    const outcomes = await loadUntilGone(url, secret, 20, (count) => {
      if (count !== 200) return;
      asked = Date.now();
      app.child.kill("SIGTERM");
    });
    expect(await exited).toEqual([0, null]);
    expect(Date.now() - asked).toBeLessThan(25_000);
    const whole = outcomes.filter(({ end }) => end === "whole");
    expect(outcomes.filter(({ end }) => end === "cut")).toEqual([]);
    expect(new Set(whole.map(({ status }) => status))).toEqual(new Set([200, 202]));
    const taken = whole.filter(({ status }) => status === 202).map(({ id }) => id);
    const kept = await sql`select webhook_id as id, status from webhook_inbox`;
    expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(taken));
    expect(kept.filter(({ status }) => status !== "applied")).toEqual([]);
    const codes = outcomes.filter(({ end }) => end === "none").map(({ code }) => code);
    // A connection that was not taken any more, or one that lay idle as its request came.
    expect(codes.filter((code) => code !== "ECONNREFUSED" && code !== "ECONNRESET")).toEqual([]);
  } finally {
    await close();
  }
});
