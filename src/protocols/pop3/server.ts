import { fromBase64, type Octets } from '../../base/octets'
import { isHttp } from '../../session/defence'
import { plainAction } from '../../session/plainAction'
import type { Action, MachineAction, Protocol, Unit } from '../../session/session'
import { formatContent } from './content'
import {
  COMMAND_LINE_LIMIT,
  formatChallenge,
  formatStatusLine,
  frontLine,
  parseCommand,
  SASL_LINE_LIMIT,
} from './grammar'
import { serverMachine } from './machine'
import type { Response } from './maildrop'
import {
  lineTooLong,
  meaningOfChallenge,
  meaningOfCommand,
  meaningOfContent,
  meaningOfRequest,
  meaningOfSaslLine,
  meaningOfStatus,
} from './meaning'
import type { Overlong, SaslLine, ServerContext, ServerQuestion } from './serverTypes'

/**
 * One line. Above the limit it is read in full pieces, so that memory is bounded and the pieces do not depend on how octets
 * arrive.
 */
function lineReader(limit: number, read: (line: Octets) => Omit<Unit, 'length'>) {
  return (inbox: Octets, context: ServerContext): Unit | 'needsMore' => {
    const front = frontLine(inbox.slice(0, limit) as Octets)
    if (!front) {
      if (inbox.length < limit) return 'needsMore'
      return { event: { type: 'overlong' } satisfies Overlong, length: limit, means: lineTooLong }
    }
    if (context.overlong) {
      return { event: { type: 'lineTooLong' } satisfies Overlong, length: front.length, means: lineTooLong }
    }
    return { ...read(front.line), length: front.length }
  }
}

const readCommand = lineReader(COMMAND_LINE_LIMIT, (line) => {
  if (isHttp(line)) return { event: { type: 'httpRequest' }, means: meaningOfRequest(/^[\w-]+/.exec(line)?.[0] ?? '') }
  const command = parseCommand(line)
  const name = command.type === 'unreadable' ? (/^[A-Za-z]{1,20}/.exec(line)?.[0] ?? '').toUpperCase() : command.type
  return { event: command, means: meaningOfCommand(command, name) }
})

/** `*` cancels a login; anything else is base64 (RFC 5034 section 4). */
const readSaslLine = lineReader(SASL_LINE_LIMIT, (line) => {
  const response = line === '*' ? undefined : fromBase64(line)
  const event: SaslLine =
    line === '*'
      ? { type: 'cancelled' }
      : response === undefined
        ? { type: 'notBase64' }
        : { type: 'saslResponse', response }
  return { event, means: meaningOfSaslLine(line === '*' ? 'cancel' : response) }
})

/** The first line and the further lines are two separate outputs. */
function send(response: Response): readonly Action<never>[] {
  const first: Action<never> = {
    type: 'send',
    octets: formatStatusLine(response),
    means: meaningOfStatus(response.to, response),
  }
  if (response.content === undefined) return [first]
  return [
    first,
    { type: 'send', octets: formatContent(response.content), means: meaningOfContent(response.to, response.content) },
  ]
}

function perform(action: MachineAction): readonly Action<ServerQuestion>[] {
  switch (action.type) {
    case 'respond':
      return send(action.params as Response)
    case 'challenge': {
      const { challenge } = action.params as { readonly challenge: Octets }
      return [{ type: 'send', octets: formatChallenge(challenge), means: meaningOfChallenge(challenge) }]
    }
    default:
      return plainAction(action)
  }
}

/** POP3's server role (RFC 1939): machine input `ServerInput`, questions `ServerQuestion`, answers `ServerAnswer`. */
export const pop3Server: Protocol<ServerQuestion> = {
  key: 'pop3.server',
  name: 'POP3',
  role: 'server',
  machine: serverMachine,
  readers: { command: readCommand, saslLine: readSaslLine },
  perform,
}
