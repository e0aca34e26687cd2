import { ChartColumn, ClipboardList, Inbox, Users } from "lucide-react";
import type { NavItem } from "@/components/layout/nav-link";

/** The admin's pages; each is a folder beside this file. */
export const adminNav: readonly NavItem[] = [
  { href: "/admin", label: "Overview", icon: <ChartColumn aria-hidden="true" /> },
  {
    href: "/admin/customers",
    label: "Customers",
    icon: <Users aria-hidden="true" />,
    coversBelow: true,
  },
  { href: "/admin/inbox", label: "Inbox", icon: <Inbox aria-hidden="true" />, coversBelow: true },
  { href: "/admin/audit", label: "Audit", icon: <ClipboardList aria-hidden="true" /> },
];
