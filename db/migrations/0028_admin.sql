CREATE TABLE "admin_actions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "admin_actions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_id" text NOT NULL,
	"email" text,
	"action" text NOT NULL,
	"object_id" text,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
DROP INDEX "webhook_inbox_customer_idx";--> statement-breakpoint
CREATE INDEX "admin_actions_user_idx" ON "admin_actions" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "webhook_inbox_type_idx" ON "webhook_inbox" USING btree ("type","received_at");--> statement-breakpoint
CREATE INDEX "webhook_inbox_customer_idx" ON "webhook_inbox" USING btree ("customer_id","received_at");--> statement-breakpoint
-- What admins did is only ever added to. One door: the deletion of an admin's account that Polar has ended takes their
-- address from it, in a transaction that has set northstar.forgotten_workspace to the user's id, and changes nothing else.
CREATE FUNCTION "refuse_admin_action_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW."email" IS NULL
      AND to_jsonb(NEW) - 'email' = to_jsonb(OLD) - 'email'
      AND OLD."user_id" = current_setting('northstar.forgotten_workspace', true)
      AND EXISTS (
        SELECT FROM "account_deletions"
        WHERE "workspace_id" = OLD."user_id" AND "polar_ended_at" IS NOT NULL AND "anonymized_at" IS NULL
      )
    THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'admin_actions is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER "admin_actions_rows" BEFORE UPDATE OR DELETE ON "admin_actions" FOR EACH ROW EXECUTE FUNCTION "refuse_admin_action_change"();
--> statement-breakpoint
CREATE TRIGGER "admin_actions_whole" BEFORE TRUNCATE ON "admin_actions" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_admin_action_change"();

