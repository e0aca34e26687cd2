ALTER TABLE "orders" ADD COLUMN "discount_id" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "discount_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "discount_id" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "discount_duration" text;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "discount_months" integer;
