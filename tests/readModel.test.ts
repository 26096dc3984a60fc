import { describe, expect, it } from 'vitest'
import { calm } from '../src/adapters/node/storm/trouble'
import type { MailProgramState } from '../src/hosts/mailProgram/state'
import type { MailServerState } from '../src/hosts/mailServer/state'
import { mailboxesOf } from '../src/mail/store'
import { stateName } from '../src/session/step'
import { connectionsIn, isAlive, type SeenConnection } from '../src/view/run/connections'
import { namesOf } from '../src/view/run/names'
import { type RunView, viewOf } from '../src/view/run/runView'
import { type Scene, sceneAt, stateInWords } from '../src/view/stage/scene'
import type { Connection, Host, World } from '../src/world/world'
import { smallRun } from './support/smallWorld'

/** The view of a run, compared with the run's world. */

const RUNS = 500
const AT_ONCE = 25

const letters = (n: number): string | undefined => (n === 0 ? undefined : n === 1 ? '1 letter' : `${n} letters`)

/** The contents of a host, read from its state. */
function heldBy({ state }: Host): { readonly waiting: number; readonly holds: string | undefined } {
  const { queue = {}, store, kept = [] } = state as Partial<MailServerState & MailProgramState>
  const stored = Object.keys(store?.users ?? {}).flatMap((user) => (store ? mailboxesOf(store, user) : []))
  const messages = stored.reduce((sum, mailbox) => sum + mailbox.messages.length, 0)
  return { waiting: Object.keys(queue).length, holds: letters(messages || kept.length) }
}

/** Both ends know of the connection, and neither has given it up. */
const isOpen = ({ client, server }: Connection): boolean =>
  client.state === 'established' && (server.state === 'established' || server.state === 'synReceived')

const isEncrypted = ({ client, server }: Connection): boolean =>
  client.encryptedFrom !== undefined || server.encryptedFrom !== undefined

/** Everything that can be counted in the world, as lines of text. */
function truthOf(world: World): string[] {
  const hosts = Object.values(world.hosts)
  const connections = Object.values(world.connections)
  return [
    ...hosts.map((host) => `${host.name} up ${host.up} ${JSON.stringify(heldBy(host))}`),
    ...Object.values(world.links).flatMap(({ id, up }) => (up ? [] : [`cut ${id}`])),
    ...connections.filter(isOpen).map((open) => `open ${open.id} encrypted ${isEncrypted(open)}`),
    ...connections.filter(({ client }) => client.state === 'synSent').map(({ id }) => `opening ${id}`),
    ...hosts.flatMap(({ name, sessions }) =>
      Object.entries(sessions).map(([id, { session }]) => `${name} ${id} in ${stateName(session.machine.value)}`),
    ),
  ].sort()
}

/** The same from the view. */
function shownBy(view: RunView, scene: Scene): string[] {
  const { connections } = view.at(scene.t)
  const of = (state: SeenConnection['state']) => connectionsIn(connections).filter((seen) => seen.state === state)
  return [
    ...Object.entries(scene.hosts).map(
      ([name, { up, waiting, holds }]) => `${name} up ${up} ${JSON.stringify({ waiting, holds })}`,
    ),
    ...scene.cuts.map((ends) => `cut ${[...ends].sort().join('--')}`),
    ...of('open').map(({ connection, encrypted }) => `open ${connection} encrypted ${encrypted}`),
    ...of('opening').map(({ connection }) => `opening ${connection}`),
    ...[...connections.sessions].flatMap((seen) =>
      seen && isAlive(connections, seen) ? [`${seen.host} ${seen.session} in ${seen.state}`] : [],
    ),
  ].sort()
}

/** The state that the map shows beside a server is that of the session of the line in focus. */
function statesShown(view: RunView, scene: Scene, world: World): readonly [shown: string[], right: string[]] {
  const fact = view.timeline.trace[scene.caption?.fact ?? -1]
  const connection = fact?.type === 'sent' ? fact.connection : undefined
  const seen = connectionsIn(view.at(scene.t).connections).find((one) => one.connection === connection)
  const session = seen?.sessions.server && world.hosts[seen.server]?.sessions[seen.sessions.server]?.session
  return [
    Object.entries(scene.hosts).flatMap(([name, { state }]) => (state ? [`${name}: ${state.text}`] : [])),
    seen && session ? [`${seen.server}: ${stateInWords(session.protocol, stateName(session.machine.value))}`] : [],
  ]
}

/** Paths that are lit for an open connection that does not exist. */
function litWrongly(scene: Scene, world: World): string[] {
  const lit = new Set(scene.paths.map(({ from, to }) => [from, to].sort().join(' ')))
  return Object.values(world.connections)
    .filter(isOpen)
    .map(({ client, server }) => [client.host, server.host].sort().join(' '))
    .filter((pair) => !lit.has(pair))
}

describe('what the view shows is what the world is, at every moment', () => {
  const starts = Array.from({ length: RUNS / AT_ONCE }, (_, n) => 1 + n * AT_ONCE)
  const met = new Set<string>()
  it.each(starts)(`in ${AT_ONCE} runs from seed %i on`, (from) => {
    const wrong: object[] = []
    for (let seed = from; seed < from + AT_ONCE; seed++) {
      const { timeline, worlds } = smallRun(seed, calm)
      const view = viewOf(timeline)
      const names = namesOf(timeline.scenario)
      for (const fact of timeline.trace) met.add(fact.type)
      for (const world of worlds) {
        const scene = sceneAt(view, names, world.now)
        const [shown, truth] = [shownBy(view, scene), truthOf(world)]
        const [states, right] = statesShown(view, scene, world)
        const dark = litWrongly(scene, world)
        if (shown.join() === truth.join() && states.join() === right.join() && dark.length === 0) continue
        wrong.push({
          seed,
          at: world.now,
          shown: [...shown.filter((line) => !truth.includes(line)), ...states],
          truth: [...truth.filter((line) => !shown.includes(line)), ...right],
          dark,
        })
        break
      }
    }
    expect(wrong).toEqual([])
  })

  it('with all that can go wrong', () => {
    const types = ['messageBounced', 'messageRelayed', 'messageFetched', 'messageAdded', 'copyDropped', 'hostStopped']
    expect([...met]).toEqual(expect.arrayContaining([...types, 'packetLost', 'connectionFailed', 'tlsStarted']))
  })
})
