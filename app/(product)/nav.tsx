import { Palette } from "lucide-react";
import type { NavItem } from "@/components/layout/nav-link";

export const productNav: readonly NavItem[] = [
  { href: "/studio", label: "Studio", icon: <Palette aria-hidden="true" /> },
];
