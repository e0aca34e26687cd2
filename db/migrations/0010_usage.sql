CREATE TABLE "spending_caps" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_archive" (
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"units" integer NOT NULL,
	"billable_units" integer DEFAULT 0 NOT NULL,
	"pack_units" integer DEFAULT 0 NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"source" text,
	"idempotency_key" text NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone NOT NULL,
	CONSTRAINT "usage_archive_id_settled_at_pk" PRIMARY KEY("id","settled_at")
) PARTITION BY RANGE ("settled_at");
--> statement-breakpoint
CREATE TABLE "usage_hours" (
	"workspace_id" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"billable_units" bigint DEFAULT 0 NOT NULL,
	"free_units" bigint DEFAULT 0 NOT NULL,
	"pack_units" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_hours_workspace_id_hour_source_pk" PRIMARY KEY("workspace_id","hour","source")
);
--> statement-breakpoint
CREATE TABLE "usage_pause" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_reservations" (
	"workspace_id" text NOT NULL,
	"idempotency_key" text NOT NULL,
	"units" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "usage_reservations_workspace_id_idempotency_key_pk" PRIMARY KEY("workspace_id","idempotency_key")
);
--> statement-breakpoint
DROP INDEX "usage_events_window_idx";--> statement-breakpoint
DROP INDEX "usage_events_packs_idx";--> statement-breakpoint
DROP INDEX "usage_events_outbox_idx";--> statement-breakpoint
ALTER TABLE "usage_events" ADD COLUMN "billable_units" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_events" ADD COLUMN "metadata" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_events" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "usage_events" ADD COLUMN "settled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "usage_events" ADD COLUMN "claimed_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "usage_archive_settled_idx" ON "usage_archive" USING btree ("workspace_id","settled_at");--> statement-breakpoint
CREATE INDEX "usage_hours_packs_idx" ON "usage_hours" USING btree ("workspace_id") WHERE pack_units > 0;--> statement-breakpoint
CREATE INDEX "usage_reservations_expiry_idx" ON "usage_reservations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "usage_events_settled_idx" ON "usage_events" USING btree ("workspace_id","settled_at");--> statement-breakpoint
CREATE INDEX "usage_events_waiting_idx" ON "usage_events" USING btree ("workspace_id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "usage_events_free_idx" ON "usage_events" USING btree ("occurred_at") WHERE settled_at is null and billable_units = 0;--> statement-breakpoint
CREATE INDEX "usage_events_age_idx" ON "usage_events" USING btree ("occurred_at");--> statement-breakpoint
CREATE INDEX "usage_events_outbox_idx" ON "usage_events" USING btree ("occurred_at") WHERE settled_at is null and billable_units > 0;--> statement-breakpoint
UPDATE "usage_events" SET "billable_units" = CASE WHEN "billable" THEN "units" ELSE 0 END, "settled_at" = CASE WHEN "billable" THEN "sent_at" ELSE "occurred_at" END;--> statement-breakpoint
UPDATE "usage_events" SET "settled_at" = "occurred_at" WHERE "rejected_reason" IS NOT NULL AND "settled_at" IS NULL;--> statement-breakpoint
INSERT INTO "usage_hours" ("workspace_id", "hour", "source", "billable_units", "free_units", "pack_units")
SELECT "workspace_id", date_trunc('hour', "settled_at", 'UTC'), '', sum("billable_units"), sum("units" - "billable_units"), sum("pack_units")
FROM "usage_events" WHERE "settled_at" IS NOT NULL AND "rejected_reason" IS NULL GROUP BY 1, 2;