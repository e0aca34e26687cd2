import {
  BellRing,
  ChartColumn,
  ClipboardList,
  GitCompareArrows,
  Inbox,
  ListChecks,
  Stethoscope,
  Users,
} from "lucide-react";
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
  { href: "/admin/jobs", label: "Jobs", icon: <ListChecks aria-hidden="true" /> },
  { href: "/admin/alerts", label: "Alerts", icon: <BellRing aria-hidden="true" /> },
  {
    href: "/admin/reconcile",
    label: "Reconcile",
    icon: <GitCompareArrows aria-hidden="true" />,
    coversBelow: true,
  },
  { href: "/admin/doctor", label: "Doctor", icon: <Stethoscope aria-hidden="true" /> },
  { href: "/admin/audit", label: "Audit", icon: <ClipboardList aria-hidden="true" /> },
];
