import { CreditCard, Gauge, KeyRound, LayoutDashboard, Settings, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { productNav } from "@/app/(product)/nav";
import { AppShell } from "@/components/layout/app-shell";
import type { NavItem } from "@/components/layout/nav-link";
import { isAdmin } from "@/lib/admin/gate";
import { getViewer } from "@/lib/auth";

const nav: readonly NavItem[] = [
  { href: "/dashboard", label: "Dashboard", icon: <LayoutDashboard aria-hidden="true" /> },
  ...productNav,
  { href: "/usage", label: "Usage", icon: <Gauge aria-hidden="true" /> },
  { href: "/billing", label: "Billing", icon: <CreditCard aria-hidden="true" /> },
  { href: "/keys", label: "API keys", icon: <KeyRound aria-hidden="true" /> },
  { href: "/settings", label: "Settings", icon: <Settings aria-hidden="true" /> },
];

const adminItem: NavItem = {
  href: "/admin",
  label: "Admin",
  icon: <ShieldCheck aria-hidden="true" />,
};

/** Pages decide who may see them: only they know where to come back to after signing in. */
export async function SignedInShell({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  const items = (await isAdmin(viewer)) ? [...nav, adminItem] : nav;
  return (
    <AppShell nav={items} account={{ name: viewer.name, email: viewer.email }}>
      {children}
    </AppShell>
  );
}
