import type { Metadata } from "next";
import Link from "next/link";
import { apiDocument } from "@/app/(product)/_api/document";
import { ProblemTable } from "@/components/api-reference/problem-table";
import { Reference, Security } from "@/components/api-reference/reference";
import { PublicShell } from "@/components/layout/public-shell";
import { Button } from "@/components/ui/button";
import { getViewer } from "@/lib/auth";
import { env } from "@/lib/env";

export const metadata: Metadata = {
  title: "API reference",
  description: "Every operation of the API, with examples that run as they stand.",
};

export default async function ApiReferencePage() {
  const viewer = await getViewer();
  const document = apiDocument(env().APP_URL);
  return (
    <PublicShell signedIn={viewer !== null}>
      <div className="mx-auto w-full max-w-6xl space-y-16 px-4 py-14 sm:px-6 sm:py-20">
        <div className="space-y-4">
          <h1 className="text-3xl font-semibold tracking-[-0.025em] sm:text-4xl">API reference</h1>
          <p className="max-w-prose text-lg text-muted-foreground">{document.info.description}</p>
          <Security document={document} />
          <div className="flex flex-wrap gap-3">
            <Button asChild>
              <Link href="/keys">Get a key</Link>
            </Button>
            <Button asChild variant="outline">
              <a href="/api/v1/openapi.json">OpenAPI document</a>
            </Button>
          </div>
        </div>
        <div className="space-y-16">
          <h2 className="sr-only">Operations</h2>
          <Reference document={document} />
        </div>
        <section className="space-y-4">
          <h2 className="text-2xl font-semibold">Errors</h2>
          <p className="max-w-prose text-muted-foreground">
            Errors are JSON objects (RFC 9457) with a <code>code</code> for programs, a{" "}
            <code>detail</code> for people and, where there is one, an <code>action</code>: the way
            out.
          </p>
          <ProblemTable />
        </section>
      </div>
    </PublicShell>
  );
}
