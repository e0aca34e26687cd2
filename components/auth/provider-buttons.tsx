"use client";

import { useState } from "react";
import { GitHubIcon, GoogleIcon } from "@/components/auth/provider-icons";
import { Button } from "@/components/ui/button";
import { signInWithProvider } from "@/lib/auth/client";

const known = {
  github: { label: "GitHub", icon: <GitHubIcon /> },
  google: { label: "Google", icon: <GoogleIcon /> },
} as const;

type Provider = keyof typeof known;

export function ProviderButtons({
  providers,
  callbackUrl,
}: {
  providers: readonly Provider[];
  callbackUrl: string;
}) {
  const [pending, setPending] = useState<Provider | null>(null);
  const [failed, setFailed] = useState(false);

  async function start(provider: Provider) {
    setPending(provider);
    setFailed(false);
    try {
      await signInWithProvider(provider, callbackUrl);
    } catch {
      setPending(null);
      setFailed(true);
    }
  }

  return (
    <div className="space-y-3">
      {providers.map((provider) => (
        <Button
          key={provider}
          type="button"
          variant="outline"
          size="lg"
          className="w-full"
          disabled={pending !== null}
          onClick={() => start(provider)}
        >
          {known[provider].icon}
          {pending === provider
            ? `Opening ${known[provider].label}…`
            : `Continue with ${known[provider].label}`}
        </Button>
      ))}
      <p role="alert" className="text-sm text-destructive-foreground empty:hidden">
        {failed ? "That did not work. Check your connection and try again." : null}
      </p>
    </div>
  );
}
