"use client";

import { LogOut } from "lucide-react";
import { type ComponentProps, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { signOut } from "@/lib/auth/client";

export function SignOutButton(
  props: Pick<ComponentProps<typeof Button>, "variant" | "size" | "className">,
) {
  const [pending, start] = useTransition();
  return (
    <Button type="button" disabled={pending} onClick={() => start(signOut)} {...props}>
      <LogOut aria-hidden="true" />
      {pending ? "Signing out…" : "Sign out"}
    </Button>
  );
}
