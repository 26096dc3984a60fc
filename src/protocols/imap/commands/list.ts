import { HIERARCHY_DELIMITER, INBOX } from '../../../mail/store'
import {
  accept,
  atEnd,
  end,
  expected,
  keyword,
  listMailbox,
  parenthesized,
  peek,
  type Scanner,
  sp,
  stringOf,
} from '../grammar'
import { decodeMailboxName, encodeMailboxName, mailboxArgument } from '../mailboxNames'
import { ok, type Response, untagged } from '../responses'
import type { ListedMailbox } from '../storeQuestions'
import { answered, command, LOGGED_IN } from './command'

interface ListArguments {
  readonly reference: string
  readonly patterns: readonly string[]
  readonly subscribedOnly: boolean
  readonly specialOnly: boolean
}

const pattern = (s: Scanner): string => decodeMailboxName(listMailbox(s))

/** list of RFC 3501, and of RFC 5258 what SPECIAL-USE needs: selection and return options, several patterns. */
function scan(s: Scanner): ListArguments {
  sp(s)
  let subscribedOnly = false
  let specialOnly = false
  if (peek(s) === '(') {
    const options = parenthesized(
      s,
      (inner) => option(inner, ['SUBSCRIBED', 'SPECIAL-USE', 'REMOTE', 'RECURSIVEMATCH']),
      true,
    )
    subscribedOnly = options.includes('SUBSCRIBED')
    specialOnly = options.includes('SPECIAL-USE')
    sp(s)
  }
  const reference = mailboxArgument(s)
  sp(s)
  const patterns = peek(s) === '(' ? parenthesized(s, pattern) : [pattern(s)]
  if (!atEnd(s)) {
    sp(s)
    if (!accept(s, 'RETURN')) expected(s, 'RETURN or the end of the line')
    sp(s)
    parenthesized(s, (inner) => option(inner, ['SUBSCRIBED', 'CHILDREN', 'SPECIAL-USE']), true)
  }
  end(s)
  return { reference, patterns, subscribedOnly, specialOnly }
}

function option(s: Scanner, known: readonly string[]): string {
  const start = s.at
  const found = keyword(s, `one of ${known.join(' ')}`)
  if (known.includes(found)) return found
  s.at = start
  return expected(s, `one of ${known.join(' ')}`)
}

