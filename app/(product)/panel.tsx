import Link from "next/link";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { Feature } from "@/lib/billing/catalog";
import { Generator } from "./_qr/generator";

/** The product on the dashboard. */
export function Panel({ features }: { features: readonly Feature[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>New QR code</CardTitle>
        <CardDescription>
          Black on white, as a PNG file.{" "}
          {features.includes("custom_qr") ? (
            <>
              For SVG and colors, open the{" "}
              <Link href="/studio" className="font-medium underline underline-offset-4">
                studio
              </Link>
              .
            </>
          ) : null}
        </CardDescription>
      </CardHeader>
      <Generator />
    </Card>
  );
}
