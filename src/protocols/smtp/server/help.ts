import { commandEntries, smtpEntry, verbEntry } from '../catalogue/catalogue'

/** The text of HELP (RFC 5321 section 4.1.1.8), from the catalogue. */

interface Offers {
  readonly auth: boolean
  readonly tls: boolean
}

/** All commands, or the help for one topic: a command, a keyword, a parameter or a code. Undefined for an unknown topic. */
export function helpLines(topic: string, offers: Offers): readonly string[] | undefined {
  const offered = commandEntries
    .map(({ name }) => name)
    .filter((name) => (name !== 'AUTH' || offers.auth) && (name !== 'STARTTLS' || offers.tls))
  if (topic === '') return ['Commands:', offered.join(' '), 'For more on one: HELP command']
  const entry = smtpEntry(topic)
  if (!entry) return undefined
  const verb = verbEntry(topic)
  const hidden = verb && !offered.includes(verb.name) ? ['It is not offered here.'] : []
  return [entry.syntax ?? entry.name, ...(verb ? [verb.help] : []), ...hidden, `${entry.term} (${entry.rfc})`]
}
