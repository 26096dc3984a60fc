import type { InterventionBody } from '../../world/intervention'
import type { ReadyLetter } from '../../world/scenario'

/** The address alone: `Bob <bob@bird.example>` is `bob@bird.example`. */
export const addressOf = (mailbox: string): string => /<([^<>]+)>/.exec(mailbox)?.[1] ?? mailbox.trim()

/** The intervention of the button "Send the letter". The MIME library is loaded when it is first needed. */
export async function sendingOf(letter: ReadyLetter): Promise<InterventionBody> {
  const { composeMessage } = await import('../../mail/compose')
  const forwardPaths = [addressOf(letter.to)]
  const { subject, body } = letter
  return {
    type: 'submitted',
    host: letter.host,
    account: letter.account,
    forwardPaths,
    message: composeMessage({ from: addressOf(letter.from), to: forwardPaths, subject, body }),
  }
}