/** `*` stands for anything, `%` for anything within one level (RFC 9051 section 6.3.9). INBOX matches in any case. */
export function matches(name: string, wanted: string): boolean {
  const stars = wanted.replace(/[*%]*\*[*%]*/g, '*').replace(/%+/g, '%')
  return match(name === INBOX ? stars.replace(/^inbox(?=$|[/*%])/i, INBOX) : stars, name)
}

/** All places in the pattern at once, so no pattern takes longer than its length times the name's. */
function match(wanted: string, name: string): boolean {
  let states = new Set([0])
  const spread = (set: Set<number>): Set<number> => {
    for (const at of set) if (wanted[at] === '*' || wanted[at] === '%') set.add(at + 1)
    return set
  }
  states = spread(states)
  for (const char of name) {
    const next = new Set<number>()
    for (const at of states) {
      const token = wanted[at]
      if (token === '*' || (token === '%' && char !== HIERARCHY_DELIMITER)) next.add(at)
      else if (token === char) next.add(at + 1)
    }
    states = spread(next)
    if (states.size === 0) return false
  }
  return states.has(wanted.length)
}

function lines(name: 'LIST' | 'LSUB', args: ListArguments, mailboxes: readonly ListedMailbox[]): readonly Response[] {
  // An empty name asks for the hierarchy delimiter alone (RFC 9051 section 6.3.9).
  if (args.patterns.length === 1 && args.patterns[0] === '') return [line(name, ['\\Noselect'], '')]
  const wanted = args.patterns.map((each) => args.reference + each)
  const told: Response[] = []
  const parents = new Set<string>()
  for (const each of mailboxes) {
    if ((args.subscribedOnly && !each.subscribed) || (args.specialOnly && each.specialUse === undefined)) continue
    if (wanted.some((one) => matches(each.name, one))) {
      const attributes = [
        each.hasChildren ? '\\HasChildren' : '\\HasNoChildren',
        ...(each.subscribed && name === 'LIST' && args.subscribedOnly ? ['\\Subscribed'] : []),
        ...(each.specialUse === undefined ? [] : [each.specialUse]),
      ]
      told.push(line(name, attributes, each.name))
    } else if (name === 'LSUB') {
      // `%` shows a name that is not subscribed itself where one below it is (RFC 3501 section 6.3.9).
      const levels = each.name.split(HIERARCHY_DELIMITER)
      for (let depth = 1; depth < levels.length; depth++) {
        const parent = levels.slice(0, depth).join(HIERARCHY_DELIMITER)
        if (wanted.some((one) => matches(parent, one))) parents.add(parent)
      }
    }
  }
  const shown = new Set(mailboxes.filter((each) => each.subscribed).map((each) => each.name))
  for (const parent of parents) if (!shown.has(parent)) told.push(line(name, ['\\Noselect'], parent))
  return told
}

function line(name: string, attributes: readonly string[], mailboxName: string): Response {
  const gloss =
    mailboxName === '' ? `Levels of names are parted by ${HIERARCHY_DELIMITER}.` : `There is ${mailboxName}.`
  const body = `${name} (${attributes.join(' ')}) "${HIERARCHY_DELIMITER}" ${stringOf(encodeMailboxName(mailboxName))}`
  return untagged(name, body, gloss)
}

export const list = command<ListArguments>({
  name: 'LIST',
  states: LOGGED_IN,
  syntax: 'LIST reference pattern',
  meaning: 'Names the mailboxes that match: * stands for anything, % for anything within one level.',
  effect: 'Nothing changes.',
  rfc: 'RFC 9051 section 6.3.9',
  slip: 'The reference is usually empty, and has to be written: LIST "" "*".',
  example: 'LIST "" "*"',
  scan,
  gloss: () => 'Which mailboxes are there?',
  question: () => ({ type: 'listMailboxes' }),
  answer: (args, _context, answer) => ({
    ...ok('That is all'),
    untagged: lines('LIST', args, answered(answer, 'mailboxesListed').mailboxes),
  }),
})

export const lsub = command<ListArguments>({
  name: 'LSUB',
  states: LOGGED_IN,
  syntax: 'LSUB reference pattern',
  meaning: 'Names the subscribed mailboxes that match. IMAP4rev2 asks by LIST (SUBSCRIBED) instead.',
  effect: 'Nothing changes.',
  rfc: 'RFC 3501 section 6.3.9',
  example: 'LSUB "" "*"',
  scan(s) {
    sp(s)
    const reference = mailboxArgument(s)
    sp(s)
    const patterns = [pattern(s)]
    end(s)
    return { reference, patterns, subscribedOnly: true, specialOnly: false }
  },
  gloss: () => 'Which mailboxes am I subscribed to?',
  question: () => ({ type: 'listMailboxes' }),
  answer: (args, _context, answer) => ({
    ...ok('That is all'),
    untagged: lines('LSUB', args, answered(answer, 'mailboxesListed').mailboxes),
  }),
})

export const namespace = command({
  name: 'NAMESPACE',
  states: LOGGED_IN,
  syntax: 'NAMESPACE',
  meaning: "Tells under which names one's own, others' and shared mailboxes lie.",
  effect: 'Nothing changes.',
  rfc: 'RFC 2342 section 5',
  example: 'NAMESPACE',
  scan: end,
  gloss: () => 'Under which names do my mailboxes lie?',
  answer: () => ({
    ...ok('That is all'),
    untagged: [
      untagged(
        'NAMESPACE',
        `NAMESPACE (("" "${HIERARCHY_DELIMITER}")) NIL NIL`,
        'Yours have no prefix, and there are no others.',
      ),
    ],
  }),
})
