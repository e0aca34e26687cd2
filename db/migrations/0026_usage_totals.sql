CREATE TABLE "pack_totals" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"pack_units" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"workspace_id" text NOT NULL,
	"day" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"billable_units" bigint DEFAULT 0 NOT NULL,
	"free_units" bigint DEFAULT 0 NOT NULL,
	"pack_units" bigint DEFAULT 0 NOT NULL,
	"kept_units" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_days_workspace_id_day_source_pk" PRIMARY KEY("workspace_id","day","source")
);
--> statement-breakpoint
CREATE TABLE "usage_totals" (
	"workspace_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"billable_units" bigint DEFAULT 0 NOT NULL,
	"free_units" bigint DEFAULT 0 NOT NULL,
	"pack_units" bigint DEFAULT 0 NOT NULL,
	"kept_units" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_totals_workspace_id_hour_pk" PRIMARY KEY("workspace_id","hour")
);
--> statement-breakpoint
DROP INDEX "usage_hours_packs_idx";
--> statement-breakpoint
-- Workers of the version before add to usage_hours alone: they end before this.
LOCK TABLE "usage_hours" IN SHARE MODE;--> statement-breakpoint
INSERT INTO "usage_totals" ("workspace_id", "hour", "billable_units", "free_units", "pack_units", "kept_units")
SELECT "workspace_id", "hour", sum("billable_units"), sum("free_units"), sum("pack_units"), sum("kept_units")
FROM "usage_hours" GROUP BY 1, 2;--> statement-breakpoint
INSERT INTO "usage_days" ("workspace_id", "day", "source", "billable_units", "free_units", "pack_units", "kept_units")
SELECT "workspace_id", date_trunc('day', "hour", 'UTC'), "source", sum("billable_units"), sum("free_units"), sum("pack_units"), sum("kept_units")
FROM "usage_hours" GROUP BY 1, 2, 3;--> statement-breakpoint
INSERT INTO "pack_totals" ("workspace_id", "pack_units")
SELECT "workspace_id", sum("pack_units") FROM "usage_hours" WHERE "pack_units" <> 0 GROUP BY 1;
