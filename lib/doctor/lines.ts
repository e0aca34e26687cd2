import "server-only";
import { databaseIndexes, rateLimiting } from "./database";
import type { Check, Ground } from "./doctor";
import { environment } from "./environment";
import { headers } from "./headers";
import { email } from "./mail";
import { alerting, errorMonitoring, logging, metrics } from "./observability";
import { answeredFor, sandboxTested } from "./people";
import { catalog, portal, productionTokens } from "./polar";
import { clock, jobs } from "./running";
import { signatureVerification, webhookEndpoint } from "./webhooks";

/** A line of the checklist: its id stays as it is, and without its grounds it is not checked. */
export type Line = { id: string; title: string; needs: readonly Ground[]; check: Check };

const line = (id: string, title: string, needs: readonly Ground[], check: Check): Line => ({
  id,
  title,
  needs,
  check,
});

/** The checklist in its order: nineteen lines of going live, then what is to hold beside them. */
export const lines: readonly Line[] = [
  line("environment", "Environment", [], environment),
  line("sandbox-tested", "Tested in the sandbox", ["database"], sandboxTested),
  line("production-tokens", "Production tokens", [], productionTokens),
  line("webhook-endpoint", "Webhook endpoint", ["app", "database"], webhookEndpoint),
  line(
    "signature-verification",
    "Signature verification",
    ["app", "database"],
    signatureVerification,
  ),
  line("error-monitoring", "Error monitoring", [], errorMonitoring),
  line("logging", "Logging", [], logging),
  line("metrics", "Metrics", ["app"], metrics),
  line("alerting", "Alerting", [], alerting),
  line("database-indexes", "Database and indexes", [], databaseIndexes),
  line("rate-limiting", "Rate limiting", ["database"], rateLimiting),
  line("portal", "Customer portal", ["polar"], portal),
  line("email", "E-mail", [], email),
  line("refund-policy", "Refund policy", ["database"], answeredFor("refund-policy")),
  line("support", "Support", ["database"], answeredFor("support")),
  line("team-trained", "Team trained", ["database"], answeredFor("team-trained")),
  line("documentation", "Documentation", ["database"], answeredFor("documentation")),
  line("compliance", "Compliance", ["database"], answeredFor("compliance")),
  line("acceptable-use", "Acceptable use", ["database"], answeredFor("acceptable-use")),
  line("catalog", "Catalog", ["polar"], catalog),
  line("jobs", "Jobs", ["database"], jobs),
  line("clock", "Clocks", [], clock),
  line("headers", "Headers and cookies", ["app"], headers),
  line("backups", "Backups", ["database"], answeredFor("backups")),
];
