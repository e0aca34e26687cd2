ALTER TABLE "checkout_intents" ADD COLUMN "traceparent" text;--> statement-breakpoint
ALTER TABLE "webhook_inbox" ADD COLUMN "traceparent" text;
