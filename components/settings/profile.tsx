export function Profile({ name, email }: { name: string | null; email: string }) {
  return (
    <dl className="grid gap-4 text-sm sm:grid-cols-2">
      <div className="min-w-0">
        <dt className="text-muted-foreground">E-mail address</dt>
        <dd className="mt-1 font-medium break-words">{email}</dd>
      </div>
      <div className="min-w-0">
        <dt className="text-muted-foreground">Name</dt>
        <dd className="mt-1 font-medium break-words">{name ?? "Not given"}</dd>
      </div>
    </dl>
  );
}
