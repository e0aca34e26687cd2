import type { ReactNode } from "react";
import { adminNav } from "@/app/admin/nav";
import { AppShell } from "@/components/layout/app-shell";
import { requireAdmin } from "@/lib/admin/gate";

/** Asks before anything is sent, so that whoever may not see it gets the status of a page that is not there. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { name, email } = await requireAdmin();
  return (
    <AppShell nav={adminNav} account={{ name, email }} area="Admin">
      {children}
    </AppShell>
  );
}
