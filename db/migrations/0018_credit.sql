ALTER TABLE "orders" ADD COLUMN "applied_balance_amount" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "due_amount" bigint;--> statement-breakpoint
UPDATE "orders" SET "due_amount" = greatest("total_amount", 0);--> statement-breakpoint
ALTER TABLE "orders" ALTER COLUMN "due_amount" SET NOT NULL;
