"use client";

import { errorReference } from "@/components/layout/error-reference";
import { Problem } from "@/components/layout/problem";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main" tabIndex={-1} className="outline-none">
      <Problem retry={retry} reference={errorReference(error)} />
    </main>
  );
}
