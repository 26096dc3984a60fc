import type { Octets } from '../../base/octets'
import { plainAction } from '../../session/plainAction'
import type { Action, MachineAction, Protocol, Reader, Unit } from '../../session/session'
import { clientMachine } from './clientMachine'
import type { ClientEvent, ClientQuestion } from './clientTypes'
import { parseCapabilities, parseContent, parseUniqueIds } from './content'
import {
  type Command,
  formatCommand,
  formatSaslLine,
  frontLine,
  parseChallenge,
  parseStatusLine,
  RESPONSE_LINE_LIMIT,
  SASL_LINE_LIMIT,
} from './grammar'
import {
  type Answered,
  meaningOfChallenge,
  meaningOfCommand,
  meaningOfContent,
  meaningOfSaslLine,
  meaningOfStatus,
} from './meaning'

/** The largest message that is read, in octets. */
const MESSAGE_LIMIT = 64 * 1024 * 1024
/** The longest list: some hundred thousand unique-ids. */
const LIST_LIMIT = 8 * 1024 * 1024

/** The first line of the response to a command. A line that is no response counts as a refusal. */
function statusReader(to: Answered, limit = RESPONSE_LINE_LIMIT): Reader {
  return (inbox: Octets): Unit | 'needsMore' => {
    const front = frontLine(inbox.slice(0, limit) as Octets)
    if (!front && inbox.length < limit) return 'needsMore'
    const length = front?.length ?? limit
    const status = front && parseStatusLine(front.line)
    if (!status) {
      const event: ClientEvent = { type: 'refused', text: 'what came is no answer of POP3' }
      return { event, length, means: { kind: 'line', name: '', refused: true } }
    }
    const accepted = status.status === '+OK'
    const { text, code } = status
    const event: ClientEvent = accepted
      ? { type: 'accepted', text }
      : { type: 'refused', text, ...(code !== undefined && { code }) }
    return {
      event,
      length,
      means: meaningOfStatus(to, status),
    }
  }
}

/** Within AUTH a challenge may come instead of a status; its line may be longer than any other. */
const readAuth: Reader = (inbox: Octets, context: never): Unit | 'needsMore' => {
  const front = frontLine(inbox.slice(0, SASL_LINE_LIMIT) as Octets)
  const challenge = front && parseChallenge(front.line)
  if (!front || challenge === undefined) return statusReader('AUTH', SASL_LINE_LIMIT)(inbox, context)
  const event: ClientEvent = { type: 'challenged', challenge }
  return { event, length: front.length, means: meaningOfChallenge(challenge) }
}

/** The lines after the first line of a multi-line response, up to the lone dot. */
function contentReader(to: 'CAPA' | 'UIDL' | 'RETR', limit: number, eventOf: (content: Octets) => ClientEvent): Reader {
  return (inbox: Octets): Unit | 'needsMore' => {
    const parsed = parseContent(inbox)
    if (parsed)
      return { event: eventOf(parsed.content), length: parsed.length, means: meaningOfContent(to, parsed.content) }
    if (inbox.length < limit) return 'needsMore'
    const event: ClientEvent = { type: 'tooLarge' }
    return { event, length: inbox.length, means: { kind: 'line', name: '', refused: true } }
  }
}

function perform(action: MachineAction): readonly Action<ClientQuestion>[] {
  switch (action.type) {
    case 'say': {
      const command = action.params as Command
      return [{ type: 'send', octets: formatCommand(command), means: meaningOfCommand(command) }]
    }
    case 'respond': {
      const { line } = action.params as { readonly line: Octets | 'cancel' }
      return [{ type: 'send', octets: formatSaslLine(line), means: meaningOfSaslLine(line) }]
    }
    default:
      return plainAction(action)
  }
}

/** POP3's client role: machine input `ClientInput`, questions `ClientQuestion`, answer `ClientAnswer`. */
export const pop3Client: Protocol<ClientQuestion> = {
  key: 'pop3.client',
  name: 'POP3',
  role: 'client',
  machine: clientMachine,
  readers: {
    greeting: statusReader('greeting'),
    CAPA: statusReader('CAPA'),
    STLS: statusReader('STLS'),
    UTF8: statusReader('UTF8'),
    AUTH: readAuth,
    APOP: statusReader('APOP'),
    USER: statusReader('USER'),
    PASS: statusReader('PASS'),
    STAT: statusReader('STAT'),
    UIDL: statusReader('UIDL'),
    RETR: statusReader('RETR'),
    DELE: statusReader('DELE'),
    QUIT: statusReader('QUIT'),
    capabilities: contentReader('CAPA', LIST_LIMIT, (content) => ({
      type: 'capabilities',
      capabilities: parseCapabilities(content),
    })),
    listing: contentReader('UIDL', LIST_LIMIT, (content) => ({ type: 'listed', messages: parseUniqueIds(content) })),
    message: contentReader('RETR', MESSAGE_LIMIT, (octets) => ({ type: 'message', octets })),
  },
  perform,
}
