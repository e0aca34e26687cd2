"use client";

import { Problem } from "@/components/layout/problem";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main" tabIndex={-1} className="outline-none">
      <Problem retry={retry} error={error} />
    </main>
  );
}
