"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { type Made, makeCode, type Order, type Problem } from "./request";

export function useGenerator() {
  const router = useRouter();
  const [made, setMade] = useState<Made | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);

  const url = made?.url;
  useEffect(() => (url ? () => URL.revokeObjectURL(url) : undefined), [url]);

  async function generate(order: Order) {
    setPending(true);
    setProblem(null);
    const outcome = await makeCode(order);
    setPending(false);
    if (outcome.ok) {
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
