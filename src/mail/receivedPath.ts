import type { Octets } from '../base/octets'
import { endOfComment } from './comments'
import { originationDate } from './dateField'
import { fieldBody, headerSection, LONGEST_FIELD_BODY, rawFields } from './headerFields'

/**
 * The way of a message as its own trace fields tell it (RFC 5321 section 4.4). Programs write `Received` in forms of their own, so
 * it is read leniently: a field whose form is not known stays text. The time is linear in the length of the header.
 */

/** A Received field that says who took the message. */
export interface ReceivedNote {
  /** The place of the field among all fields of the header. */
  readonly field: number
  /** The client's own name, from HELO or EHLO. */
  readonly from?: string | undefined
  /** The client's name as the server found it. */
  readonly fromName?: string | undefined
  readonly fromAddress?: string | undefined
  readonly by?: string | undefined
  readonly byAddress?: string | undefined
  /** The protocol as written: `ESMTPSA`, `Microsoft SMTP Server`. */
  readonly protocol?: string | undefined
  readonly id?: string | undefined
  readonly forAddress?: string | undefined
  /** Unix milliseconds by the clock of the server; undefined without a date that can be read. */
  readonly at?: number | undefined
  /** True if the field says that the line was inside TLS; undefined if it says neither. */
  readonly encrypted?: boolean | undefined
  readonly authenticated: boolean
  /** False for a field in a form that is not known: it names neither end. */
  readonly known: boolean
}

/** A header field as it stands in the header, or a line that is no field (with an empty name). */
export interface PathField {
  readonly fieldName: string
  readonly octets: Octets
  /** The place of the date's time in the octets, if the field has a date that counts here. */
  readonly clock?: readonly [start: number, end: number]
}

export interface ReceivedPath {
  readonly fields: readonly PathField[]
  /** Oldest first: in the order of travel. */
  readonly notes: readonly ReceivedNote[]
  /** The place of the Date field, and its instant in Unix milliseconds. */
  readonly date?: { readonly field: number; readonly at: number }
  /** The body of the From field. */
  readonly author?: string
  readonly subject?: string
  /** Received fields beyond the limit, the oldest ones, which are not taken apart. */
  readonly more: number
}

/** RFC 5321 section 6.3: more hops than this are a loop. */
export const MOST_NOTES = 100

/** The way that a header tells. `header` may be a whole message, whose body is not read. */
export function receivedPath(header: Octets): ReceivedPath {
  const raw = rawFields(headerSection(header))
  const notes: ReceivedNote[] = []
  let date: ReceivedPath['date']
  let more = 0
  const fields = raw.map(({ fieldName, octets }, field): PathField => {
    const name = fieldName.toLowerCase()
    if (name === 'received') {
      if (notes.length >= MOST_NOTES) {
        more++
        return { fieldName, octets }
      }
      const note = readNote(octets, field)
      notes.push(note)
      return note.at === undefined ? { fieldName, octets } : { fieldName, octets, ...clockIn(octets) }
    }
    if (name === 'date' && !date) {
      const at = originationDate(fieldBody(octets, fieldName) ?? '')?.at
      if (at !== undefined) {
        date = { field, at }
        return { fieldName, octets, ...clockIn(octets) }
      }
    }
    return { fieldName, octets }
  })
  const author = fieldBody(header, 'From')
  const subject = fieldBody(header, 'Subject')
  return {
    fields,
    notes: notes.toReversed(),
    ...(date === undefined ? {} : { date }),
    ...(author === undefined ? {} : { author }),
    ...(subject === undefined ? {} : { subject }),
    more,
  }
}

function readNote(octets: Octets, field: number): ReceivedNote {
  const unknown = { field, authenticated: false, known: false }
  if (octets.length > LONGEST_FIELD_BODY) return unknown
  const { clauses, date } = clausesOf(fieldBody(octets, 'Received') ?? '')
  const at = originationDate(date)?.at
  const [from, by] = [clauses.get('from'), clauses.get('by')]
  if (!from && !by) return { ...unknown, at }
  const protocol = clauses.get('with')?.words.join(' ')
  const comments = [...clauses.values()].flatMap((clause) => clause.comments)
  const client = endOf(from)
  const server = endOf(by)
  return {
    field,
    known: true,
    authenticated: /^(?:ESMTP|UTF8SMTP|LMTP)S?A$/i.test(protocol ?? ''),
    at,
    from: client.name,
    fromName: client.found,
    fromAddress: client.address,
    by: server.name,
    byAddress: server.address,
    protocol: protocol || undefined,
    id: clauses.get('id')?.words[0],
    forAddress: clauses.get('for')?.words[0]?.replace(/^<|>$/g, '') || undefined,
    encrypted: encryption(protocol ?? '', comments, clauses.has('tls')),
  }
}

