/** The doors of this world. */
export const DOORS: readonly { readonly host: string; readonly port: number; readonly words: string }[] = [
  { host: 'mx.bird.example', port: 25, words: 'Bob’s exchanger, SMTP' },
  { host: 'mx-out.paper.example', port: 587, words: 'submission, SMTP' },
  { host: 'store.bird.example', port: 110, words: 'mailbox store, POP3' },
  { host: 'store.bird.example', port: 143, words: 'mailbox store, IMAP' },
]

/** What is wrong with a host and a port that were typed, in one sentence. */
export function complaintAbout(host: string, port: number): string | undefined {
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9.])?$/.test(host))
    return 'Give a host by name or by address, as mx.bird.example.'
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return 'A port is a whole number from 1 to 65535.'
  return undefined
}
