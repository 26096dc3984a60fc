import { instant } from '../base/time'
import { composeMessage } from '../mail/compose'
import type { Intervention } from '../world/intervention'
import type { Scenario } from '../world/scenario'
import type { Deed, Play } from './lesson'

/** The deeds of a run as interventions. Messages are composed from the scenario's own account. */
export function interventionsOf(play: Pick<Play, 'deeds'>, scenario: Scenario): readonly Intervention[] {
  return play.deeds.map((deed) => interventionOf(deed, scenario)).sort((a, b) => a.at - b.at)
}

function interventionOf(deed: Deed, scenario: Scenario): Intervention {
  if (deed.type !== 'readyLetter' && deed.type !== 'letter') return { ...deed, at: instant(deed.at) }
  const ready = scenario.letter
  const { to, subject, body } = deed.type === 'letter' ? deed : ready
  const forwardPaths = [bareAddress(to)]
  return {
    at: instant(deed.at),
    type: 'submitted',
    host: ready.host,
    account: ready.account,
    forwardPaths,
    message: composeMessage({ from: bareAddress(ready.from), to: forwardPaths, subject, body }),
  }
}

/** `Bob <bob@bird.example>` is `bob@bird.example`. */
const bareAddress = (mailbox: string): string => /<([^<>]+)>/.exec(mailbox)?.[1] ?? mailbox.trim()
