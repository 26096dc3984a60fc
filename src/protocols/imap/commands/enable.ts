import { end, keyword, peek, sp } from '../grammar/grammar'
import { ok, untagged } from '../grammar/responses'
import type { Extension } from '../session/serverContext'
import { command, LOGGED_IN } from './command'

const EXTENSIONS: readonly Extension[] = ['CONDSTORE', 'QRESYNC', 'UTF8=ACCEPT', 'IMAP4rev2']

/** The known names among those given, in their order; others are ignored (RFC 5161 section 3.1). */
const known = (names: readonly string[]): readonly Extension[] =>
  names.flatMap((name) => EXTENSIONS.find((each) => each.toUpperCase() === name) ?? [])

export const enable = command<readonly string[]>({
  name: 'ENABLE',
  states: LOGGED_IN,
  syntax: 'ENABLE capability ...',
  rfc: 'RFC 9051 section 6.3.1',
  example: 'ENABLE CONDSTORE',
  scan(s) {
    const names: string[] = []
    do {
      sp(s)
      names.push(keyword(s, 'the name of a capability'))
    } while (peek(s) === ' ')
    end(s)
    return names
  },
  parsed: (names) => ({ type: 'ENABLE', capabilities: names }),
  enables: known,
  answer: (names) => ({
    ...ok('Enabled'),
    untagged: [untagged({ type: 'ENABLED' }, ['ENABLED', ...new Set(known(names))].join(' '))],
  }),
})
