ALTER TABLE "benefit_grants" ADD COLUMN "missing_since" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "checkouts" ADD COLUMN "missing_since" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "customer_meters" ADD COLUMN "missing_since" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "missing_since" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "missing_since" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "missing_since" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "missing_since" timestamp(6) with time zone;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD COLUMN "missing_since" timestamp(6) with time zone;--> statement-breakpoint
UPDATE "customers" SET "missing_since" = "deleted_at" WHERE "deleted_at" IS NOT NULL AND "id" IN (SELECT "object_id" FROM "audit_log" WHERE "action" = 'customer.gone');

