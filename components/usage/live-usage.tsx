"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const intervalMs = 10_000;

/** Asks the server for the page's figures again while somebody looks at it, and as soon as somebody does. */
export function LiveUsage() {
  const router = useRouter();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") router.refresh();
    };
    const timer = setInterval(look, intervalMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [router]);
  return null;
}
