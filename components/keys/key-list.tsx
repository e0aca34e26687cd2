import { Day } from "@/components/format/day";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ApiKey } from "@/lib/api-keys";

function StateBadge({ state }: { state: "works" | "expired" | "revoked" }) {
  if (state === "works") return <Badge variant="success">Works</Badge>;
  return <Badge>{state === "expired" ? "Expired" : "Revoked"}</Badge>;
}

function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date): "works" | "expired" | "revoked" {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "works";
}

function Dates({ apiKey }: { apiKey: ApiKey }) {
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted-foreground">
      <span>
        Made on <Day value={apiKey.createdAt} />
      </span>
      <span>
        {apiKey.lastUsedAt ? (
          <>
            Last used on <Day value={apiKey.lastUsedAt} />
          </>
        ) : (
          "Never used"
        )}
      </span>
      {apiKey.revokedAt ? null : (
        <span>
          {apiKey.expiresAt ? (
            <>
              Ends on <Day value={apiKey.expiresAt} />
            </>
          ) : (
            "Without an end"
          )}
        </span>
      )}
    </p>
  );
}

function RevokeForm({ id, name }: { id: string; name: string }) {
  return (
    <form action="/api/keys/revoke" method="post">
      <input type="hidden" name="id" value={id} />
      <Button type="submit" variant="outline" size="sm" aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
    </form>
  );
}

/** The workspace's keys; of those that work, each with the way to end it. `now` is when it is looked at. */
export function KeyList({ keys, now }: { keys: readonly ApiKey[]; now: Date }) {
  if (keys.length === 0)
    return <p className="text-sm text-muted-foreground">There is no key yet.</p>;
  return (
    <ul className="divide-y">
      {keys.map((apiKey) => {
        const state = stateOf(apiKey, now);
        return (
          <li
            key={apiKey.id}
            className="flex flex-wrap items-center justify-between gap-3 py-4 first:pt-0 last:pb-0"
          >
            <div className="min-w-0 space-y-1.5">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium break-words">{apiKey.name}</span>
                <StateBadge state={state} />
              </p>
              <p className="flex flex-wrap gap-x-3 gap-y-1 text-sm">
                <code className="break-all">{apiKey.masked}</code>
                <span className="text-muted-foreground">{apiKey.scopes.join(", ")}</span>
              </p>
              <Dates apiKey={apiKey} />
            </div>
            {state === "works" ? <RevokeForm id={apiKey.id} name={apiKey.name} /> : null}
          </li>
        );
      })}
    </ul>
  );
}
