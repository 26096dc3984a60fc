import { assert } from '../base/assert'
import { later } from '../base/time'
import type { Action, Input, Output, Protocol } from '../session/session'
import { startSession, step } from '../session/step'
import { discardOctets } from './arrival'
import { closeEnd, encryptEnd, openConnection, sendOctets } from './connections'
import type { Draft } from './draft'
import { portAfter } from './ephemeralPorts'
import { sendPacket } from './network'
import type { Effect, Happening } from './role'
import { type Connection, type Host, type HostedSession, type HostName, type SessionId, sourceFor } from './world'

/** Sessions on hosts: they take inputs, their outputs are performed, questions go to the host's role, effects come back. */

const hostTimerKey = (host: HostName, timer: string): string => `timer ${host} ${timer}`
/** A session's timers are numbered in the order of first use. */
const timerKey = (session: SessionId, number: number): string => `${session}#${number}`

function protocolOf(draft: Draft, key: string): Protocol {
  const protocol = draft.catalogue.protocols[key]
  assert(protocol, `the catalogue has a protocol ${key}`)
  return protocol
}

/** Gives a session one input and performs the outputs. */
export function give(draft: Draft, host: HostName, id: SessionId, input: Input): void {
  const hosted = draft.session(host, id)
  if (!hosted) return
  const protocol = protocolOf(draft, hosted.session.protocol)
  if (input.type === 'answered')
    draft.cause = draft.emit({ type: 'questionAnswered', session: id, host, answer: input.answer })
  if (input.type === 'secured') discardInbox(draft, hosted)
  const [session, outputs] = step(protocol, hosted.session, input)
  draft.writeSession(host, id).session = session
  perform(draft, host, id, outputs)
  if (session.machine.status === 'done' || input.type === 'closed') {
    // A question from this last step still gets its answer before the session is forgotten.
    draft.work.push(() => endSession(draft, host, id))
  }
}

/** Plaintext that came after STARTTLS and was not read: the step discards it, and this fact reports it. */
function discardInbox(draft: Draft, { session, connection: id, end }: HostedSession): void {
  const connection = id === undefined ? undefined : draft.connection(id)
  if (connection && end && session.inbox !== '') discardOctets(draft, connection, end, session.inbox, 'plaintext')
}

/** Forgets a session: closes its end of the connection, stops its timers, tells the role. */
function endSession(draft: Draft, host: HostName, id: SessionId): void {
  const hosted = draft.session(host, id)
  if (!hosted) return
  if (hosted.connection !== undefined && hosted.end !== undefined) closeEnd(draft, hosted.connection, hosted.end)
  delete draft.writeHost(host).sessions[id]
  draft.emit({ type: 'sessionEnded', session: id, host })
  for (const number of hosted.timers.keys()) draft.agenda.cancel(timerKey(id, number))
  react(draft, host, {
    type: 'sessionEnded',
    session: id,
    protocol: hosted.session.protocol,
    ...(hosted.purpose === undefined ? {} : { purpose: hosted.purpose }),
  })
}

function perform(draft: Draft, host: HostName, id: SessionId, outputs: readonly Output[]): void {
  for (const output of outputs) {
    if (output.type === 'entered') draft.emit({ type: 'stateEntered', session: id, host, state: output.state })
    else if (output.type === 'read') noteRead(draft, host, id, output)
    else act(draft, host, id, output)
  }
}

function noteRead(draft: Draft, host: HostName, id: SessionId, output: Extract<Output, { type: 'read' }>): void {
  const hosted = draft.writeSession(host, id)
  const start = hosted.readOctets
  const end = start + output.octets.length
  hosted.readOctets = end
  draft.cause = draft.emit({
    type: 'read',
    session: id,
    host,
    octets: output.octets,
    means: output.means,
    connection: hosted.connection ?? '',
    start,
    end,
  })
}

function act(draft: Draft, host: HostName, id: SessionId, action: Action): void {
  const hosted = draft.session(host, id) as HostedSession
  switch (action.type) {
    case 'send': {
      if (hosted.connection === undefined || hosted.end === undefined) return
      const start = hosted.sentOctets
      const end = start + action.octets.length
      draft.writeSession(host, id).sentOctets = end
      const cause = draft.cause
      draft.cause = draft.emit({
        type: 'sent',
        session: id,
        host,
        octets: action.octets,
        means: action.means,
        connection: hosted.connection,
        start,
        end,
      })
      sendOctets(draft, hosted.connection, hosted.end, action.octets)
      draft.cause = cause
      return
    }
    case 'ask': {
      const cause = draft.cause
      draft.cause = draft.emit({ type: 'questionAsked', session: id, host, question: action.question })
      react(draft, host, { type: 'asked', session: id, question: action.question })
      draft.cause = cause
      return
    }
    case 'setTimer': {
      const expiresAt = later(draft.now, action.after)
      const order = draft.emit({ type: 'timerSet', host, session: id, timer: action.timer, expiresAt })
      let number = hosted.timers.indexOf(action.timer)
      if (number === -1) {
        number = hosted.timers.length
        draft.writeSession(host, id).timers = [...hosted.timers, action.timer]
      }
      const due = { type: 'timer', host, session: id, timer: action.timer } as const
      draft.agenda.add(expiresAt, due, order, timerKey(id, number))
      return
    }
    case 'stopTimer': {
      const number = hosted.timers.indexOf(action.timer)
      if (number !== -1) draft.agenda.cancel(timerKey(id, number))
      return
    }
    case 'startTls':
      // The simulated wire carries readable octets; every other effect of TLS on a dialogue is simulated.
      if (hosted.connection !== undefined && hosted.end !== undefined) {
        draft.emit({ type: 'tlsStarted', connection: hosted.connection, session: id, host })
        encryptEnd(draft, hosted.connection, hosted.end)
      }
      draft.feed(host, id, { type: 'secured' })
      return
    case 'close':
      if (hosted.connection !== undefined && hosted.end !== undefined) closeEnd(draft, hosted.connection, hosted.end)
      return
  }
}

