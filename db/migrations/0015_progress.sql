ALTER TABLE "reconcile_runs" ADD COLUMN "progressed_at" timestamp with time zone DEFAULT now() NOT NULL;
