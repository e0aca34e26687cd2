"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { site } from "@/components/brand/site";
import { Button } from "@/components/ui/button";

const firstDelay = 1_500;
const longestDelay = 8_000;
const giveUpAfter = 120_000;

/** Asks the server again until the page no longer renders this, then says what to do instead. */
export function LiveRefresh() {
  const router = useRouter();
  const [round, setRound] = useState(0);
  const [tired, setTired] = useState(false);

  useEffect(() => {
    const started = performance.now();
    let delay = round === 0 ? firstDelay : 0;
    let timer = setTimeout(function look() {
      if (performance.now() - started > giveUpAfter) {
        setTired(true);
        return;
      }
      router.refresh();
      delay = Math.min(Math.max(delay, firstDelay) * 1.25, longestDelay);
      timer = setTimeout(look, delay);
    }, delay);
    return () => clearTimeout(timer);
  }, [router, round]);

  function again() {
    setTired(false);
    setRound((count) => count + 1);
  }

  return (
    <div role="status" className="space-y-4 text-sm text-muted-foreground empty:hidden">
      {tired ? (
        <>
          <p>
            This takes longer than usual. You don't have to wait here: access comes by itself once
            the payment is confirmed. If it is not there in an hour, write to{" "}
            <a href={`mailto:${site.supportEmail}`} className="underline underline-offset-4">
              {site.supportEmail}
            </a>
            .
          </p>
          <Button type="button" variant="outline" onClick={again}>
            Check again
          </Button>
        </>
      ) : null}
    </div>
  );
}
