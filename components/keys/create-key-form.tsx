"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { createKey } from "@/components/keys/create-key";
import { NewKey } from "@/components/keys/new-key";
import { ScopeField } from "@/components/keys/scope-field";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select } from "@/components/ui/select";
import { type KeyRequest, lifetimes, longestName } from "@/lib/api-keys/request";

const defaultDays = 90;

function read(form: HTMLFormElement): KeyRequest {
  const data = new FormData(form);
  const days = Number(data.get("days"));
  return {
    name: String(data.get("name") ?? ""),
    scopes: data.getAll("scopes") as KeyRequest["scopes"],
    days: (days || null) as KeyRequest["days"],
  };
}

/** Needs the browser's scripts: the key is in the answer alone, and no page holds it. */
export function CreateKeyForm() {
  const router = useRouter();
  const [token, setToken] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setPending(true);
    setToken(null);
    setFailure(null);
    const created = await createKey(read(form));
    setPending(false);
    if ("failure" in created) return setFailure(created.failure);
    form.reset();
    setToken(created.token);
    router.refresh();
  }

  return (
    <>
      <form onSubmit={submit} className="grid items-start gap-5 sm:grid-cols-2">
        <div className="space-y-2">
          <Label htmlFor="name">Name</Label>
          <Input
            id="name"
            name="name"
            required
            maxLength={longestName}
            placeholder="Where it is used"
            autoComplete="off"
          />
        </div>
        <div className="space-y-2">
          <Label htmlFor="days">Works for</Label>
          <Select id="days" name="days" defaultValue={defaultDays}>
            {lifetimes.map((days) => (
              <option key={days} value={days ?? 0}>
                {days === null ? "Without an end" : `${days} days`}
              </option>
            ))}
          </Select>
        </div>
        <div className="sm:col-span-2">
          <ScopeField />
        </div>
        <Button type="submit" disabled={pending} className="w-full sm:col-span-2 sm:w-fit">
          {pending ? "Making the key…" : "Create key"}
        </Button>
      </form>
      <div role="status" className="empty:hidden">
        {token ? <NewKey token={token} /> : null}
        {failure ? <Alert variant="destructive">{failure}</Alert> : null}
      </div>
      <noscript>
        <Alert>
          Creating a key needs JavaScript, because a key is shown once and stored nowhere.
        </Alert>
      </noscript>
    </>
  );
}
