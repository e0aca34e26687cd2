"use client";

import { Problem } from "@/components/layout/problem";

/** Inside the shell, so that the navigation stays usable. */
export default function AppErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <Problem retry={retry} error={error} />;
}
