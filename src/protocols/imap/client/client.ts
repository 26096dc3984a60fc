import { type Octets, slice } from '../../../base/octets'
import { plainAction } from '../../../session/plainAction'
import type { Action, MachineAction, Meaning, Protocol, Unit } from '../../../session/session'
import { tagOf } from './context'
import { type ClientResponse, parseResponse, responseLength } from './grammar'
import { imapClientMachine } from './machine'
import type { ImapClientContext, ImapClientEvent, ImapClientQuestion, Said } from './types'

/** One response with its literals. A completion counts only under the tag of the present command. */
function readResponse(inbox: Octets, context: ImapClientContext): Unit | 'needsMore' {
  const length = responseLength(inbox)
  if (length === 'needsMore') return length
  if (length === 'tooLong') {
    return {
      event: { type: 'responseTooLong' },
      length: inbox.length,
      means: { kind: 'line', name: '', refused: true },
    }
  }
  const response = parseResponse(slice(inbox, 0, length))
  return { event: eventOf(response, tagOf(context)), length, means: meaningOf(response) }
}

function eventOf(response: ClientResponse, tag: string): ImapClientEvent {
  if (response.type !== 'completed' || response.tag !== tag) return response
  const { code, text } = response
  return { type: response.status === 'OK' ? 'accepted' : 'rejected', code, text }
}

function meaningOf(response: ClientResponse): Meaning {
  switch (response.type) {
    case 'continuation':
      return { kind: 'continuation', name: '+' }
    case 'completed':
    case 'statusTold': {
      const { status } = response
      const means: Meaning = { kind: 'response', name: status }
      return status === 'NO' || status === 'BAD' ? { ...means, refused: true } : means
    }
    case 'existsTold':
      return { kind: 'response', name: 'EXISTS' }
    case 'expungeTold':
      return { kind: 'response', name: 'EXPUNGE' }
    case 'fetchTold':
      return { kind: 'response', name: 'FETCH' }
    case 'capabilitiesTold':
      return { kind: 'response', name: 'CAPABILITY' }
    case 'enabledTold':
      return { kind: 'response', name: 'ENABLED' }
    case 'vanishedTold':
      return { kind: 'response', name: 'VANISHED' }
    case 'searchTold':
      return { kind: 'response', name: 'SEARCH' }
    default:
      return { kind: 'line', name: '' }
  }
}

function perform(action: MachineAction): readonly Action<ImapClientQuestion>[] {
  switch (action.type) {
    case 'say': {
      const { line, means } = action.params as Said
      return [{ type: 'send', octets: line, means }]
    }
    default:
      return plainAction(action)
  }
}

/** IMAP's client role: machine input `ImapClientInput`, intents `ImapIntent`, questions `ImapClientQuestion`. */
export const imapClient: Protocol<ImapClientQuestion> = {
  key: 'imap.client',
  name: 'IMAP',
  role: 'client',
  machine: imapClientMachine,
  readers: { response: readResponse },
  perform,
}
