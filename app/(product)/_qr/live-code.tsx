"use client";

import { useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Code } from "./code";
import type { Matrix } from "./matrix";
import { useMatrix } from "./use-matrix";

/** Starts with a code drawn at build time; typing draws the visitor's own. */
export function LiveCode({ sample, matrix }: { sample: string; matrix: Matrix }) {
  const id = useId();
  const [text, setText] = useState("");
  const shown = useMatrix(text, matrix) ?? matrix;
  return (
    <div className="space-y-5">
      <div className="rounded-lg border bg-white p-2">
        <Code matrix={shown} label={`QR code for ${text === "" ? sample : text}`} />
      </div>
      <div className="space-y-2">
        <Label htmlFor={id}>Try it: type a link or a few words</Label>
        <Input
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={sample}
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
        />
      </div>
    </div>
  );
}
