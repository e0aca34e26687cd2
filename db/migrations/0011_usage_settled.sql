ALTER TABLE "usage_events" DROP COLUMN "billable";--> statement-breakpoint
ALTER TABLE "usage_events" DROP COLUMN "sent_at";