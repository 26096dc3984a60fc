import { concat, EMPTY, fromBase64, type Octets, slice } from '../../../base/octets'
import { isHttp } from '../../../session/defence'
import { plainAction } from '../../../session/plainAction'
import type { Action, MachineAction, Meaning, Protocol, Unit } from '../../../session/session'
import { meaningOfAnnouncement, meaningOfLiteral, meanings } from '../meaning'
import { type ServerContext, speaksUtf8 } from '../session/serverContext'
import type { ImapQuestion } from '../store/storeQuestions'
import { imapServerMachine } from './machine'
import { scanCommand } from './scanCommand'
import type { ImapServerUnit, Responses } from './types'

/** The limit of a command line in octets, its end included. */
export const LINE_LIMIT = 65_536

const unit = (event: ImapServerUnit, length: number, means: Meaning): Unit => ({ event, length, means })

/** The length of the first line with its end, or 'needsMore', or 'tooLong'. A lone LF ends a line too. */
function lineLength(inbox: Octets): number | 'needsMore' | 'tooLong' {
  const end = inbox.slice(0, LINE_LIMIT).indexOf('\n')
  if (end !== -1) return end + 1
  return inbox.length < LINE_LIMIT ? 'needsMore' : 'tooLong'
}

const withoutEnd = (line: Octets): Octets => line.replace(/\r?\n$/, '') as Octets

const tagOf = (source: string): Octets => (/^[^\s"(){%*\\+]{1,100}(?= )/.exec(source)?.[0] ?? '*') as Octets

const ANNOUNCES_LITERAL = /\{([0-9]{1,20})(\+?)\}\r?\n$/

/** A command, or its part before a literal. */
function readCommand(inbox: Octets, context: ServerContext): Unit | 'needsMore' {
  const { pending } = context
  const length = lineLength(inbox)
  if (length === 'needsMore') return length
  if (length === 'tooLong') return tooLong(pending || inbox)
  const line = slice(inbox, 0, length)
  const source = concat(pending, line)
  const announced = ANNOUNCES_LITERAL.exec(line)
  if (announced) {
    const name = /^\S+ (\S{1,20})/.exec(source)?.[1]?.toUpperCase() ?? ''
    const size = Number(announced[1])
    const synchronizing = announced[2] === ''
    const event = { type: 'literalAnnounced', tag: tagOf(source), line, size, synchronizing } as const
    return unit(event, length, meaningOfAnnouncement(name, size))
  }
  const scanned = scanCommand(withoutEnd(source), speaksUtf8(context))
  if (scanned.event.type === 'unreadable' && pending === '' && isHttp(line))
    return unit({ type: 'notImap' }, length, meanings.notImap)
  return unit(scanned.event, length, scanned.means)
}

const tooLong = (source: Octets): Unit =>
  unit({ type: 'lineTooLong', tag: tagOf(source.slice(0, 200)) }, LINE_LIMIT, meanings.lineTooLong)

/** Skips the rest of a line that is too long, so that memory stays bounded. */
function readRestOfLine(inbox: Octets): Unit {
  const end = inbox.indexOf('\n')
  const length = end === -1 ? inbox.length : end + 1
  return unit({ type: end === -1 ? 'linePassed' : 'lineEnded' }, length, { kind: 'line', name: '' })
}

function readLiteral(inbox: Octets, { literal }: ServerContext): Unit | 'needsMore' {
  if (inbox.length < literal) return 'needsMore'
  return unit({ type: 'literalRead', octets: slice(inbox, 0, literal) }, literal, meaningOfLiteral(literal))
}

function readIdle(inbox: Octets): Unit | 'needsMore' {
  const length = lineLength(inbox)
  if (length === 'needsMore') return length
  if (length === 'tooLong') return tooLong(EMPTY)
  const done = withoutEnd(slice(inbox, 0, length)).toUpperCase() === 'DONE'
  return done ? unit({ type: 'DONE' }, length, meanings.done) : unit({ type: 'notDone' }, length, meanings.notDone)
}

function readSaslResponse(inbox: Octets): Unit | 'needsMore' {
  const length = lineLength(inbox)
  if (length === 'needsMore') return length
  if (length === 'tooLong') return tooLong(EMPTY)
  const line = withoutEnd(slice(inbox, 0, length))
  if (line === '*') return unit({ type: 'saslCancelled' }, length, meanings.saslCancelled)
  const response = fromBase64(line)
  const event =
    response === undefined ? ({ type: 'notBase64' } as const) : ({ type: 'saslResponse', response } as const)
  return unit(event, length, meanings.saslResponse)
}

function perform(action: MachineAction): readonly Action<ImapQuestion>[] {
  switch (action.type) {
    case 'respond':
      return (action.params as Responses).responses.map((response) => ({ type: 'send', ...response }))
    default:
      return plainAction(action)
  }
}

/**
 * IMAP's server role (RFC 9051, RFC 3501): machine input `ImapServerInput`; `answerImap` answers its questions except those of
 * the login.
 */
export const imapServer: Protocol<ImapQuestion> = {
  key: 'imap.server',
  name: 'IMAP',
  role: 'server',
  machine: imapServerMachine,
  readers: {
    command: readCommand,
    literal: readLiteral,
    restOfLine: readRestOfLine,
    idle: readIdle,
    saslResponse: readSaslResponse,
  },
  perform,
}
