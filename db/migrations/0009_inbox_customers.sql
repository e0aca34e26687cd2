-- Whom the webhooks of before tell of. Read as text, for a body may hold what PostgreSQL takes for no JSON.
UPDATE "webhook_inbox"
SET "customer_id" = CASE
  WHEN "type" LIKE 'customer.%' THEN "object_id"
  ELSE substring("body" from '"customer_id": ?"([^"]+)"')
END
WHERE "body" IS NOT NULL AND "customer_id" IS NULL;

