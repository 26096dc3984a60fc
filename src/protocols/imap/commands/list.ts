import { HIERARCHY_DELIMITER } from '../../../mail/store'
import { accept, atEnd, end, expected, keyword, parenthesized, peek, type Scanner, sp } from '../grammar/grammar'
import { ok, type Response, untagged } from '../grammar/responses'
import { mailboxArgument, mailboxText, patternArgument } from '../session/mailboxNames'
import type { ServerContext } from '../session/serverContext'
import { type StatusItem, statusItems, statusResponse } from '../session/statusResponses'
import type { ListedMailbox } from '../store/storeQuestions'
import { answered, command, LOGGED_IN } from './command'
import { matches, parentsOf } from './listPatterns'

const SELECTION = ['SUBSCRIBED', 'REMOTE', 'RECURSIVEMATCH', 'SPECIAL-USE'] as const
const RETURN = ['SUBSCRIBED', 'CHILDREN', 'SPECIAL-USE', 'STATUS'] as const

interface ListArguments {
  /** The extended form of RFC 5258, which reports every requested attribute. */
  readonly extended: boolean
  readonly reference: string
  readonly patterns: readonly string[]
  readonly select: readonly (typeof SELECTION)[number][]
  readonly give: readonly (typeof RETURN)[number][]
  readonly status: readonly StatusItem[]
}

function option<T extends string>(s: Scanner, known: readonly T[]): T {
  const start = s.at
  const name = keyword(s, `one of ${known.join(' ')}`)
  const found = known.find((each) => each === name)
  if (found) return found
  s.at = start
  return expected(s, `one of ${known.join(' ')}`)
}

/** list of RFC 9051 section 9: selection options, several patterns, return options (RFC 5258, RFC 5819, RFC 6154). */
function scan(s: Scanner): ListArguments {
  sp(s)
  let select: ListArguments['select'] = []
  let extended = false
  if (peek(s) === '(') {
    const start = s.at
    select = parenthesized(s, (inner) => option(inner, SELECTION), true)
    extended = true
    const modifies =
      select.includes('RECURSIVEMATCH') && !select.some((each) => each === 'SUBSCRIBED' || each === 'SPECIAL-USE')
    if (modifies) {
      s.at = start
      expected(s, 'SUBSCRIBED or SPECIAL-USE along with RECURSIVEMATCH')
    }
    sp(s)
  }
  const reference = mailboxArgument(s)
  sp(s)
  extended ||= peek(s) === '('
  const patterns = peek(s) === '(' ? parenthesized(s, patternArgument) : [patternArgument(s)]
  let give: ListArguments['give'] = []
  let status: readonly StatusItem[] = []
  if (!atEnd(s)) {
    sp(s)
    extended = true
    if (!accept(s, 'RETURN')) expected(s, 'RETURN or the end of the line')
    sp(s)
    give = parenthesized(
      s,
      (inner) => {
        const found = option(inner, RETURN)
        if (found === 'STATUS') {
          sp(inner)
          status = statusItems(inner)
        }
        return found
      },
      true,
    )
  }
  end(s)
  return { extended, reference, patterns, select, give, status }
}

function lines(args: ListArguments, mailboxes: readonly ListedMailbox[], context: ServerContext): readonly Response[] {
  const { extended, patterns, select, give, status } = args
  // An empty name asks only for the hierarchy delimiter (RFC 9051 section 6.3.9).
  if (!extended && patterns[0] === '') return [listLine('LIST', ['\\Noselect'], '', context)]
  const wanted = patterns.filter((each) => each !== '').map((each) => args.reference + each)
  const fits = (name: string): boolean => wanted.some((one) => matches(name, one))
  const isChosen = (each: ListedMailbox): boolean =>
    (!select.includes('SUBSCRIBED') || each.subscribed) &&
    (!select.includes('SPECIAL-USE') || each.specialUse !== undefined) &&
    (!each.nonExistent || select.includes('SUBSCRIBED'))
  const chosen = mailboxes.filter(isChosen)
  const recursive = select.includes('RECURSIVEMATCH')
  const above = recursive ? parentsAmong(chosen, fits) : new Set<string>()
  // A parent that does not match itself is reported only if its child would otherwise be missing (RFC 9051 section 6.3.9.6).
  const untold = recursive
    ? parentsAmong(
        chosen.filter(({ name }) => !fits(name)),
        fits,
      )
    : above
  const told: Response[] = []
  const line = (each: ListedMailbox): void => {
    const attributes = attributesOf(each, give.includes('SUBSCRIBED') || select.includes('SUBSCRIBED'))
    const childInfo = above.has(each.name) ? ` ("CHILDINFO" (${select.flatMap(quotedBase).join(' ')}))` : ''
    told.push(listLine('LIST', attributes, each.name, context, childInfo))
    if (give.includes('STATUS') && each.status) told.push(statusResponse(each.name, each.status, status, context))
  }
  const known = new Set(mailboxes.map(({ name }) => name))
  for (const each of mailboxes) if ((fits(each.name) && isChosen(each)) || untold.has(each.name)) line(each)
  for (const name of untold)
    if (!known.has(name)) line({ name, subscribed: false, hasChildren: true, nonExistent: true })
  return told
}

/** The attributes of a mailbox name (RFC 9051 section 7.3.1). */
export const attributesOf = (each: ListedMailbox, tellsSubscribed: boolean): readonly string[] => [
  ...(each.nonExistent ? ['\\NonExistent'] : []),
  each.hasChildren ? '\\HasChildren' : '\\HasNoChildren',
  ...(each.subscribed && tellsSubscribed ? ['\\Subscribed'] : []),
  ...(each.specialUse === undefined ? [] : [each.specialUse]),
]

const quotedBase = (name: string): readonly string[] =>
  name === 'SUBSCRIBED' || name === 'SPECIAL-USE' ? [`"${name}"`] : []

/** Names that match the pattern, above selected ones that need not match (RFC 5258 section 3.5). */
function parentsAmong(chosen: readonly ListedMailbox[], fits: (name: string) => boolean): Set<string> {
  return new Set(chosen.flatMap(({ name }) => parentsOf(name).filter(fits)))
}

export function listLine(
  response: 'LIST' | 'LSUB',
  attributes: readonly string[],
  name: string,
  context: ServerContext,
  extended = '',
): Response {
  const body = `${response} (${attributes.join(' ')}) "${HIERARCHY_DELIMITER}" ${mailboxText(name, context)}${extended}`
  return untagged({ type: response, mailbox: name, delimiter: HIERARCHY_DELIMITER }, body)
}

export const list = command<ListArguments>({
  name: 'LIST',
  states: LOGGED_IN,
  syntax: 'LIST [(selection)] reference pattern [RETURN (option ...)]',
  rfc: 'RFC 9051 section 6.3.9',
  example: 'LIST "" "*"',
  scan,
  parsed: ({ select }) => ({ type: 'LIST', ...(select.includes('SUBSCRIBED') && { subscribed: true }) }),
  enables: ({ status }) => (status.includes('HIGHESTMODSEQ') ? ['CONDSTORE'] : []),
  question: ({ give }) => ({ type: 'listMailboxes', counts: give.includes('STATUS') }),
  answer: (args, context, answer) => ({
    ...ok('That is all'),
    untagged: lines(args, answered(answer, 'mailboxesListed').mailboxes, context),
  }),
})
