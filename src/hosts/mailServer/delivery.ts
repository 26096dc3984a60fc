import type { MachineAction, Protocol } from '../../session/session'
import { type DeliveryQuestion, deliveryMachine } from './deliveryMachine'

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
