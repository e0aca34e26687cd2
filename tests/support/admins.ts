import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { adminActions } from "@/db/schema";
import type { Admin } from "@/lib/admin/gate";
import { person } from "./people";

/** Somebody whose verified address ADMIN_EMAILS has. */
export async function anAdmin(): Promise<Admin> {
  const { id, email } = await person();
  process.env.ADMIN_EMAILS = `somebody@example.com, ${email.toUpperCase()}`;
  return { userId: id, email, name: null };
}

/** What admins did, first to last. */
export const actions = () => db().select().from(adminActions).orderBy(adminActions.id);

/** Lets nothing be written down of what admins do. @returns what ends that. */
export async function refuseActions(): Promise<() => Promise<unknown>> {
  await db().execute(sql`
    create function refuse_new_action() returns trigger language plpgsql as
      $$ begin raise exception 'no audit today'; end $$`);
  await db().execute(sql`
    create trigger refuse_new before insert on admin_actions
      for each row execute function refuse_new_action()`);
  return () => db().execute(sql`drop function refuse_new_action() cascade`);
}
