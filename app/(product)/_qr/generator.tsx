"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyCode } from "./empty-code";
import { ProblemNotice } from "./problem-notice";
import { Result } from "./result";
import { TextField } from "./text-field";
import { useGenerator } from "./use-generator";

export function Generator() {
  const [text, setText] = useState("");
  const { made, problem, pending, generate } = useGenerator();

  function submit(event: FormEvent) {
    event.preventDefault();
    void generate({ text: text.trim(), format: "png" });
  }

  return (
    <div className="grid gap-6 md:grid-cols-[minmax(0,1fr)_16rem] md:gap-8">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField value={text} onChange={setText} />
        <Button type="submit" className="w-full sm:w-fit" disabled={pending}>
          {pending ? "Making the code…" : "Create code"}
        </Button>
        {problem ? <ProblemNotice problem={problem} /> : null}
      </form>
      <div className="mx-auto w-full max-w-64">
        {made ? <Result made={made} /> : <EmptyCode />}
        <p role="status" className="sr-only">
          {made ? `The code for ${made.text} is ready to download.` : null}
        </p>
      </div>
    </div>
  );
}
