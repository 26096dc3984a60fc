import { type Token, tokens } from '../grammar/addressTokens'

/** An address in the form of the envelope structure; a group is two markers around its members (RFC 9051 section 7.5.2). */
export interface EnvelopeAddress {
  readonly name?: string
  /** The obsolete source route before the address (RFC 5322 section 4.4): `@a,@b`. */
  readonly route?: string
  readonly mailbox?: string
  /** Undefined only in the markers of a group: an address without a domain has an empty host. */
  readonly host?: string
}

/** address-list of RFC 5322 section 3.4, read leniently: text that is no address gives no address. */
export function addressesOf(field: string): readonly EnvelopeAddress[] {
  const found: EnvelopeAddress[] = []
  let words: Token[] = []
  let angle: Token[] | undefined
  let insideAngle = false
  let comment: string | undefined
  let inGroup = false

  const finish = (): void => {
    if (angle) found.push(named(phrase(words), addrSpec(angle)))
    // One by one: a call with too many arguments fails.
    else for (const address of unbracketed(words, comment)) found.push(address)
    words = []
    angle = undefined
    comment = undefined
  }

  for (const token of tokens(field)) {
    const special = token.kind === 'special' ? token.text : ''
    if (token.kind === 'comment') comment ??= token.text
    else if (special === '<' && !insideAngle) {
      if (angle) finish()
      angle = []
      insideAngle = true
    } else if (special === '>') insideAngle = false
    else if (insideAngle) angle?.push(token)
    else if (special === ',') finish()
    else if (special === ':' && !inGroup) {
      found.push({ mailbox: phrase(words) })
      words = []
      comment = undefined
      inGroup = true
    } else if (special === ';') {
      finish()
      if (inGroup) found.push({})
      inGroup = false
    } else words.push(token)
  }
  finish()
  if (inGroup) found.push({})
  return found
}

/** The text between two commas without angle brackets: usually one addr-spec. */
function unbracketed(words: readonly Token[], comment: string | undefined): readonly EnvelopeAddress[] {
  if (words.length === 0) return []
  const runs = runsOf(words)
  const specs = runs.filter((run) => run.some(isAt))
  if (specs.length === 0) {
    // Several words are a name, one word is a mailbox. A missing part is an empty string: NIL as the host would begin a group
    // (RFC 9051 section 7.5.2), and a client would write to an invented mailbox.
    const name = phrase(words)
    return [/\s/.test(name) ? { name, mailbox: '', host: '' } : named(comment, { mailbox: name, host: '' })]
  }
  // Addresses without a comma between them are listed one by one. Words before the first are its name; later words belong to no
  // address.
  const before = phrase(runs.slice(0, runs.indexOf(specs[0] as readonly Token[])).flat())
  const name = before || (specs.length === 1 ? comment : undefined)
  return specs.map((spec, at) => named(at === 0 ? name : undefined, addrSpec(spec)))
}

const named = (name: string | undefined, address: EnvelopeAddress): EnvelopeAddress =>
  name ? { name, ...address } : address

/** addr-spec of RFC 5322 section 3.4.1, optionally after a route. */
function addrSpec(spec: readonly Token[]): EnvelopeAddress {
  const colon = isAt(spec[0]) ? spec.findIndex(({ kind, text }) => kind === 'special' && text === ':') : -1
  const plain = spec.slice(colon + 1)
  const at = plain.findLastIndex(isAt)
  return {
    ...(colon > 0 ? { route: textOf(spec.slice(0, colon)) } : {}),
    mailbox: textOf(at === -1 ? plain : plain.slice(0, at)),
    host: at === -1 ? '' : textOf(plain.slice(at + 1)),
  }
}

const isAt = (token: Token | undefined): boolean => token?.kind === 'special' && token.text === '@'

/** True if an address continues with this token: blanks may stand around its dots and its `@` (RFC 5322 section 4.4). */
function goesOn(before: Token, token: Token): boolean {
  if (!token.spaced || token.kind === 'special' || before.kind === 'special') return true
  return (token.kind === 'word' && token.text.startsWith('.')) || (before.kind === 'word' && before.text.endsWith('.'))
}

/** The tokens in runs, each of which may be an address. */
function runsOf(words: readonly Token[]): readonly (readonly Token[])[] {
  const runs: Token[][] = []
  for (const [at, token] of words.entries()) {
    if (at > 0 && goesOn(words[at - 1] as Token, token)) runs.at(-1)?.push(token)
    else runs.push([token])
  }
  return runs
}

const textOf = (spec: readonly Token[]): string =>
  spec.map((token, at) => (at === 0 || goesOn(spec[at - 1] as Token, token) ? '' : ' ') + token.text).join('')

/** phrase of RFC 5322 section 3.2.5: a comment and the end of a quoted string separate words like a space. */
function phrase(words: readonly Token[]): string {
  const parted = (at: number): boolean => {
    const [before, token] = [words[at - 1] as Token, words[at] as Token]
    if (token.spaced) return true
    return [before.kind, token.kind].includes('quoted') && token.kind !== 'special' && before.kind !== 'special'
  }
  return words.map(({ text }, at) => (at > 0 && parted(at) ? ' ' : '') + text).join('')
}
