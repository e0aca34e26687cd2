"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks the server for the page's figures again while somebody looks at it, and as soon as somebody does. */
export function LiveUsage({ everyMs = 10_000 }: { everyMs?: number }) {
  const router = useRouter();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    const timer = setInterval(look, everyMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [router, everyMs]);
  return null;
}
