import { z } from "zod";
import type { UsageSummary } from "@/lib/usage";

const units = z.int().nonnegative().meta({ description: "Codes." });
const moment = z.iso.datetime();

/** What `GET /usage` answers. */
export const usageSchema = z.object({
  period: z
    .object({
      start: moment,
      end: moment.nullable().meta({ description: "Null where nothing ends it." }),
    })
    .meta({ description: "The period that usage is counted in." }),
  used: units,
  included: units.meta({ description: "The plan's allowance with what packs hold." }),
  remaining: units,
  overage: units.meta({ description: "Codes beyond what is included, charged apart." }),
  hard_limit: z.boolean().meta({ description: "Whether codes stop when nothing remains." }),
});

export function usageBody(usage: UsageSummary): z.infer<typeof usageSchema> {
  return {
    period: {
      start: usage.period.start.toISOString(),
      end: usage.period.end?.toISOString() ?? null,
    },
    used: usage.used,
    included: usage.included,
    remaining: usage.remaining,
    overage: usage.overageUnits,
    hard_limit: usage.hardLimit,
  };
}
