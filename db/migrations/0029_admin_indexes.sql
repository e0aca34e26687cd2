DROP INDEX "emails_workspace_idx";--> statement-breakpoint
DROP INDEX "reconcile_differences_run_idx";--> statement-breakpoint
CREATE INDEX "users_created_idx" ON "users" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "users_email_idx" ON "users" USING btree (lower(email) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "users_name_idx" ON "users" USING btree (lower(name) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "emails_recipient_idx" ON "emails" USING btree (lower(recipient),"created_at");--> statement-breakpoint
CREATE INDEX "subscription_changes_workspace_idx" ON "subscription_changes" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "customers_email_idx" ON "customers" USING btree (lower(email) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_placed_idx" ON "orders" USING btree ("placed_at","currency","total_amount","tax_amount") WHERE paid;--> statement-breakpoint
CREATE INDEX "refunds_succeeded_idx" ON "refunds" USING btree ("version_at","currency","amount") WHERE status = 'succeeded';--> statement-breakpoint
CREATE INDEX "emails_workspace_idx" ON "emails" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "reconcile_differences_run_idx" ON "reconcile_differences" USING btree ("run_id","id");