import { Action } from "./action";
import { Frame, Paragraph } from "./frame";

export function SignInEmail({
  appUrl,
  link,
  minutes,
}: {
  appUrl: string;
  link: string;
  minutes: number;
}) {
  return (
    <Frame appUrl={appUrl} preview="Your link to sign in to Northstar" title="Sign in to Northstar">
      <Paragraph>Open the link and press the button on the page to sign in.</Paragraph>
      <Action href={link}>Sign in</Action>
      <Paragraph>
        The link works once, for {minutes} minutes. If you did not ask for it, you can ignore this
        mail: nobody gets in without it.
      </Paragraph>
    </Frame>
  );
}
