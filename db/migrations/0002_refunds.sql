CREATE TABLE "refunds" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text,
	"customer_id" text,
	"version_at" timestamp(6) with time zone NOT NULL,
	"observed_at" timestamp(6) with time zone NOT NULL,
	"deleted_at" timestamp(6) with time zone,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"order_id" text NOT NULL,
	"subscription_id" text,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"amount" bigint NOT NULL,
	"tax_amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"revoke_benefits" boolean NOT NULL
);
--> statement-breakpoint
DROP INDEX "benefit_grants_customer_idx";--> statement-breakpoint
DROP INDEX "orders_customer_idx";--> statement-breakpoint
DROP INDEX "subscriptions_customer_idx";--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "expires_at" timestamp(6) with time zone;--> statement-breakpoint
CREATE INDEX "refunds_workspace_idx" ON "refunds" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "refunds_order_idx" ON "refunds" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "checkout_intents_unfinished_idx" ON "checkout_intents" USING btree ("created_at") WHERE status in ('pending', 'open', 'confirmed');--> statement-breakpoint
CREATE INDEX "orders_checkout_idx" ON "orders" USING btree ("checkout_id");--> statement-breakpoint
UPDATE "checkout_intents" SET "status" = 'open' WHERE "status" = 'created';
