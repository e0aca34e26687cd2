import { Fragment } from "react";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { type ApiProblem, apiProblems, problemAnchor } from "@/lib/api/problems";

/** The name, which may break after an underscore and nowhere else. */
function Breakable({ name }: { name: string }) {
  return name.split("_").map((part, index) => (
    <Fragment key={part}>
      {index > 0 ? (
        <>
          _<wbr />
        </>
      ) : null}
      {part}
    </Fragment>
  ));
}

/** Every error by its name; each can be linked to, as the errors' own `type` does. */
export function ProblemTable() {
  return (
    <Table>
      <caption className="sr-only">Errors</caption>
      <thead>
        <TableRow>
          <TableHead>Status</TableHead>
          <TableHead>Code</TableHead>
          <TableHead>Meaning</TableHead>
        </TableRow>
      </thead>
      <tbody>
        {Object.entries(apiProblems).map(([name, [status, title]]) => (
          <TableRow
            key={name}
            id={problemAnchor(name as ApiProblem)}
            className="scroll-mt-20 target:bg-accent"
          >
            <TableCell>{status}</TableCell>
            <TableCell>
              <code>
                <Breakable name={name} />
              </code>
            </TableCell>
            <TableCell>{title}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
