-- Whether usage may be written down for a workspace without waiting: not once its account is being deleted, nor while
-- somebody has its lock. It shares the lock until the transaction ends, so that a deletion waits for what was let in.
-- Asked within an INSERT: a volatile function's queries see what was committed before they run, also after that INSERT
-- began.
CREATE FUNCTION "is_account_open"("workspace" text) RETURNS boolean LANGUAGE plpgsql VOLATILE COST 10000 AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock_shared(hashtextextended('workspace:' || "workspace", 0)) THEN
    RETURN false;
  END IF;
  RETURN NOT EXISTS (SELECT FROM "account_deletions" WHERE "workspace_id" = "workspace");
END $$;

