import "server-only";
import { Head, Html } from "@react-email/components";
import { render } from "@react-email/render";
import type { EmailPreview } from "./preview";

const address = ({ template, sample }: EmailPreview, as: "html" | "text") =>
  `?${new URLSearchParams({ template, sample, as })}`;

/** A page of all mails, each with the way to its HTML and its text. */
export async function previewList(previews: readonly EmailPreview[]): Promise<string> {
  return await render(
    <Html lang="en">
      <Head>
        <title>Mails</title>
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
      </Head>
      <body style={{ fontFamily: "system-ui", margin: "2rem auto", maxWidth: 720, padding: 16 }}>
        <h1>Mails</h1>
        <ul style={{ lineHeight: 1.8, padding: 0, listStyle: "none" }}>
          {previews.map((preview) => (
            <li key={address(preview, "html")} style={{ marginBottom: 12 }}>
              <a href={address(preview, "html")}>{preview.subject}</a>
              <br />
              <small>
                {preview.template}
                {preview.sample ? `, ${preview.sample}` : ""} ·{" "}
                <a href={address(preview, "text")}>as text</a>
              </small>
            </li>
          ))}
        </ul>
      </body>
    </Html>,
  );
}
