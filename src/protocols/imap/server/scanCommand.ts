import type { Octets } from '../../../base/octets'
import type { Meaning } from '../../../session/session'
import { findCommand } from '../commands'
import type { CommandEvent } from '../commands/commandEvent'
import { accept, expected, GrammarError, keyword, type Scanner, scan, sp, tag } from '../grammar/grammar'
import { meaningOfCommand, meaningOfUnreadable } from '../meaning'
import type { Unreadable } from './types'

export interface Scanned {
  readonly event: CommandEvent | Unreadable
  readonly means: Meaning
}

/** command = tag SP (command-any / command-auth / ...) CRLF, without its line end, its literals included. */
export function scanCommand(source: Octets, utf8 = false): Scanned {
  const s = scan(source, utf8)
  let name = ''
  let tagged = '*' as Octets
  try {
    const found = tag(s)
    sp(s)
    tagged = found
    name = commandName(s)
    const known = findCommand(name)
    if (!known) return unreadable(name, tagged, `There is no command ${name.slice(0, 40)}`)
    const args = known.scan(s)
    return { event: { type: known.name, tag: tagged, args }, means: meaningOfCommand(known.parsed(args)) }
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error
    // The place is useless in a line with literals; in a plain line it helps.
    const text = source.includes('\n') ? `expected ${error.expectation}` : error.message
    return unreadable(name, tagged, name === '' ? capital(text) : `${name}: ${text}`)
  }
}

function commandName(s: Scanner): string {
  const name = keyword(s, 'a command')
  if (name !== 'UID') return name
  const which = 'FETCH, STORE, SEARCH, SORT, THREAD, COPY, MOVE or EXPUNGE after UID'
  if (!accept(s, ' ')) expected(s, which)
  return `UID ${keyword(s, which)}`
}

const unreadable = (name: string, tagged: Octets, text: string): Scanned => ({
  event: { type: 'unreadable', tag: tagged, text },
  means: meaningOfUnreadable(name),
})

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
