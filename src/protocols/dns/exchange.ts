import { unreachable } from '../../base/assert'
import type { Action, MachineAction, Protocol } from '../../session/session'
import { type ExchangeInput, type ExchangeReport, exchangeMachine } from './exchangeMachine'
import { readMessage } from './stream'
import { framed } from './wire'

export type { ExchangeInput, ExchangeReport } from './exchangeMachine'

type Performed =
  | { readonly type: 'send'; readonly params: ExchangeInput }
  | { readonly type: 'report'; readonly params: ExchangeReport }
  | { readonly type: 'close' }

function perform(given: MachineAction): readonly Action<ExchangeReport>[] {
  const action = given as Performed
  switch (action.type) {
    case 'send':
      return [{ type: 'send', octets: framed(action.params.octets), means: action.params.means }]
    case 'report':
      return [{ type: 'ask', question: action.params }]
    case 'close':
      return [{ type: 'close' }]
    default:
      return unreachable(action)
  }
}

/**
 * A query over TCP. Input: `ExchangeInput`. Its only question to the host is its `ExchangeReport`, which comes once, at most
 * five seconds after the connection opened.
 */
export const dnsClient: Protocol<ExchangeReport> = {
  key: 'dns.client',
  name: 'DNS',
  role: 'client',
  machine: exchangeMachine,
  readers: { message: readMessage },
  perform,
}
