ALTER TABLE "subscriptions" ADD COLUMN "canceled_at" timestamp(6) with time zone;
