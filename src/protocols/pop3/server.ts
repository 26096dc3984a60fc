import type { Octets } from '../../base/octets'
import type { Action, MachineAction, Meaning, Protocol, Question, Unit } from '../../session/session'
import { commandGloss, contentMeaning, statusGloss } from './gloss'
import { COMMAND_LINE_LIMIT, formatContent, formatStatusLine, frontLine, parseCommand } from './grammar'
import { type ServerContext, serverMachine } from './machine'
import type { Response } from './responses'

/** One command line. A line past the limit is taken in full pieces, so memory stays bounded and pieces do not depend on how octets came. */
function readCommand(inbox: Octets, context: ServerContext): Unit | 'needsMore' {
  const front = frontLine(inbox.slice(0, COMMAND_LINE_LIMIT) as Octets)
  if (!front) {
    if (inbox.length < COMMAND_LINE_LIMIT) return 'needsMore'
    return { event: { type: 'overlong' }, length: COMMAND_LINE_LIMIT, means: overlong }
  }
  if (context.overlong) return { event: { type: 'lineTooLong' }, length: front.length, means: overlong }
  const command = parseCommand(front.line)
  const name =
    command.type === 'unreadable' ? (/^[A-Za-z]{1,20}/.exec(front.line)?.[0] ?? '').toUpperCase() : command.type
  return { event: command, length: front.length, means: { kind: 'command', name, gloss: commandGloss(command) } }
}

const overlong: Meaning = { kind: 'command', name: '', gloss: 'A line that is too long.' }

/** The first line and, where there are more, the lines after it are two things to look at. */
function send(response: Response): readonly Action[] {
  const first: Action = {
    type: 'send',
    octets: formatStatusLine(response),
    means: {
      kind: response.to === 'greeting' ? 'greeting' : 'response',
      name: response.status,
      ...(response.status === '-ERR' && { refused: response.code === 'IN-USE' ? ('later' as const) : true }),
      gloss: statusGloss(response.to, response),
    },
  }
  if (response.content === undefined) return [first]
  return [
    first,
    { type: 'send', octets: formatContent(response.content), means: contentMeaning(response.to, response.content) },
  ]
}

function perform(action: MachineAction): readonly Action[] {
  switch (action.type) {
    case 'respond':
      return send(action.params as Response)
    case 'ask':
      return [{ type: 'ask', question: action.params as Question }]
    case 'close':
      return [{ type: 'close' }]
    default:
      return []
  }
}

/** POP3's server role (RFC 1939): machine input `ServerInput`, questions `ServerQuestion`, answers `ServerAnswer`. */
export const pop3Server: Protocol = {
  key: 'pop3.server',
  name: 'POP3',
  role: 'server',
  machine: serverMachine,
  readers: { command: readCommand },
  perform,
}
