import { scopeNames, scopes } from "@/lib/api-keys/scopes";

export function ScopeField() {
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium">What it may do</legend>
      {scopeNames.map((scope, index) => (
        <label key={scope} className="flex min-h-8 w-fit items-center gap-2 text-sm">
          <input
            type="checkbox"
            name="scopes"
            value={scope}
            defaultChecked={index === 0}
            className="size-4 accent-primary"
          />
          {scopes[scope]} <code className="text-muted-foreground">{scope}</code>
        </label>
      ))}
    </fieldset>
  );
}
