import 'server-only';
import { createTransport } from 'nodemailer';
import { env } from '../env';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** Is there a mail server? Without one, whoever acts hands over what would have been sent. */
export function isMailPossible(): boolean {
  return env().SMTP_URL !== undefined;
}

/**
 * Hands one message to the mail server. Once: it is for the caller to offer another way when it fails.
 * @throws when there is no mail server, or it does not take the message within 10 seconds
 */
export async function sendMail({ to, subject, text }: Mail): Promise<void> {
  const { SMTP_URL: url, SMTP_FROM: from } = env();
  if (url === undefined || from === undefined) throw new Error('no mail server is configured');
  const limit = 10_000;
  const transport = createTransport({ url, connectionTimeout: limit, greetingTimeout: limit, socketTimeout: limit });
  try {
    // An object: the address is taken as it is, never parsed as a list of several.
    await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
  } finally {
    transport.close();
  }
}
