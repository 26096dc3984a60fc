import scenarioFile from '../../../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { fromText } from '../../../base/octets'
import { type Instant, instant } from '../../../base/time'
import { composeMessage } from '../../../mail/compose'
import { bundledScenario } from '../../../world/bundledScenario'
import type { Fact, FactOf, FactType } from '../../../world/fact'
import type { InterventionBody } from '../../../world/intervention'
import { intervene, runOn, startTimeline, type Timeline, worldAt } from '../../../world/timeline'
import { catalogue } from '../../catalogue'
import { lettersIn } from '../../inspect'

/** A call of Alice's server to a person in the chair of Bob's exchanger. */

export const MX = 'mx.bird.example'
export const MX_OUT = 'mx-out.paper.example'
const STORE = 'store.bird.example'
const ALICE = 'alice@paper.example'

const MISLED = `$TTL 172800
@ 86400 SOA ns hostmaster 2026112101 1800 900 604800 300
@ NS ns
ns A 198.51.100.2
paper NS ns.paper
ns.paper A 198.51.100.3
bird NS ns.bird
ns.bird A 198.51.100.4
stone MX 10 mx.bird.example.
`

export class Call {
  timeline: Timeline

  constructor(forwardPaths: readonly string[] = ['bob@bird.example']) {
    this.timeline = startTimeline(bundledScenario(scenarioFile), catalogue)
    // The mail for stone.example is led here by mistake.
    this.deed(0, { type: 'zoneEdited', host: 'ns.example', apex: 'example.', text: MISLED })
    this.deed(0, { type: 'seatTaken', host: MX, port: 25 })
    const message = composeMessage({ from: ALICE, to: [...forwardPaths], subject: 'Lunch?', body: 'Plums.' })
    this.deed(1000, { type: 'submitted', host: 'alice-laptop', account: ALICE, forwardPaths, message })
  }

  deed(at: number, body: InterventionBody): this {
    this.timeline = intervene(this.timeline, catalogue, { ...body, at: instant(at) })
    return this
  }

  all<Type extends FactType>(type: Type): readonly FactOf<Type>[] {
    return this.timeline.trace.filter((fact: Fact): fact is FactOf<Type> => fact.type === type)
  }

  /** The instant at which a line began to wait for the person. */
  get waitingSince(): Instant {
    const asked = this.all('questionAsked').filter(({ question }) => question.type === 'replyWanted')
    return asked.at(-1)?.at ?? instant(0)
  }

  /** Says replies, each to the line that waits. Without text the machine answers. */
  says(...replies: readonly (string | undefined)[]): this {
    for (const reply of replies) {
      this.deed(this.waitingSince, {
        type: 'replied',
        host: MX,
        ...(reply !== undefined && { octets: fromText(`${reply.replaceAll('\n', '\r\n')}\r\n`) }),
      })
    }
    return this
  }

  /** Lets time go on, over quiet times too. */
  pass(minutes: number): this {
    this.timeline = runOn(this.timeline, catalogue, instant(this.timeline.until + minutes * 60_000))
    return this
  }

  /** The call as it was heard and said at the exchanger, the message in one line. */
  get dialogue(): readonly string[] {
    const connection = this.all('connectionOpened').find(({ port, server }) => port === 25 && server === MX)?.connection
    return this.timeline.trace.flatMap((fact) => {
      if ((fact.type !== 'read' && fact.type !== 'sent') || fact.host !== MX || fact.connection !== connection)
        return []
      if (fact.means.kind === 'mailData') return ['C: (the message)']
      const lines = fact.octets.trimEnd().split('\r\n')
      return lines.map((line) => `${fact.type === 'read' ? 'C' : 'S'}: ${line}`)
    })
  }

  /** Bob's messages as they were delivered. */
  get delivered(): readonly string[] {
    return this.all('messageDelivered').flatMap(({ host, at }) => {
      if (host !== STORE) return []
      const letters = lettersIn(worldAt(this.timeline, catalogue, at), STORE, 'bob@bird.example')
      return letters.map(({ octets }) => octets).slice(-1)
    })
  }
}
