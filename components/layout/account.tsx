import { SignOutButton } from "@/components/auth/sign-out-button";
import { ThemeChoice } from "@/components/theme/theme-choice";

export function Account({ name, email }: { name: string | null; email: string }) {
  return (
    <div className="space-y-3 border-t pt-4">
      <div className="px-3 text-sm">
        {name ? <p className="truncate font-medium">{name}</p> : null}
        <p className="truncate text-muted-foreground" title={email}>
          {email}
        </p>
      </div>
      <div className="flex items-center justify-between gap-2">
        <SignOutButton
          variant="ghost"
          size="sm"
          className="gap-3 text-muted-foreground hover:text-foreground"
        />
        <ThemeChoice compact />
      </div>
    </div>
  );
}
