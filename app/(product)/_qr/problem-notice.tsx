import { Alert } from "@/components/ui/alert";
import type { Problem } from "./request";

/** A limit reached is no failure: it gets the calmer colour and the way on. */
const limits = new Set(["allowance_used_up", "feature_required", "payment_required"]);

export function ProblemNotice({ problem }: { problem: Problem }) {
  const calm = limits.has(problem.code) || problem.action !== undefined;
  return (
    <Alert role="alert" variant={calm ? "warning" : "destructive"}>
      <p>{problem.message}</p>
      {problem.action ? (
        <p>
          <a href={problem.action.href}>{problem.action.label}</a>
        </p>
      ) : null}
    </Alert>
  );
}
