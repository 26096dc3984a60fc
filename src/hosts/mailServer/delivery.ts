import type { MachineAction, Protocol } from '../../session/session'
import { deliveryMachine } from './deliveryMachine'

/** The delivery of one queued message to one domain, as a session without a connection. All it does is ask its server. */
export const delivery: Protocol = {
  key: 'mta.delivery',
  name: 'SMTP',
  role: 'client',
  machine: deliveryMachine,
  readers: {},
  perform(action: MachineAction) {
    const question = { type: action.type, ...(action.params as object) } as DeliveryQuestion
    // Nobody was refused: there is nothing to return.
    if (question.type === 'returnToSender' && question.refusals.length === 0) return []
    return [{ type: 'ask', question }]
  },
}

/** The questions of a delivery, as its machine's actions name them. */
export type DeliveryQuestion =
  | { readonly type: 'askForExchangers'; readonly domain: string }
  | { readonly type: 'askForAddresses'; readonly name: string }
  | {
      readonly type: 'transfer'
      readonly address: string
      readonly exchanger: string
      readonly forwardPaths: readonly string[]
    }
  | {
      readonly type: 'returnToSender'
      readonly refusals: readonly { readonly forwardPath: string; readonly why: string }[]
    }
  | { readonly type: 'defer'; readonly forwardPaths: readonly string[]; readonly why: string; readonly after: number }
