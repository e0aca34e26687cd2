import "server-only";
import { logger } from "@/lib/observability/logger";
import { conditions } from "./conditions";
import { settleAlert } from "./settle";

/** Looks at every condition. One that cannot be looked at leaves its alert as it is, and holds up no other. */
export async function evaluateAlerts(): Promise<void> {
  for (const [key, condition] of Object.entries(conditions))
    try {
      await settleAlert(key, condition);
    } catch (error) {
      logger.error({ alert: key, err: error }, "An alert's condition could not be looked at");
    }
}
