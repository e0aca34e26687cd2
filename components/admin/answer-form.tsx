import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** Records that the admin stands for a line, with a note such as an address. */
export function AnswerForm({ line, title }: { line: string; title: string }) {
  return (
    <form
      action="/api/admin/doctor"
      method="post"
      className="flex max-w-xl flex-col gap-2 pt-1 sm:flex-row"
    >
      <input type="hidden" name="line" value={line} />
      <Input
        name="note"
        maxLength={500}
        aria-label={`Note on ${title}`}
        placeholder="A note, such as an address"
        className="sm:h-10"
      />
      <Button type="submit" variant="outline">
        Yes, I answer for it<span className="sr-only">: {title}</span>
      </Button>
    </form>
  );
}
