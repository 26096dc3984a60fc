import type { Fact, FactOf } from '../../../world/fact'
import type { World } from '../../../world/world'
import { type Acceptance, acceptancesOf, type Kept, keptIn } from './evidence'
import type { StormMessage } from './plan'
import { atHome, queueOf } from './play'
import { MAIL_SERVERS } from './stormWorld'

/** A fault in the treatment of mail. */
export interface Fault {
  readonly kind:
    | 'lost'
    | 'duplicate'
    | 'false notice'
    | 'unwanted notice'
    | 'queue not empty'
    | 'never settled'
    | 'thrown'
  readonly words: string
}

/** The evidence to judge. */
export interface Evidence {
  readonly messages: readonly StormMessage[]
  readonly acceptances: readonly Acceptance[]
  readonly kept: readonly Kept[]
  readonly bounces: readonly FactOf<'messageBounced'>[]
  /** Letters still in the queue of each server, and still at home. */
  readonly queued: readonly { readonly host: string; readonly queueId: string }[]
  readonly atHome: readonly string[]
}

export function evidenceOf(messages: readonly StormMessage[], trace: readonly Fact[], world: World): Evidence {
  return {
    messages,
    acceptances: acceptancesOf(trace),
    kept: keptIn(world),
    bounces: trace.filter((fact): fact is FactOf<'messageBounced'> => fact.type === 'messageBounced'),
    queued: MAIL_SERVERS.flatMap((host) => queueOf(world, host).map((queueId) => ({ host, queueId }))),
    atHome: atHome(world),
  }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/**
 * Every message that a server has accepted with 250 is in its recipient's mailbox, or its sender has a notice (RFC 5321 section
 * 6.1): once, and at most once more for each 250 that its client has not read. A notice never causes a notice. At the end all
 * queues are empty.
 */
export function judge(evidence: Evidence): readonly Fault[] {
  const { messages, acceptances, kept, bounces, queued } = evidence
  const faults: Fault[] = []
  const fault = (kind: Fault['kind'], words: string): void => {
    faults.push({ kind, words })
  }
  for (const { id, reversePath, forwardPaths, notify } of messages) {
    const wantsNoNotice = reversePath === '' || notify === 'NEVER'
    for (const path of forwardPaths) {
      const mine = acceptances.filter((taken) => taken.letter === id && taken.forwardPaths.some((p) => same(p, path)))
      const copies = kept.filter((message) => message.id === id && same(message.user, path)).length
      const notices = noticesOf(kept, id, path)
      const dropped = bounces.some(
        (bounce) => bounce.letter === id && same(bounce.forwardPath, path) && bounce.notice === 'none',
      )
      const extra = mine.filter((taken) => !taken.heard).length
      const outcomes = copies + new Set(notices.map((notice) => notice.id)).size
      if (mine.some((taken) => taken.promised) && outcomes === 0 && !(wantsNoNotice && dropped))
        fault('lost', `${id} to ${path} was accepted by ${hostsOf(mine)}: it is in no mailbox, and nobody was told`)
      if (copies > 1 + extra)
        fault('duplicate', `${id} to ${path} is there ${copies} times; ${extra} replies 250 were not heard`)
      else if (outcomes > 1 + extra) {
        const words = copies > 0 ? `arrived ${copies} times and` : ''
        fault(
          'false notice',
          `${id} to ${path} ${words} was returned ${notices.length} times; ${extra} 250 were not heard`,
        )
      }
      for (const { user } of notices)
        if (!same(user, reversePath)) fault('false notice', `the notice about ${id} went to ${user}`)
    }
  }
  for (const [at, { id, user, failure }] of kept.entries()) {
    const isFirst = kept.findIndex((other) => other.id === id && other.user === user) === at
    if (!isFirst || messages.some((other) => other.id === id)) continue
    const about = messages.find((other) => other.id === failure?.letter)
    if (failure && (!about || about.reversePath === '' || about.notify === 'NEVER'))
      fault('unwanted notice', `${id} to ${user} is about ${failure.letter || 'nothing'}, which wants no notice`)
    const copies = kept.filter((other) => other.id === id && other.user === user).length
    const extra = acceptances.filter((taken) => taken.letter === id && !taken.heard).length
    if (copies > 1 + extra)
      fault('duplicate', `the notice ${id} is there ${copies} times; ${extra} replies 250 were not heard`)
  }
  for (const { host, queueId } of queued) fault('queue not empty', `${host} still has ${queueId} in its queue`)
  for (const id of evidence.atHome) fault('never settled', `${id} never left its author, who never was told why`)
  return faults
}

const noticesOf = (kept: readonly Kept[], other: string, path: string): readonly Kept[] =>
  kept.filter(
    ({ failure }) => failure?.letter === other && failure.recipients.some((recipient) => same(recipient, path)),
  )

const hostsOf = (taken: readonly Acceptance[]): string => [...new Set(taken.map(({ host }) => host))].join(', ')
