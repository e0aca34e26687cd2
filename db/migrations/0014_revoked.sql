ALTER TABLE "benefit_grants" ADD COLUMN "revoked_at" timestamp(6) with time zone;
