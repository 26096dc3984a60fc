import { fromText } from '../../../base/octets'
import type { Task } from '../../../learning/lesson'
import { machineFor } from '../../../view/editor/people'
import { doorOf } from '../../../view/run/doors'
import type { Seen } from '../../../view/run/seen'
import { answeredAt, nextTerminal, type Terminal, terminalNamed, terminalsIn } from '../../../view/run/terminal'
import type { Fact, FactOf } from '../../../world/fact'
import type { Run } from '../../run/createRun'

/** A server that a task names, and the machine from which it is called. */
export interface Place {
  readonly from: string
  readonly to: string
  readonly port: number
}

/** The call that a task is about; undefined if the learner chooses it. */
export function placeOf({ at, to, port }: Task, { scenario }: Run): Place | undefined {
  if (to === undefined || port === undefined) return undefined
  return { from: at ?? machineFor(scenario, to, port), to, port }
}

/** The last call of a person to that server up to now. */
export const callTo = (seen: Seen, { from, to, port }: Place): Terminal | undefined =>
  terminalsIn(seen).findLast((each) => each.host === from && each.to === to && each.port === port)

/** Calls a server, goes to its greeting, and returns the name of the call. */
export function call(run: Run, { from, to, port }: Place): string {
  const { timeline, t } = run.get()
  const terminal = nextTerminal(run.view().at(t))
  const { implicitTls } = doorOf(timeline.scenario, { to, port })
  const tls = implicitTls ? ({ implicitTls } as const) : {}
  const facts = run.actions.intervene({ type: 'connected', host: from, terminal, to, port, ...tls })
  run.actions.seek(answeredAt(facts, from, facts[0]?.at ?? t))
  const opening = facts.find((fact) => fact.type === 'connectionOpening' && fact.protocol === 'text.client')
  if (opening?.type === 'connectionOpening') run.actions.select({ connection: opening.connection })
  return terminal
}

/** Says a line, goes to its reply, and returns that if it is a refusal. Says nothing if the call is over. */
export function say(run: Run, id: string, line: string): FactOf<'sent'> | 'over' | undefined {
  const { t } = run.get()
  const terminal = terminalNamed(run.view().at(t), id)
  const connection = terminal?.connection?.connection
  if (terminal?.phase !== 'open' || connection === undefined) return 'over'
  const { host } = terminal
  const octets = fromText(`${line}\r\n`)
  const facts = run.actions.intervene({ type: 'typed', host, terminal: id, octets })
  const until = answeredAt(facts, host, facts[0]?.at ?? t, connection)
  run.actions.seek(until)
  const isRefusal = (fact: Fact): fact is FactOf<'sent'> =>
    fact.type === 'sent' && fact.connection === connection && fact.host !== host && Boolean(fact.means.refused)
  return facts.filter(({ at }) => at <= until).find(isRefusal)
}

/** Says lines one after the other, up to one that is refused. */
export function sayAll(run: Run, id: string, lines: readonly string[]): void {
  for (const line of lines) if (say(run, id, line) !== undefined) return
}
