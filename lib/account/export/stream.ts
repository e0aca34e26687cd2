import "server-only";
import { and, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { users, workspaceMembers, workspaces } from "@/db/schema";
import type { Viewer } from "@/lib/auth";
import { readEntitlement } from "@/lib/billing/entitlements";
import { listNames, lists } from "./lists";
import type { ExportHead } from "./schema";
import { iso } from "./values";

async function headOf({ userId, workspaceId }: Viewer): Promise<ExportHead> {
  const [found] = await db()
    .select({ user: users, workspace: workspaces, role: workspaceMembers.role })
    .from(users)
    .innerJoin(workspaceMembers, eq(workspaceMembers.userId, users.id))
    .innerJoin(workspaces, eq(workspaces.id, workspaceMembers.workspaceId))
    .where(and(eq(users.id, userId), eq(workspaces.id, workspaceId)));
  if (!found) throw new Error("The account is no longer there.");
  const { user, workspace, role } = found;
  const entitlement = await readEntitlement(db(), workspaceId);
  return {
    format: "northstar-account-export",
    version: 1,
    exported_at: iso(new Date()),
    user: {
      id: user.id,
      email: user.email,
      email_verified_at: iso(user.emailVerified),
      name: user.name,
      image: user.image,
      created_at: iso(user.createdAt),
    },
    workspace: {
      id: workspace.id,
      kind: workspace.kind,
      role,
      created_at: iso(workspace.createdAt),
    },
    entitlement: {
      plan: entitlement.plan,
      status: entitlement.status,
      features: [...entitlement.features],
      monthly_units: entitlement.monthlyUnits,
      extra_units: entitlement.extraUnits,
      current_period_end: iso(entitlement.currentPeriodEnd),
      read_only: entitlement.readOnly,
    },
  };
}

/**
 * The account's export, in the shape of `accountExport`, as pieces of one JSON text. Each is made when it is
 * asked for, so memory holds a page of rows at most. What changes meanwhile may be in it or not.
 *
 * @throws what the database throws: a file that was begun then breaks off and is no JSON.
 */
export async function* exportAccount(viewer: Viewer): AsyncGenerator<string> {
  const head = JSON.stringify(await headOf(viewer), null, 2);
  yield head.slice(0, head.lastIndexOf("}")).trimEnd();
  for (const name of listNames) {
    yield `,\n  ${JSON.stringify(name)}: [`;
    let separator = "\n    ";
    for await (const rows of lists[name].rows(viewer)) {
      if (rows.length === 0) continue;
      yield separator + rows.map((row) => JSON.stringify(row)).join(",\n    ");
      separator = ",\n    ";
    }
    yield "]";
  }
  yield "\n}\n";
}
