DROP INDEX "usage_hours_packs_idx";--> statement-breakpoint
CREATE INDEX "usage_hours_packs_idx" ON "usage_hours" USING btree ("workspace_id") WHERE pack_units <> 0;
