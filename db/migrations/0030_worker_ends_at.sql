ALTER TABLE "workers" ADD COLUMN "ends_at" timestamp with time zone;
