CREATE TABLE "counters" (
	"name" text NOT NULL,
	"label" text NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "counters_name_label_pk" PRIMARY KEY("name","label")
);
--> statement-breakpoint
CREATE INDEX "audit_log_refunds_idx" ON "audit_log" USING btree ("object_id") WHERE object_type = 'refund' and after->>'status' = 'succeeded';--> statement-breakpoint
CREATE INDEX "orders_paid_idx" ON "orders" USING btree ("product_key","billing_reason","currency","total_amount","tax_amount") WHERE paid;--> statement-breakpoint
CREATE INDEX "subscriptions_status_idx" ON "subscriptions" USING btree ("status") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "webhook_inbox_dead_idx" ON "webhook_inbox" USING btree ("received_at") WHERE status = 'failed';--> statement-breakpoint
CREATE INDEX "usage_events_refused_idx" ON "usage_events" USING btree ("occurred_at") WHERE rejected_reason is not null;--> statement-breakpoint
INSERT INTO "counters" SELECT 'checkouts_created', "product", count(*) FROM "checkout_intents" WHERE "polar_checkout_id" IS NOT NULL GROUP BY "product";--> statement-breakpoint
INSERT INTO "counters" SELECT 'reconcile_differences', "cause", count(*) FROM "reconcile_differences" GROUP BY "cause";

