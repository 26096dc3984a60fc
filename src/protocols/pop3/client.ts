import type { Octets } from '../../base/octets'
import type { Action, MachineAction, Protocol, Question, Reader, Unit } from '../../session/session'
import { type ClientEvent, clientMachine } from './clientMachine'
import { type Answered, commandGloss, contentMeaning, statusGloss } from './gloss'
import {
  type Command,
  formatCommand,
  frontLine,
  parseContent,
  parseStatusLine,
  parseUniqueIds,
  RESPONSE_LINE_LIMIT,
} from './grammar'

/** The longest multi-line response that is kept in memory, in octets. */
export const CONTENT_LIMIT = 64 * 1024 * 1024

/** The first line of the response to a command. What is no response is taken for a refusal. */
function statusReader(to: Answered): Reader {
  return (inbox: Octets): Unit | 'needsMore' => {
    const front = frontLine(inbox.slice(0, RESPONSE_LINE_LIMIT) as Octets)
    if (!front && inbox.length < RESPONSE_LINE_LIMIT) return 'needsMore'
    const length = front?.length ?? RESPONSE_LINE_LIMIT
    const status = front && parseStatusLine(front.line)
    if (!status) {
      const event: ClientEvent = { type: 'refused', text: 'what came is no answer of POP3' }
      return { event, length, means: { kind: 'line', name: '', refused: true } }
    }
    const accepted = status.status === '+OK'
    const event: ClientEvent = { type: accepted ? 'accepted' : 'refused', text: status.text }
    return {
      event,
      length,
      means: {
        kind: to === 'greeting' ? 'greeting' : 'response',
        name: status.status,
        ...(!accepted && { refused: status.code === 'IN-USE' ? ('later' as const) : true }),
        gloss: statusGloss(to, status),
      },
    }
  }
}

/** The lines after the first line of a multi-line response, up to the lonely dot. */
function contentReader(to: 'UIDL' | 'RETR', eventOf: (content: Octets) => ClientEvent): Reader {
  return (inbox: Octets): Unit | 'needsMore' => {
    const parsed = parseContent(inbox)
    if (parsed)
      return { event: eventOf(parsed.content), length: parsed.length, means: contentMeaning(to, parsed.content) }
    if (inbox.length < CONTENT_LIMIT) return 'needsMore'
    return { event: { type: 'tooLarge' }, length: inbox.length, means: { kind: 'line', name: '', refused: true } }
  }
}

function perform(action: MachineAction): readonly Action[] {
  switch (action.type) {
    case 'say': {
      const command = action.params as Command
      const gloss = commandGloss(command)
      return [{ type: 'send', octets: formatCommand(command), means: { kind: 'command', name: command.type, gloss } }]
    }
    case 'ask':
      return [{ type: 'ask', question: action.params as Question }]
    case 'close':
      return [{ type: 'close' }]
    default:
      return []
  }
}

/** POP3's client role: machine input `ClientInput`, questions `ClientQuestion`, answer `ClientAnswer`. */
export const pop3Client: Protocol = {
  key: 'pop3.client',
  name: 'POP3',
  role: 'client',
  machine: clientMachine,
  readers: {
    greeting: statusReader('greeting'),
    USER: statusReader('USER'),
    PASS: statusReader('PASS'),
    STAT: statusReader('STAT'),
    UIDL: statusReader('UIDL'),
    RETR: statusReader('RETR'),
    DELE: statusReader('DELE'),
    QUIT: statusReader('QUIT'),
    listing: contentReader('UIDL', (content) => ({ type: 'listed', messages: parseUniqueIds(content) })),
    message: contentReader('RETR', (octets) => ({ type: 'message', octets })),
  },
  perform,
}
