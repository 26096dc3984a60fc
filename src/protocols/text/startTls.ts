import { concat, EMPTY, type Octets, slice } from '../../base/octets'

/** Detects that both ends have agreed to TLS: a typed command asked for it, and the server agreed. */

export interface TlsWish {
  /** The unfinished line that is being typed. */
  readonly typed: Octets
  /** The server has greeted: its next lines may be answers. */
  readonly greeted: boolean
  /** The beginning of the server's agreement, if TLS was requested: `220`, `+OK`, `a1 OK`. */
  readonly yes?: string
  readonly no?: readonly string[]
}

export const noWish: TlsWish = { typed: EMPTY, greeted: false }

/** A command for TLS is short; only this much of a longer line is kept. */
const LINE_LIMIT = 256

/** Notes typed octets: STARTTLS (RFC 3207), STLS (RFC 2595 section 4), `tag STARTTLS` (RFC 9051 section 6.2.1). */
export function noteTyped(wish: TlsWish, octets: Octets): TlsWish {
  const lines = concat(wish.typed, octets).split('\n')
  const typed = slice(lines.pop() as Octets, 0, LINE_LIMIT)
  return lines.reduce<TlsWish>((noted, line) => asked(noted, line.trim()), { ...wish, typed })
}

function asked(wish: TlsWish, command: string): TlsWish {
  if (/^STARTTLS$/i.test(command)) return { ...wish, yes: '220', no: ['4', '5'] }
  if (/^STLS$/i.test(command)) return { ...wish, yes: '+OK', no: ['-ERR'] }
  const tag = /^(\S+) STARTTLS$/i.exec(command)?.[1]
  return tag === undefined ? wish : { ...wish, yes: `${tag} OK`, no: [`${tag} NO`, `${tag} BAD`] }
}

/** Notes a line of the server, and tells whether it agrees to the requested TLS. */
export function noteAnswer(wish: TlsWish, line: Octets): { readonly wish: TlsWish; readonly agreed: boolean } {
  const { yes, no, ...rest } = wish
  if (!wish.greeted) return { wish: { ...wish, greeted: true }, agreed: false }
  const answer = line.toUpperCase()
  const saysYes = yes !== undefined && answer.startsWith(yes.toUpperCase()) && !/^\d{3}-/.test(answer)
  const saysNo = no?.some((word) => answer.startsWith(word.toUpperCase())) ?? false
  return { wish: saysYes || saysNo ? rest : wish, agreed: saysYes }
}
