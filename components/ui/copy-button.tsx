"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";

/** Puts `text` on the clipboard and says so. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setCopied("yes");
    } catch {
      setCopied("refused");
    }
  }

  return (
    <>
      <Button variant="outline" size="sm" onClick={copy}>
        {copied === "yes" ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {copied === "yes" ? "Copied" : label}
      </Button>
      <span role="status" className="sr-only">
        {copied === "yes" ? "Copied." : null}
        {copied === "refused" ? "The browser did not allow it. Select the text and copy it." : null}
      </span>
    </>
  );
}