/** Lets a host's role react, and performs its effects. */
export function react(draft: Draft, name: HostName, happening: Happening): void {
  const host = draft.host(name) as Host
  const role = draft.catalogue.roles[host.role]
  assert(role, `the catalogue has a role ${host.role}`)
  const [state, effects] = role.react(host, happening, { now: draft.now, epoch: draft.epoch, chance: draft.chance() })
  if (state !== host.state) draft.writeHost(name).state = state
  for (const effect of effects) applyEffect(draft, name, effect)
}

function addSession(
  draft: Draft,
  host: HostName,
  protocol: Protocol,
  input: object,
  extra: Partial<HostedSession>,
  connect?: (id: SessionId) => string,
): SessionId {
  const id = `s${draft.nextId('session')}`
  const connection = connect?.(id)
  const [session, outputs] = startSession(protocol, input)
  draft.addSession(host, id, {
    session,
    sentOctets: 0,
    readOctets: 0,
    timers: [],
    ...extra,
    ...(connection === undefined ? {} : { connection }),
  })
  const at = connection ?? extra.connection
  const cause = draft.cause
  draft.cause = draft.emit({
    type: 'sessionStarted',
    session: id,
    host,
    protocol: protocol.key,
    ...(at === undefined ? {} : { connection: at }),
  })
  perform(draft, host, id, outputs)
  if (session.machine.status === 'done') draft.work.push(() => endSession(draft, host, id))
  draft.cause = cause
  return id
}

/** A client's handshake is complete at a listener: its session begins. */
export function openServerSession(draft: Draft, connection: Connection): SessionId | undefined {
  const name = connection.server.host
  const listener = draft.host(name)?.listeners.find((l) => l.port === connection.port)
  if (!listener) return undefined
  const protocol = protocolOf(draft, listener.protocol)
  const id = addSession(draft, name, protocol, listener.input, { connection: connection.id, end: 'server' })
  const now = draft.connection(connection.id)
  if (now) draft.putEnd(connection.id, 'server', { ...now.server, session: id })
  if (listener.implicitTls) draft.emit({ type: 'tlsStarted', connection: connection.id, session: id, host: name })
  draft.feed(name, id, {
    type: 'opened',
    peer: {
      name: connection.client.host,
      address: connection.client.address,
      port: connection.client.port,
      localPort: connection.port,
    },
  })
  return id
}

function takePort(draft: Draft, name: HostName): number {
  const host = draft.writeHost(name)
  const port = host.nextPort
  host.nextPort = portAfter(port)
  return port
}

function applyEffect(draft: Draft, name: HostName, effect: Effect): void {
  const host = draft.host(name) as Host
  switch (effect.type) {
    case 'answer':
      draft.feed(name, effect.session, { type: 'answered', answer: effect.answer })
      return
    case 'want':
      draft.feed(name, effect.session, { type: 'wanted', intent: effect.intent })
      return
    case 'connect': {
      const extra = { end: 'client' as const, ...(effect.purpose === undefined ? {} : { purpose: effect.purpose }) }
      const address = sourceFor(host, effect.address)
      if (address === undefined) {
        // No address of that family, so no way there: the system reports it at once.
        const id = addSession(draft, name, protocolOf(draft, effect.protocol), effect.input, extra)
        draft.feed(name, id, { type: 'closed', why: 'refused' })
        return
      }
      const tls = effect.implicitTls ? { implicitTls: effect.implicitTls } : {}
      const from = { name, address, port: takePort(draft, name), ...tls }
      addSession(draft, name, protocolOf(draft, effect.protocol), effect.input, extra, (session) =>
        openConnection(draft, { ...from, session }, { address: effect.address, port: effect.port }, effect.protocol),
      )
      return
    }
    case 'start':
      addSession(
        draft,
        name,
        protocolOf(draft, effect.protocol),
        effect.input,
        effect.purpose === undefined ? {} : { purpose: effect.purpose },
      )
      return
    case 'sendDatagram': {
      const packet = draft.nextId('packet')
      const cause = draft.cause
      draft.cause = draft.emit({
        type: effect.kind,
        host: name,
        to: effect.to,
        octets: effect.octets,
        means: effect.means,
        packet,
      })
      sendPacket(draft, {
        kind: 'datagram',
        id: packet,
        from: name,
        to: draft.hostAt(effect.to)?.name ?? effect.to,
        source: { address: sourceFor(host, effect.to) ?? host.address, port: effect.fromPort },
        destination: { address: effect.to, port: effect.port },
        payload: effect.octets,
      })
      draft.cause = cause
      return
    }
    case 'setTimer': {
      const expiresAt = later(draft.now, effect.after)
      const order = draft.emit({ type: 'timerSet', host: name, timer: effect.timer, expiresAt })
      const due = { type: 'timer', host: name, timer: effect.timer } as const
      draft.agenda.add(expiresAt, due, order, hostTimerKey(name, effect.timer))
      return
    }
    case 'stopTimer':
      draft.agenda.cancel(hostTimerKey(name, effect.timer))
      return
    case 'note':
      draft.emit({ ...effect.fact })
      return
    case 'end':
      draft.work.push(() => endSession(draft, name, effect.session))
      return
  }
}
