import { factAt, fieldOf, momentAt } from '../../learning/moment'
import type { ParsedLesson } from '../../learning/parse'
import { VERBS } from '../../learning/patternSchema'
import type { Fact } from '../../world/fact'
import { played } from './proof/played'

/** Kinds of events that are too many to read, or say nothing to an author. */
const QUIET: readonly string[] = ['sendsPacket', 'setsClock', 'clockRings', 'enters', 'calls', 'answersByHand']
/** The other fields of an event that an author may ask for. */
const DETAILS = ['port', 'to', 'from', 'user', 'mailbox', 'uid', 'by', 'outcome', 'why', 'flags', 'letter'] as const
/** The kinds of lines that a server hears. */
const COMMANDS: readonly string[] = ['command', 'line', 'mailData']
/** The longest part of a line that is shown. */
const MOST = 100

interface Word {
  readonly verb: string
  readonly host: string
  readonly to?: string
  readonly from?: string
  readonly record?: string
}

const WORDS: ReadonlyMap<string, Word> = new Map(
  Object.entries(VERBS)
    .filter(([verb]) => !QUIET.includes(verb))
    .map(([verb, each]): readonly [string, Word] => [
      each.fact,
      {
        verb,
        host: 'host' in each ? each.host : 'host',
        ...('to' in each && { to: each.to }),
        ...('from' in each && { from: each.from }),
        ...('record' in each && { record: each.record }),
      },
    ]),
)

/** A run of a lesson in an author's words, a line an event: its time, who does what, and the lesson's moments that it is. */
export function* playLesson({ runs, moments }: ParsedLesson, run: string): Generator<string> {
  const play = runs[run]
  if (!play) return
  const { trace } = played(play)
  const named = new Map<number, string[]>()
  for (const [id, moment] of Object.entries(moments)) {
    const fact = factAt(trace, moment, moments)
    if (!fact) yield `          -  no moment "${id}" in this run`
    else if ('later' in moment) yield `${time(momentAt(trace, moment, moments) ?? 0)}  = ${id}`
    else named.set(fact.order, [...(named.get(fact.order) ?? []), id])
  }
  for (const fact of trace) {
    const told = inWords(fact)
    const ids = named.get(fact.order)
    if (told !== undefined || ids) yield `${time(fact.at)}  ${told ?? fact.type}${ids ? `   = ${ids.join(', ')}` : ''}`
  }
}

const time = (at: number): string => at.toFixed(1).padStart(11)

function inWords(fact: Fact): string | undefined {
  const word = WORDS.get(fact.type)
  // That a reply has been read says no more than that it was said.
  if (!word || (fact.type === 'read' && !COMMANDS.includes(fact.means.kind))) return undefined
  const field = (path: string | undefined): string | undefined => {
    const value = path === undefined ? undefined : fieldOf(fact, path)
    return value === undefined ? undefined : String(value)
  }
  const parts = [`${word.verb} ${field(word.host) ?? ''}`]
  if (fact.type === 'sent' || fact.type === 'read') {
    const [line = ''] = fact.octets.split('\r\n', 1)
    parts.push(`${fact.means.name}: ${line.slice(0, MOST)}`)
  }
  for (const [name, path] of [
    ['to', word.to],
    ['from', word.from],
    ['record', word.record],
  ] as const) {
    const value = field(path)
    if (value !== undefined) parts.push(`${name} ${value}`)
  }
  for (const name of DETAILS) {
    const value = name === 'to' || name === 'from' ? undefined : field(name)
    if (value !== undefined && value !== '') parts.push(`${name} ${value}`)
  }
  return parts.join('  ')
}
