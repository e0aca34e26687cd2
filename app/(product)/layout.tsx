import type { ReactNode } from "react";
import { SignedInShell } from "@/app/(app)/signed-in-shell";

export default function ProductLayout({ children }: { children: ReactNode }) {
  return <SignedInShell>{children}</SignedInShell>;
}