interface Clause {
  readonly words: string[]
  readonly comments: string[]
}

/** The clauses of RFC 5321 section 4.4, and that of RFC 8314 section 4.3. */
const CLAUSES = new Set(['from', 'by', 'via', 'with', 'id', 'for', 'tls'])

/** A word, up to white space, a comment, a semicolon or the bracket that opens an address literal. */
const WORD = /[^\s();]+/y

/** The clauses of the field's body by their first word, and the text after the last semicolon outside comments. */
function clausesOf(body: string): { readonly clauses: ReadonlyMap<string, Clause>; readonly date: string } {
  const clauses = new Map<string, Clause>()
  let clause: Clause | undefined
  let date = 0
  for (let at = 0; at < body.length; ) {
    const char = body[at] as string
    if (char === '(') {
      const end = endOfComment(body, at)
      clause?.comments.push(body.slice(at + 1, end))
      at = end + 1
      continue
    }
    if (char === ';') date = at + 1
    WORD.lastIndex = at
    const word = WORD.exec(body)?.[0]
    if (word === undefined) {
      at++
      continue
    }
    at += word.length
    const name = word.toLowerCase()
    if (date === 0 && CLAUSES.has(name) && !clauses.has(name)) {
      clause = { words: [], comments: [] }
      clauses.set(name, clause)
    } else if (date === 0) clause?.words.push(word)
  }
  return { clauses, date: date === 0 ? '' : body.slice(date) }
}

interface End {
  readonly name?: string | undefined
  /** The name that the other end found by the address. */
  readonly found?: string | undefined
  readonly address?: string | undefined
}

/** An address in a comment: an address literal, or bare. */
const LITERAL = /\[(?:IPv6:)?([0-9A-Fa-f.:%]{3,60})\]/i
const BARE = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:%\w{1,20})?)$/
const HELO = /(?:^|\s)(?:helo|ehlo)[= ]\s*([^\s)]{1,255})/i
/** TCP-info: the name that the server found, before the address literal. */
const TCP_INFO = /^\s{0,9}([A-Za-z0-9._-]{1,255})\s{1,9}\[/
/** A name with a dot, by itself. */
const NAME = /^[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,20}\.?$/

/**
 * An end of the connection. The client's own name stands first, and the server's findings in a comment; Exim and qmail write it
 * the other way round, with the client's name after `helo=` or `HELO`.
 */
function endOf(clause: Clause | undefined): End {
  if (!clause) return {}
  const first = clause.words[0] ?? ''
  const written = LITERAL.exec(first)?.[1] ?? (BARE.test(first) ? first : undefined)
  let address = written
  let found: string | undefined
  let said: string | undefined
  for (const comment of clause.comments) {
    said ??= HELO.exec(comment)?.[1]
    const before = TCP_INFO.exec(comment)?.[1]
    if (before !== undefined && before !== 'unknown') found ??= before.replace(/\.$/, '')
    address ??= LITERAL.exec(comment)?.[1]
    for (const word of comment.split(/\s+/)) {
      if (BARE.test(word)) address ??= word
      else if (NAME.test(word) && !/^(?:helo|ehlo)$/i.test(word)) found ??= word.replace(/\.$/, '')
    }
  }
  // With a name from HELO in the comment, the first word is what the server found.
  const name = said ?? first
  return {
    name: name || undefined,
    found: said === undefined ? found : first === 'unknown' || written ? undefined : first,
    address,
  }
}

/** RFC 3848: `S` in the protocol's name is TLS. Some programs write it in a comment instead. */
function encryption(protocol: string, comments: readonly string[], hasTls: boolean): boolean | undefined {
  if (hasTls || comments.some((comment) => /\bTLS|\bcipher=/i.test(comment))) return true
  const name = /^(?:E?SMTP|UTF8SMTP|LMTP|UTF8LMTP)(S?)A?$/i.exec(protocol)
  if (!name) return /^(?:HTTPS|SMTPS)$/i.test(protocol) ? true : undefined
  return name[1] !== ''
}

const CLOCK = /\d{1,2}:\d{2}(?::\d{2})?(?: *[+-]\d{4}| [A-Z]{1,4}\b)?/g

/** The place of the time in a field with a date: the last one, since earlier parts may have numbers with colons. */
function clockIn(octets: Octets): Pick<PathField, 'clock'> {
  const from = octets.lastIndexOf(';') + 1
  const found = CLOCK.exec(octets.slice(from))
  CLOCK.lastIndex = 0
  return found ? { clock: [from + found.index, from + found.index + found[0].length] } : {}
}
