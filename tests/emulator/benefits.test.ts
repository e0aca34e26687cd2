import type { models } from "@polar-sh/sdk/2026-10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PolarLife, polarLife } from "../support/polar-life";

let life: PolarLife;
beforeAll(async () => {
  life = await polarLife();
});
afterAll(() => life.close());

const FILE = "11111111-1111-4111-8111-111111111111";
const inert: models.BenefitCreate[] = [
  {
    type: "discord",
    description: "The server",
    properties: { guild_id: "1", role_id: "2", kick_member: true },
  },
  {
    type: "github_repository",
    description: "The source",
    properties: { repository_owner: "acme", repository_name: "app", permission: "pull" },
  },
  { type: "downloadables", description: "The files", properties: { files: [FILE] } },
  {
    type: "slack_shared_channel",
    description: "The channel",
    properties: { slack_integration_id: FILE, channel_name_template: "with-{customer_name}" },
  },
];

test("every kind of benefit is kept, shown and granted with its properties", async () => {
  life.take();
  const made = [];
  for (const wanted of inert) made.push(await life.polar.benefits.create(wanted));
  await life.settle();
  expect(life.events()).toEqual(inert.map(() => "benefit.created"));
  expect(made.map(({ properties }) => properties)).toEqual([
    { guild_id: "1", role_id: "2", kick_member: true },
    { repository_owner: "acme", repository_name: "app", permission: "pull" },
    { files: [FILE], archived: {} },
    {
      slack_integration_id: FILE,
      channel_name_template: "with-{customer_name}",
      private: true,
      welcome_message: null,
      archive_on_revoke: true,
      team_invitees: [],
    },
  ]);
  for (const benefit of made)
    expect(benefit).toMatchObject({ visibility: "public", visibility_configurable: false });
  const price = { amount_type: "fixed" as const, price_amount: 500 };
  const product = await life.polar.products.create({ name: "All", prices: [price] });
  await life.polar.products.updateBenefits(product.id, { benefits: made.map(({ id }) => id) });
  const { customer } = await life.buy(product, "holds-all");
  const grants = await life.polar.benefitGrants.list({ customer_id: customer.id });
  expect(grants.items.map(({ benefit, is_granted }) => [benefit.type, is_granted]).sort()).toEqual(
    inert.map(({ type }) => [type, true]).sort(),
  );
});

test("lists of benefits and grants know every filter and order of the SDK", async () => {
  const { benefits, benefitGrants } = life.polar;
  const [discord, github] = (
    await benefits.list({ sorting: ["created_at"], type: ["discord"] })
  ).items.concat((await benefits.list({ type: "github_repository" })).items);
  if (!discord || !github) throw new Error("the benefits are missing");
  const ids = async (query: Parameters<typeof benefits.list>[0]) =>
    (await benefits.list({ ...query, limit: 100 })).items.map(({ id }) => id);
  expect(await ids({ query: "SOURCE" })).toEqual([github.id]);
  expect(await ids({ exclude_id: [discord.id] })).not.toContain(discord.id);
  expect(await ids({ organization_id: FILE })).toEqual([]);
  const asked = [github.id, discord.id];
  expect(await ids({ id: asked, sorting: ["user_order"] })).toEqual(asked);
  expect(await ids({ id: asked, sorting: ["-user_order"] })).toEqual(asked.toReversed());
  expect(await ids({ id: asked, sorting: ["description"] })).toEqual([discord.id, github.id]);

  const { customer } = await life.buy(life.products.plan, "filters");
  const mine = { external_customer_id: "filters" };
  expect((await benefitGrants.list({ ...mine, is_granted: true })).items).toHaveLength(2);
  expect((await benefitGrants.list({ ...mine, is_granted: false })).items).toEqual([]);
  expect((await benefitGrants.list({ ...mine, organization_id: FILE })).items).toEqual([]);
  const [first] = (await benefitGrants.list({ ...mine, sorting: ["granted_at"] })).items;
  const grants = await benefits.grants(first?.benefit_id ?? "", { customer_id: customer.id });
  expect(grants.items.map(({ id }) => id)).toEqual([first?.id]);
  await expect(benefits.list({ sorting: ["nonsense" as "type"] })).rejects.toMatchObject({
    statusCode: 422,
  });
});

test("a feature flag is private unless it is said to be public", async () => {
  const flag = await life.polar.benefits.create({
    type: "feature_flag",
    description: "Hidden",
    properties: {},
  });
  expect(flag.visibility).toBe("private");
  const shown = await life.polar.benefits.update(flag.id, {
    type: "feature_flag",
    visibility: "public",
  });
  expect(shown).toMatchObject({ visibility: "public", description: "Hidden" });
  const hidden = life.polar.benefits.create({
    type: "discord",
    description: "The server",
    visibility: "private",
    properties: { guild_id: "1", role_id: "2", kick_member: true },
  });
  await expect(hidden).rejects.toMatchObject({ statusCode: 422 });
  const other = life.polar.benefits.update(flag.id, { type: "custom" });
  await expect(other).rejects.toMatchObject({ statusCode: 422 });
});

test("keys that would last too long, and unknown kinds, are 422 with the place of the fault", async () => {
  const create = async (body: unknown) => {
    const response = await fetch(`${life.emulator.url}/v1/benefits/`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${life.emulator.accessToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(422);
    const { detail } = (await response.json()) as { detail: { loc: unknown[]; type: string }[] };
    return detail.map(({ loc, type }) => [loc.join("."), type]);
  };
  const expires = { ttl: 458, timeframe: "year" };
  const body = { type: "license_keys", description: "Long", properties: { expires } };
  expect(await create(body)).toEqual([["body.properties.expires", "value_error"]]);
  expect(await create({ type: "ads", description: "x" })).toContainEqual([
    "body",
    "union_tag_invalid",
  ]);
  expect(await create({ type: "discord", description: "No properties" })).toEqual([
    ["body.properties", "missing"],
  ]);
});
