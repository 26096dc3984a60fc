import type { MachineAction, Protocol } from '../../session/session'
import { type DeliveryQuestion, deliveryMachine } from './deliveryMachine'

/**
 * The delivery of one queued message to one domain, as a session without a connection. It only asks questions of its server.
 */
export const delivery: Protocol<DeliveryQuestion> = {
  key: 'mta.delivery',
  name: 'SMTP',
  role: 'client',
  machine: deliveryMachine,
  readers: {},
  perform(action: MachineAction) {
    const question = { type: action.type, ...(action.params as object) } as DeliveryQuestion
    // There is no refused recipient, so nothing to return.
    if (question.type === 'returnToSender' && question.refusals.length === 0) return []
    return [{ type: 'ask', question }]
  },
}
