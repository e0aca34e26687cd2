import { AnswerForm } from "@/components/admin/answer-form";
import { Row, RowList } from "@/components/admin/row-list";
import { Badge, type BadgeVariant } from "@/components/ui/badge";
import type { Result } from "@/lib/doctor/examine";
import type { Verdict } from "@/lib/doctor/finding";

const marks: Record<Verdict, { variant: BadgeVariant; label: string }> = {
  ok: { variant: "success", label: "OK" },
  warn: { variant: "warning", label: "Warning" },
  ask: { variant: "brand", label: "Asks you" },
  fail: { variant: "destructive", label: "Failed" },
};

/** A text in which what stands between backticks is code. */
function Words({ text }: { text: string }) {
  const [, before, code, rest = ""] = /^([^`]*)`([^`]*)`(.*)$/s.exec(text) ?? [];
  if (code === undefined) return text;
  return (
    <>
      {before}
      <code className="text-xs">{code}</code>
      <Words text={rest} />
    </>
  );
}

export function Checklist({ lines }: { lines: readonly Result[] }) {
  return (
    <RowList label="Production checklist">
      {lines.map(({ id, title, verdict, found, todo, isAnswerable }) => (
        <Row
          key={id}
          title={title}
          mark={<Badge variant={marks[verdict].variant}>{marks[verdict].label}</Badge>}
          about={<p>{found}</p>}
        >
          {todo && verdict !== "ask" ? (
            <p className="text-sm wrap-anywhere">
              <Words text={todo} />
            </p>
          ) : null}
          {isAnswerable && verdict !== "ok" ? <AnswerForm line={id} title={title} /> : null}
        </Row>
      ))}
    </RowList>
  );
}
