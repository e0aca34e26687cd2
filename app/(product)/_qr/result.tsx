"use client";

import { Download } from "lucide-react";
import Image from "next/image";
import { formatUnits } from "@/components/format/counts";
import { Button } from "@/components/ui/button";
import type { Made } from "./request";

export function Result({ made }: { made: Made }) {
  return (
    <div className="space-y-4">
      <Image
        unoptimized
        src={made.url}
        alt={`QR code for ${made.text}`}
        width={320}
        height={320}
        className="block aspect-square h-auto w-full rounded-lg border bg-white"
      />
      <Button asChild className="w-full">
        <a href={made.url} download={made.fileName}>
          <Download aria-hidden="true" />
          Download {made.fileName.endsWith(".svg") ? "SVG" : "PNG"}
        </a>
      </Button>
      {made.remaining === null ? null : (
        <p className="text-center text-sm text-muted-foreground">
          {formatUnits(made.remaining)} left
        </p>
      )}
    </div>
  );
}
