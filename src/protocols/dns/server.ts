import { unreachable } from '../../base/assert'
import type { Octets } from '../../base/octets'
import type { Action, MachineAction, Protocol } from '../../session/session'
import { type QueryAnswer, serverMachine } from './serverMachine'
import { readMessage } from './stream'
import { framed } from './wire'

export type { QueryAnswer } from './serverMachine'

/** Asks the host for the answer to a query; the host gives one `QueryAnswer` when it is ready. */
export interface ServerQuestion {
  readonly type: 'answerQuery'
  readonly octets: Octets
}

type Performed =
  | { readonly type: 'answerQuery'; readonly params: { readonly octets: Octets } }
  | { readonly type: 'send'; readonly params: QueryAnswer }
  | { readonly type: 'close' }

function perform(given: MachineAction): readonly Action<ServerQuestion>[] {
  const action = given as Performed
  switch (action.type) {
    case 'answerQuery': {
      const question: ServerQuestion = { type: 'answerQuery', octets: action.params.octets }
      return [{ type: 'ask', question }]
    }
    case 'send': {
      const { octets, means } = action.params
      return octets === undefined || means === undefined ? [] : [{ type: 'send', octets: framed(octets), means }]
    }
    case 'close':
      return [{ type: 'close' }]
    default:
      return unreachable(action)
  }
}

/** The server's side of DNS over TCP, for resolvers and name servers alike. Input: `{}`. */
export const dnsServer: Protocol<ServerQuestion> = {
  key: 'dns.server',
  name: 'DNS',
  role: 'server',
  machine: serverMachine,
  readers: { message: readMessage },
  perform,
}
