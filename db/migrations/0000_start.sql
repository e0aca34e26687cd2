CREATE TABLE "accounts" (
	"user_id" text NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"expires_at" integer,
	"token_type" text,
	"scope" text,
	"id_token" text,
	"session_state" text,
	CONSTRAINT "accounts_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"session_token" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified" timestamp with time zone,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires" timestamp with time zone NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"workspace_id" text,
	"action" text NOT NULL,
	"object_type" text NOT NULL,
	"object_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"webhook_id" text
);
--> statement-breakpoint
CREATE TABLE "benefit_grants" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text,
	"customer_id" text,
	"version_at" timestamp(6) with time zone NOT NULL,
	"observed_at" timestamp(6) with time zone NOT NULL,
	"deleted_at" timestamp(6) with time zone,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"benefit_id" text NOT NULL,
	"benefit_key" text,
	"benefit_type" text NOT NULL,
	"is_granted" boolean NOT NULL,
	"units" double precision,
	"subscription_id" text,
	"order_id" text
);
--> statement-breakpoint
CREATE TABLE "checkout_intents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"product" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"polar_checkout_id" text,
	"failure" text,
	"metadata" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "checkout_intents_polar_checkout_id_unique" UNIQUE("polar_checkout_id")
);
--> statement-breakpoint
CREATE TABLE "checkouts" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text,
	"customer_id" text,
	"version_at" timestamp(6) with time zone NOT NULL,
	"observed_at" timestamp(6) with time zone NOT NULL,
	"deleted_at" timestamp(6) with time zone,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status" text NOT NULL,
	"product_key" text,
	"amount" bigint,
	"currency" text
);
--> statement-breakpoint
CREATE TABLE "customer_meters" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text,
	"customer_id" text,
	"version_at" timestamp(6) with time zone NOT NULL,
	"observed_at" timestamp(6) with time zone NOT NULL,
	"deleted_at" timestamp(6) with time zone,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"meter_id" text NOT NULL,
	"meter_key" text,
	"consumed_units" double precision NOT NULL,
	"credited_units" double precision NOT NULL,
	"balance" double precision NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text,
	"customer_id" text,
	"version_at" timestamp(6) with time zone NOT NULL,
	"observed_at" timestamp(6) with time zone NOT NULL,
	"deleted_at" timestamp(6) with time zone,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"email" text
);
--> statement-breakpoint
CREATE TABLE "environment_stamp" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"polar_environment" text NOT NULL,
	"polar_organization_id" text,
	"stamped_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text,
	"customer_id" text,
	"version_at" timestamp(6) with time zone NOT NULL,
	"observed_at" timestamp(6) with time zone NOT NULL,
	"deleted_at" timestamp(6) with time zone,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status" text NOT NULL,
	"billing_reason" text NOT NULL,
	"product_id" text,
	"product_key" text,
	"subscription_id" text,
	"checkout_id" text,
	"description" text NOT NULL,
	"invoice_number" text,
	"currency" text NOT NULL,
	"net_amount" bigint NOT NULL,
	"tax_amount" bigint NOT NULL,
	"total_amount" bigint NOT NULL,
	"refunded_amount" bigint NOT NULL,
	"refunded_tax_amount" bigint NOT NULL,
	"paid" boolean NOT NULL,
	"placed_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text,
	"customer_id" text,
	"version_at" timestamp(6) with time zone NOT NULL,
	"observed_at" timestamp(6) with time zone NOT NULL,
	"deleted_at" timestamp(6) with time zone,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"key" text,
	"name" text NOT NULL,
	"is_archived" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "side_effects" (
	"key" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text,
	"customer_id" text,
	"version_at" timestamp(6) with time zone NOT NULL,
	"observed_at" timestamp(6) with time zone NOT NULL,
	"deleted_at" timestamp(6) with time zone,
	"synced_at" timestamp with time zone DEFAULT now() NOT NULL,
	"product_id" text NOT NULL,
	"product_key" text,
	"status" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"interval" text NOT NULL,
	"started_at" timestamp(6) with time zone,
	"trial_end" timestamp(6) with time zone,
	"current_period_start" timestamp(6) with time zone NOT NULL,
	"current_period_end" timestamp(6) with time zone,
	"meter_period_start" timestamp(6) with time zone,
	"meter_period_end" timestamp(6) with time zone,
	"cancel_at_period_end" boolean NOT NULL,
	"ends_at" timestamp(6) with time zone,
	"ended_at" timestamp(6) with time zone,
	"past_due_at" timestamp(6) with time zone,
	"pending_product_id" text
);
--> statement-breakpoint
CREATE TABLE "webhook_inbox" (
	"webhook_id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"body" text,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	"last_error" text,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "emails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text NOT NULL,
	"workspace_id" text,
	"recipient" text NOT NULL,
	"template" text NOT NULL,
	"props" jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "emails_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "usage_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"workspace_id" text NOT NULL,
	"name" text NOT NULL,
	"units" integer NOT NULL,
	"billable" boolean NOT NULL,
	"idempotency_key" text NOT NULL,
	"occurred_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	"rejected_reason" text
);
--> statement-breakpoint
CREATE TABLE "workspace_members" (
	"workspace_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text DEFAULT 'owner' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workspace_members_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text DEFAULT 'personal' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_members" ADD CONSTRAINT "workspace_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_workspace_idx" ON "audit_log" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "benefit_grants_workspace_idx" ON "benefit_grants" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "benefit_grants_customer_idx" ON "benefit_grants" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "checkout_intents_workspace_idx" ON "checkout_intents" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "checkouts_workspace_idx" ON "checkouts" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "customer_meters_workspace_idx" ON "customer_meters" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "customers_workspace_idx" ON "customers" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "environment_stamp_one" ON "environment_stamp" USING btree ("id");--> statement-breakpoint
CREATE INDEX "orders_workspace_idx" ON "orders" USING btree ("workspace_id","placed_at");--> statement-breakpoint
CREATE INDEX "orders_customer_idx" ON "orders" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "subscriptions_workspace_idx" ON "subscriptions" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "subscriptions_customer_idx" ON "subscriptions" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "webhook_inbox_due_idx" ON "webhook_inbox" USING btree ("next_attempt_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_inbox_received_idx" ON "webhook_inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "emails_workspace_idx" ON "emails" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "usage_events_once" ON "usage_events" USING btree ("workspace_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "usage_events_window_idx" ON "usage_events" USING btree ("workspace_id","occurred_at");--> statement-breakpoint
CREATE INDEX "usage_events_outbox_idx" ON "usage_events" USING btree ("occurred_at") WHERE billable and sent_at is null and rejected_reason is null;--> statement-breakpoint
CREATE INDEX "workspace_members_user_idx" ON "workspace_members" USING btree ("user_id");