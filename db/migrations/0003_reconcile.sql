CREATE TABLE "reconcile_differences" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reconcile_differences_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"workspace_id" text,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"cause" text NOT NULL,
	"repaired" boolean NOT NULL,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "reconcile_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text,
	"mode" text NOT NULL,
	"step" text NOT NULL,
	"page" integer DEFAULT 1 NOT NULL,
	"compared" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"polar_started_at" timestamp(6) with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "webhook_inbox" ADD COLUMN "object_id" text;--> statement-breakpoint
ALTER TABLE "reconcile_differences" ADD CONSTRAINT "reconcile_differences_run_id_reconcile_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."reconcile_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reconcile_differences_run_idx" ON "reconcile_differences" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "reconcile_runs_scope_idx" ON "reconcile_runs" USING btree ("workspace_id","started_at");--> statement-breakpoint
CREATE INDEX "webhook_inbox_object_idx" ON "webhook_inbox" USING btree ("object_id");