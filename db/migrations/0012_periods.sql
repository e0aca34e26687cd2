CREATE TABLE "usage_periods" (
	"workspace_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"plan" text NOT NULL,
	"used_units" bigint DEFAULT 0 NOT NULL,
	"included_units" bigint DEFAULT 0 NOT NULL,
	"overage_units" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_periods_workspace_id_started_at_pk" PRIMARY KEY("workspace_id","started_at")
);

