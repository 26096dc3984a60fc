import { reasonText } from '../../../view/reasonText'
import type { Fact } from '../../../world/fact'
import type { InterventionBody } from '../../../world/intervention'

/** The story of a storm line by line: the faults of the world, and the results of the messages. */
export function reportOf(trace: readonly Fact[]): readonly string[] {
  return trace.flatMap((fact) => {
    const words = wordsFor(fact)
    return words === undefined ? [] : [`${(fact.at / 1000).toFixed(3).padStart(12)}  ${words}`]
  })
}

function wordsFor(fact: Fact): string | undefined {
  switch (fact.type) {
    case 'intervened':
      return interventionIn(fact.intervention)
    case 'hostStopped':
      return `${fact.host} loses its power`
    case 'hostStarted':
      return `${fact.host} starts`
    case 'connectionFailed':
      return `${fact.host}: connection ${fact.connection} from ${fact.client} to ${fact.server} ${fact.why}`
    case 'sent':
      if (fact.means.kind === 'mailData') return `${fact.host} sends mail data on ${fact.connection}`
      return fact.means.refused === undefined || fact.means.refused === false
        ? undefined
        : `${fact.host} says on ${fact.connection}: ${fact.octets.trimEnd()}`
    case 'questionAnswered':
      return fact.answer.type === 'messageTaken' ? `${fact.host} takes the letter of ${fact.session}` : undefined
    case 'messageQueued':
      return `${fact.host} has ${fact.letter} as ${fact.queueId} for ${fact.forwardPaths.join(', ')} from <${fact.reversePath}>`
    case 'messageRelayed':
      return `${fact.host} has passed ${fact.letter} on to ${fact.to} for ${fact.forwardPaths.join(', ')}`
    case 'messageDeferred':
      return `${fact.host} puts ${fact.letter} for ${fact.forwardPaths.join(', ')} off: ${reasonText(fact.reason)}`
    case 'messageDelivered':
      return `${fact.host} puts ${fact.letter} into the mailbox of ${fact.user}`
    case 'messageBounced':
      return `${fact.host} returns ${fact.letter} for ${fact.forwardPath} (notice: ${fact.notice}): ${reasonText(fact.reason)}`
    case 'submissionFailed':
      return `${fact.host} could not submit ${fact.letter}: ${reasonText(fact.reason)}`
    case 'lookupEnded':
      return fact.outcome === 'answered' ? undefined : `${fact.host}: ${fact.name} ${fact.rrType} ${fact.outcome}`
    default:
      return undefined
  }
}

function interventionIn(event: InterventionBody): string | undefined {
  if (event.type === 'submitted')
    return `${event.host} is given a letter from <${event.account}> to ${event.forwardPaths.join(', ')}`
  if (event.type === 'policyChanged') return `${event.host}: ${event.policy} is now ${event.value}`
  if (event.type !== 'linkChanged') return undefined
  const { between, type: _, ...change } = event
  const told = Object.entries(change)
    .filter(([name]) => name !== 'at')
    .map(([name, value]) => `${name} ${value}`)
  return `the wire between ${between.join(' and ')}: ${told.join(', ')}`
}
