import "server-only";
import { Redis } from "ioredis";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
} from "rate-limiter-flexible";
import { db } from "@/db/client";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";

/** How many calls each caller has in each window of `seconds`. */
export type Quota = { name: string; calls: number; seconds: number };

const holder = globalThis as typeof globalThis & { northstarRedis?: Redis };

/** A Redis that is away is said once, and holds a call up for a moment at most. */
function connect(url: string): Redis {
  const client = new Redis(url, {
    maxRetriesPerRequest: 1,
    connectTimeout: 500,
    commandTimeout: 500,
  });
  let isAway = false;
  client.on("error", (error) => {
    if (!isAway) logger.error({ err: error }, "Redis is away; each process counts by itself");
    isAway = true;
  });
  client.on("ready", () => {
    isAway = false;
  });
  return client;
}

function redis(url: string): Redis {
  holder.northstarRedis ??= connect(url);
  return holder.northstarRedis;
}

/** What the library asks of a client, on our own pool. */
const postgresClient = {
  query: async ({ text, values }: { text: string; values?: unknown[] }) => {
    const rows = await db().$client.unsafe(text, values as never[], { prepare: true });
    return { rows, rowCount: rows.length };
  },
};

/** The counter of a quota: in Redis where `REDIS_URL` is set, else in PostgreSQL. */
export function limiterFor({ name, calls, seconds }: Quota): RateLimiterAbstract {
  const common = { keyPrefix: name, points: calls, duration: seconds };
  const { REDIS_URL } = env();
  if (REDIS_URL)
    return new RateLimiterRedis({
      ...common,
      storeClient: redis(REDIS_URL),
      insuranceLimiter: new RateLimiterMemory(common),
    });
  return new RateLimiterPostgres({
    ...common,
    storeClient: postgresClient,
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    // `purge` does it, once for all processes.
    clearExpiredByTimeout: false,
  });
}

/**
 * Asks the store of the counts, and counts nothing.
 *
 * @param redisUrl REDIS_URL.
 * @returns which it is.
 * @throws when it does not answer, a Redis that is stood in for too.
 */
export async function askStore(redisUrl: string | undefined): Promise<"Redis" | "PostgreSQL"> {
  if (!redisUrl) {
    await limiterFor({ name: "doctor", calls: 1, seconds: 1 }).get("nobody");
    return "PostgreSQL";
  }
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
  });
  // Said by what is asked, too.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.ping();
    return "Redis";
  } finally {
    client.disconnect();
  }
}
