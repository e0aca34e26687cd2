"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useRef, useState, useSyncExternalStore } from "react";
import { rememberMail } from "@/components/auth/sent-mail";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { signInWithEmail } from "@/lib/auth/client";

const never = () => () => {};

/** `mailbox` is where the mail can be read when everything runs locally. */
export function EmailForm({
  callbackUrl,
  mailbox,
}: {
  callbackUrl: string;
  mailbox: string | null;
}) {
  const router = useRouter();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // Without its script the form could only put the address into the URL, so it waits for it.
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const email = field.current?.value.trim() ?? "";
    setPending(true);
    setError(null);
    const result = await signInWithEmail(email, callbackUrl).catch(() => ({
      ok: false as const,
      message: "The sign-in mail could not be sent. Check your connection and try again.",
    }));
    if (result.ok) {
      rememberMail({ email, mailbox });
      router.push("/sign-in/check-email");
      return;
    }
    setPending(false);
    setError(result.message);
    field.current?.focus();
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      <div className="space-y-2">
        <Label htmlFor={id}>E-mail address</Label>
        <Input
          ref={field}
          id={id}
          name="email"
          type="email"
          autoComplete="email"
          placeholder="you@example.com"
          maxLength={254}
          required
          readOnly={pending}
          aria-invalid={error !== null}
          aria-describedby={`${id}-error`}
        />
        <p
          id={`${id}-error`}
          role="alert"
          className="text-sm text-destructive-foreground empty:hidden"
        >
          {error}
        </p>
      </div>
      <Button type="submit" size="lg" className="w-full" disabled={!hydrated || pending}>
        {pending ? "Sending…" : "Continue with e-mail"}
      </Button>
    </form>
  );
}
