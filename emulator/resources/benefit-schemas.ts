import {
  array,
  boolean,
  type Infer,
  integer,
  isRecord,
  metadata,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  string,
  tagged,
  uuid,
  withDefault,
} from "../http/schema.ts";
import type { BenefitDoc } from "../store/documents.ts";

type Properties<T extends BenefitDoc["type"]> = Extract<BenefitDoc, { type: T }>["properties"];

const LARGEST = 2_147_483_647;

/** The longest that a key may last, by unit. */
const LONGEST = { year: 457, month: 1200, day: 36_500 };

const expiresFields = object({
  ttl: integer({ min: 1 }),
  timeframe: oneOf("year", "month", "day"),
});
const expires: Schema<Infer<typeof expiresFields>> = {
  read(value, loc, issues) {
    const before = issues.length;
    const read = expiresFields.read(value, loc, issues);
    if (issues.length === before && read.ttl > LONGEST[read.timeframe])
      issues.push({
        type: "value_error",
        loc,
        msg: `Value error, ttl value ${read.ttl} exceeds the maximum of ${LONGEST[read.timeframe]} for timeframe '${read.timeframe}'.`,
        input: value,
      });
    return read;
  },
};

const emptyIsNull: Schema<string | null> = {
  read: (value, loc, issues) => string().read(value, loc, issues) || null,
};

/** What each kind of benefit is made of. */
const properties = {
  custom: object({ note: withDefault<string | null>(string(), null) }),
  feature_flag: object({}),
  meter_credit: object({
    units: integer({ min: 1, max: LARGEST }),
    rollover: boolean(),
    meter_id: uuid(),
  }),
  license_keys: object({
    prefix: withDefault(emptyIsNull, null),
    expires: withDefault<Properties<"license_keys">["expires"]>(expires, null),
    activations: withDefault<Properties<"license_keys">["activations"]>(
      object({ limit: integer({ min: 1, max: LARGEST }), enable_customer_admin: boolean() }),
      null,
    ),
    limit_usage: withDefault<number | null>(integer({ min: 1, max: LARGEST }), null),
  }),
  discord: object({ guild_id: string(), role_id: string(), kick_member: boolean() }),
  github_repository: object({
    repository_owner: string(),
    repository_name: string(),
    permission: oneOf("pull", "triage", "push", "maintain", "admin"),
  }),
  downloadables: object({
    archived: withDefault(record(boolean()), {}),
    files: array(uuid(), { min: 1 }),
  }),
  slack_shared_channel: object({
    slack_integration_id: uuid(),
    channel_name_template: string({ min: 1, max: 80 }),
    private: withDefault(boolean(), true),
    welcome_message: withDefault<string | null>(string({ max: 4000 }), null),
    archive_on_revoke: withDefault(boolean(), true),
    team_invitees: withDefault(array(string()), []),
  }),
};

const types = object({
  type: oneOf(
    "custom",
    "discord",
    "github_repository",
    "downloadables",
    "license_keys",
    "meter_credit",
    "feature_flag",
    "slack_shared_channel",
  ),
});

function kind<const T extends string, P>(type: T, of: Schema<P>) {
  return object({ type: oneOf(type), properties: of });
}

const kinds = tagged("type", {
  custom: kind("custom", properties.custom),
  feature_flag: kind("feature_flag", withDefault(properties.feature_flag, {})),
  meter_credit: kind("meter_credit", properties.meter_credit),
  license_keys: kind("license_keys", properties.license_keys),
  discord: kind("discord", properties.discord),
  github_repository: kind("github_repository", properties.github_repository),
  downloadables: kind("downloadables", properties.downloadables),
  slack_shared_channel: kind("slack_shared_channel", properties.slack_shared_channel),
});

const visibility = optional(oneOf("draft", "private", "public"));
const description = string({ min: 3, max: 42 });
const about = object({ description, metadata: withDefault(metadata(), {}), visibility });
const changes = object({
  description: optional(description),
  metadata: optional(metadata()),
  visibility,
});

/** A new benefit: what all have, and its kind with the properties of that. */
export const benefitCreate: Schema<{ about: Infer<typeof about>; kind: Infer<typeof kinds> }> = {
  read: (value, loc, issues) => ({
    kind: kinds.read(value, loc, issues),
    about: about.read(value, loc, issues),
  }),
};

/** A change of a benefit. Its properties are replaced as a whole, or left as they are. */
export const benefitUpdate: Schema<{
  type: BenefitDoc["type"];
  changes: Infer<typeof changes>;
  kind: Infer<typeof kinds> | null;
}> = {
  read(value, loc, issues) {
    const hasProperties = isRecord(value) && isRecord(value.properties);
    return {
      type: types.read(value, loc, issues).type,
      changes: changes.read(value, loc, issues),
      kind: hasProperties ? kinds.read(value, loc, issues) : null,
    };
  },
};
