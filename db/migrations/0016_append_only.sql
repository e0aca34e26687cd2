-- The audit log is only ever added to. One door: the deletion of an account that Polar has ended deletes what the
-- log says of its workspace, in a transaction that has set northstar.forgotten_workspace to it.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD."workspace_id" = current_setting('northstar.forgotten_workspace', true) AND EXISTS (
      SELECT FROM "account_deletions"
      WHERE "workspace_id" = OLD."workspace_id" AND "polar_ended_at" IS NOT NULL AND "anonymized_at" IS NULL
    ) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'audit_log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_log_rows" BEFORE UPDATE OR DELETE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_log_whole" BEFORE TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();

