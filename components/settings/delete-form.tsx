import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";

const errors = new Map([
  ["address_differs", "That is not this account's address. Nothing was deleted."],
  ["failed", "Something on our side failed. Look again in a moment whether you are signed in."],
]);

/** The address is typed, so that nobody deletes an account by one click. */
export function DeleteForm({ email, error }: { email: string; error: string | undefined }) {
  const message = error ? errors.get(error) : undefined;
  return (
    <form method="post" action="/api/account/delete" className="space-y-4">
      <div className="space-y-2">
        <Label htmlFor="email">
          Type <span className="font-semibold break-all">{email}</span> to confirm
        </Label>
        <Input
          id="email"
          name="email"
          type="email"
          autoComplete="off"
          required
          aria-invalid={message ? true : undefined}
          aria-describedby={message ? "email-error" : undefined}
        />
        {message ? (
          <p id="email-error" role="alert" className="text-sm text-destructive-foreground">
            {message}
          </p>
        ) : null}
      </div>
      <Button type="submit" variant="destructive">
        Delete this account for good
      </Button>
    </form>
  );
}
