"use client";

import { useDeferredValue, useEffect, useState } from "react";
import type { Matrix } from "./matrix";

/** The encoder is loaded when there is something to encode, so that no page waits for it. */
export function useMatrix(text: string, initial: Matrix | null = null): Matrix | null {
  const wanted = useDeferredValue(text);
  const [encoded, setEncoded] = useState<{ text: string; matrix: Matrix | null } | null>(null);

  useEffect(() => {
    if (wanted === "") return;
    let current = true;
    import("qrcode")
      .then(({ create }) => {
        const { size, data } = create(wanted, { errorCorrectionLevel: "M" }).modules;
        if (current) setEncoded({ text: wanted, matrix: { size, data } });
      })
      .catch(() => {
        if (current) setEncoded({ text: wanted, matrix: null });
      });
    return () => {
      current = false;
    };
  }, [wanted]);

  if (wanted === "") return initial;
  return encoded?.matrix ?? initial;
}
