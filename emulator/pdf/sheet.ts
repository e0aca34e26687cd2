import type PDFDocument from "pdfkit";
import { latin } from "./latin.ts";

const MARGIN = 56;
const INK = "#14171c";
const SOFT = "#586172";
const LINE = "#d7dbe2";
const REGULAR = "Helvetica";
const BOLD = "Helvetica-Bold";

type Weight = "regular" | "bold" | "soft";

/** A document of A4 pages that is written from the top down. Lengths are in points (1/72 inch). */
export class Sheet {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];

  private constructor(pdf: PDFKit.PDFDocument) {
    this.#pdf = pdf;
    pdf.on("data", (chunk: Buffer) => this.#chunks.push(chunk));
  }

  /** @param created the date that the file carries, so that the same document is the same file */
  static async open(title: string, author: string, created: Date): Promise<Sheet> {
    // Loaded when the first document is made: it takes longer to load than all the rest to start.
    const { default: Pdf }: { default: typeof PDFDocument } = await import("pdfkit");
    const pdf = new Pdf({
      size: "A4",
      margin: MARGIN,
      info: { Title: latin(title), Author: latin(author), CreationDate: created },
    });
    return new Sheet(pdf);
  }

  get #left(): number {
    return MARGIN;
  }

  get #right(): number {
    return this.#pdf.page.width - MARGIN;
  }

  #font(weight: Weight, size: number): void {
    this.#pdf
      .font(weight === "bold" ? BOLD : REGULAR)
      .fontSize(size)
      .fillColor(weight === "soft" ? SOFT : INK);
  }

  /** The title, whose document it is at its right, and lines about it below. */
  heading(text: string, beside: string, about: readonly string[]): void {
    const y = this.#pdf.y;
    this.#font("bold", 22);
    this.#pdf.text(latin(text), this.#left, y, { lineBreak: false });
    this.#font("bold", 12);
    this.#pdf.text(latin(beside), this.#left, y + 7, { align: "right" });
    this.gap(16);
    this.#font("regular", 10);
    for (const line of about) this.#pdf.text(latin(line), this.#left);
    this.gap(20);
  }

  /** Blocks of lines side by side, each under its title. */
  columns(blocks: readonly { title: string; lines: readonly string[] }[]): void {
    const width = (this.#right - this.#left) / blocks.length;
    const top = this.#pdf.y;
    let bottom = top;
    for (const [index, { title, lines }] of blocks.entries()) {
      const options = { width: width - 12 };
      this.#font("soft", 9);
      this.#pdf.text(latin(title), this.#left + index * width, top, options);
      this.#font("regular", 10);
      for (const line of lines) this.#pdf.text(latin(line), options);
      bottom = Math.max(bottom, this.#pdf.y);
    }
    this.#pdf.x = this.#left;
    this.#pdf.y = bottom;
    this.gap(24);
  }

  /** Words at the left and an amount at the right; `inset` begins further to the right. */
  row(words: string, amount: string, weight: Weight = "regular", inset = false): void {
    const left = inset ? this.#left + (this.#right - this.#left) / 2 : this.#left;
    const width = this.#right - left - 110;
    this.#font(weight, 10);
    const height = this.#pdf.heightOfString(latin(words), { width });
    if (this.#pdf.y + height > this.#pdf.page.height - MARGIN) this.#pdf.addPage();
    const y = this.#pdf.y;
    this.#pdf.text(latin(words), left, y, { width });
    this.#pdf.text(latin(amount), this.#right - 110, y, { width: 110, align: "right" });
    this.#pdf.x = this.#left;
    this.#pdf.y = y + height;
    this.gap(7);
  }

  rule(): void {
    const y = this.#pdf.y;
    this.#pdf.moveTo(this.#left, y).lineTo(this.#right, y).lineWidth(0.75).stroke(LINE);
    this.gap(9);
  }

  note(text: string): void {
    this.#font("soft", 9);
    this.#pdf.text(latin(text), this.#left);
  }

  gap(points: number): void {
    this.#pdf.y += points;
  }

  /** Ends the document and returns the file. */
  async close(): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#pdf.once("end", resolve).once("error", reject);
    this.#pdf.end();
    await promise;
    return Buffer.concat(this.#chunks);
  }
}
