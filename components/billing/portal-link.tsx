import { ExternalLink } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "@/components/ui/button";

/** A plain link: the portal is another site, which the router must not fetch ahead. */
export function PortalLink({
  children,
  ...props
}: Pick<ComponentProps<typeof Button>, "variant" | "size" | "className"> & {
  children: ReactNode;
}) {
  return (
    <Button asChild {...props}>
      <a href="/api/portal">
        {children}
        <ExternalLink aria-hidden="true" />
      </a>
    </Button>
  );
}
