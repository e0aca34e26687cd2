"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { type Made, makeCode, type Order, type Problem } from "./request";

/** `crypto.randomUUID` is missing where the page came over plain HTTP from another machine. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join(
    "",
  );
}

export function useGenerator() {
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);

  const url = made?.url;
  useEffect(() => (url ? () => URL.revokeObjectURL(url) : undefined), [url]);

  const unanswered = useRef<{ order: string; key: string } | null>(null);

  function keyFor(order: Order): string {
    const wanted = JSON.stringify(order);
    if (unanswered.current?.order !== wanted) {
      unanswered.current = { order: wanted, key: newKey() };
    }
    return unanswered.current.key;
  }

  async function generate(order: Order) {
    setPending(true);
    setProblem(null);
    const outcome = await makeCode(order, keyFor(order));
    setPending(false);
    if (outcome.ok) {
      unanswered.current = null;
      setMade(outcome.made);
      // The allowance beside the generator was counted by the server before this.
      router.refresh();
    } else {
      setMade(null);
      setProblem(outcome.problem);
    }
  }

  function discard() {
    setMade(null);
    setProblem(null);
  }

  return { made, problem, pending, generate, discard };
}
