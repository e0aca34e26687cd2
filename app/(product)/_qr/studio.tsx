"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Code } from "./code";
import { ColourField } from "./colour-field";
import { scanWarning } from "./contrast";
import { EmptyCode } from "./empty-code";
import { FormatField } from "./format-field";
import { ProblemNotice } from "./problem-notice";
import type { Format } from "./request";
import { Result } from "./result";
import { TextField } from "./text-field";
import { useGenerator } from "./use-generator";
import { useMatrix } from "./use-matrix";

export function Studio() {
  const [text, setText] = useState("");
  const [format, setFormat] = useState<Format>("svg");
  const [foreground, setForeground] = useState("#14213d");
  const [background, setBackground] = useState("#ffffff");
  const { made, problem, pending, generate, discard } = useGenerator();
  const preview = useMatrix(text.trim());
  const warning = scanWarning(foreground, background);

  /** A file on screen that no longer matches the form would be downloaded by mistake. */
  function change<Value>(set: (value: Value) => void): (value: Value) => void {
    return (value) => {
      discard();
      set(value);
    };
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void generate({ text: text.trim(), format, foreground, background });
  }

  return (
    <div className="grid gap-8 md:grid-cols-[minmax(0,1fr)_18rem]">
      <form onSubmit={submit} className="flex flex-col gap-5">
        <TextField value={text} onChange={change(setText)} />
        <FormatField value={format} onChange={change(setFormat)} />
        <div className="grid grid-cols-2 gap-3 sm:gap-4">
          <ColourField label="Code color" value={foreground} onChange={change(setForeground)} />
          <ColourField label="Background" value={background} onChange={change(setBackground)} />
        </div>
        <p role="status" className="text-sm text-warning-foreground empty:hidden">
          {warning}
        </p>
        <Button type="submit" className="w-full sm:w-fit" disabled={pending}>
          {pending ? "Making the file…" : "Create file"}
        </Button>
        <p className="text-sm text-muted-foreground">
          The preview is free. A code counts when you create its file.
        </p>
        {problem ? <ProblemNotice problem={problem} /> : null}
      </form>
      {/* On a phone the preview is above, in sight while typing, and the file below its button. */}
      <div
        className={cn(
          "mx-auto w-full max-w-72",
          made ? null : "max-md:order-first max-md:max-w-48",
        )}
      >
        {made ? <Result made={made} /> : null}
        {!made && preview ? (
          <div className="overflow-hidden rounded-lg border">
            <Code
              matrix={preview}
              label={`Preview of the code for ${text.trim()}`}
              foreground={foreground}
              background={background}
            />
          </div>
        ) : null}
        {made || preview ? null : <EmptyCode />}
        <p role="status" className="sr-only">
          {made ? `The file for ${made.text} is ready to download.` : null}
        </p>
      </div>
    </div>
  );
}
