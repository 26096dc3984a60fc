import { fromText, type Octets } from '../../base/octets'
import type { InterventionBody } from '../../world/intervention'
import type { ReadyLetter } from '../../world/scenario'

/** The scenario's letter as a message of RFC 5322: the mail program adds `Date:` and `Message-ID:` when it sends it. */
export function messageOf(letter: ReadyLetter): Octets {
  const body = letter.body.replace(/\r?\n/g, '\r\n').replace(/(\r\n)*$/, '\r\n')
  const header = [
    `From: ${letter.from}`,
    `To: ${letter.to}`,
    `Subject: ${letter.subject}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${/[^\0-\x7f]/.test(body) ? '8bit' : '7bit'}`,
  ]
  return fromText(`${header.join('\r\n')}\r\n\r\n${body}`)
}

/** The address alone: `Bob <bob@bird.example>` is `bob@bird.example`. */
export const addressOf = (mailbox: string): string => /<([^<>]+)>/.exec(mailbox)?.[1] ?? mailbox.trim()

/** What pressing "Send the letter" does to the world. */
export const sendingOf = (letter: ReadyLetter): InterventionBody => ({
  type: 'submitted',
  host: letter.host,
  account: letter.account,
  forwardPaths: [addressOf(letter.to)],
  message: messageOf(letter),
})
