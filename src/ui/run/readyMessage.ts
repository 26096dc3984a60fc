import type { InterventionBody } from '../../world/intervention'
import type { ReadyMessage } from '../../world/scenario'

/** The address alone: `Bob <bob@bird.example>` is `bob@bird.example`. */
export const addressOf = (mailbox: string): string => /<([^<>]+)>/.exec(mailbox)?.[1] ?? mailbox.trim()

/** The intervention of the button "Send the letter". The MIME library is loaded when it is first needed. */
export async function sendingOf(message: ReadyMessage): Promise<InterventionBody> {
  const { composeMessage } = await import('../../mail/compose')
  const forwardPaths = [addressOf(message.to)]
  const { subject, body } = message
  return {
    type: 'submitted',
    host: message.host,
    account: message.account,
    forwardPaths,
    message: composeMessage({ from: addressOf(message.from), to: forwardPaths, subject, body }),
  }
}
