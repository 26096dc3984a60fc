import { isDns } from '../../protocols/dns/meaning'
import { isImap } from '../../protocols/imap/face'
import { isPop3 } from '../../protocols/pop3/face'
import { isSmtp } from '../../protocols/smtp/face'
import type { Meaning } from '../../session/session'
import { dnsGloss } from './dns'
import { imapGloss } from './imap'
import { pop3Gloss } from './pop3'
import { smtpGloss } from './smtp'

export type Gloss = (means: Meaning) => string | undefined

/** One maker of sentences a protocol. */
const glosses = new Map<string, Gloss>([
  ['DNS', ({ parsed }) => (parsed && isDns(parsed) ? dnsGloss(parsed) : undefined)],
  ['IMAP', ({ parsed }) => (parsed && isImap(parsed) ? imapGloss(parsed) : undefined)],
  ['POP3', ({ parsed }) => (parsed && isPop3(parsed) ? pop3Gloss(parsed) : undefined)],
  ['SMTP', ({ parsed }) => (parsed && isSmtp(parsed) ? smtpGloss(parsed) : undefined)],
])

/** Explains the lines of one more protocol from now on; gives back what takes that away again. */
export function addGloss(protocol: string, gloss: Gloss): () => void {
  glosses.set(protocol, gloss)
  return () => glosses.delete(protocol)
}

/** One plain sentence that explains a line on the wire, as the speaker might say it: "Will you take a letter for Bob?" */
export function glossOf(means: Meaning): string | undefined {
  return means.parsed && glosses.get(means.parsed.protocol)?.(means)
}
