ALTER TABLE "usage_reservations" DROP CONSTRAINT "usage_reservations_workspace_id_idempotency_key_pk";--> statement-breakpoint
ALTER TABLE "usage_reservations" ADD COLUMN "holder" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
CREATE INDEX "usage_reservations_key_idx" ON "usage_reservations" USING btree ("workspace_id","idempotency_key");
