import { type Instant, instant, milliseconds } from '../base/time'
import type { Draft } from './draft'
import type { Intervention } from './intervention'
import { type Packet, sizeOf } from './packet'
import { type HostName, type Link, type LinkConditions, linkId } from './world'

/** Changes the conditions of the link between two hosts, or cuts it. */
export function changeLink(draft: Draft, change: Extract<Intervention, { type: 'linkChanged' }>): void {
  const [a, b] = change.between
  if (!draft.host(a) || !draft.host(b)) return
  const link = draft.writeLink(linkBetween(draft, a, b).id)
  if (change.up !== undefined) link.up = change.up
  if (change.loss !== undefined) link.loss = change.loss
  if (change.latency !== undefined) link.latency = milliseconds(change.latency)
  if (change.jitter !== undefined) link.jitter = milliseconds(change.jitter)
  if (change.duplication !== undefined) link.duplication = change.duplication
}

/** A host reaches itself over no link: nothing gets lost, and it takes next to no time. */
const LOOPBACK: LinkConditions = { latency: milliseconds(0.02), jitter: milliseconds(0), bandwidth: 1_000_000, loss: 0 }

/** The link between two hosts, by default with the internet's conditions. A link to a missing host is not stored. */
function linkBetween(draft: Draft, from: HostName, to: HostName): Link {
  const id = linkId(from, to)
  const known = draft.link(id)
  if (known) return known
  const link: Link = {
    id,
    ends: from < to ? [from, to] : [to, from],
    ...(from === to ? LOOPBACK : draft.internet),
    up: true,
    busyUntil: [instant(0), instant(0)],
  }
  if (draft.host(from) && draft.host(to)) draft.addLink(link)
  return link
}

/**
 * Puts a packet on the link between its two hosts: it waits for its turn, takes its time on the wire, may be lost, may arrive
 * twice. Jitter above the distance between two packets reorders them.
 */
export function sendPacket(draft: Draft, packet: Packet): number {
  const link = linkBetween(draft, packet.from, packet.to)
  const direction = packet.from === link.ends[0] ? 0 : 1
  const starts = Math.max(draft.now, link.busyUntil[direction])
  const free = starts + sizeOf(packet) / link.bandwidth
  const arrival = (): Instant => {
    const jitter = link.jitter > 0 ? draft.chance() * link.jitter : 0
    // Whole microseconds: exact in JSON and easy to read.
    return instant(Math.round((free + link.latency + jitter) * 1000) / 1000)
  }
  const arrivesAt = arrival()
  if (draft.link(link.id)) {
    draft.writeLink(link.id).busyUntil =
      direction === 0 ? [instant(free), link.busyUntil[1]] : [link.busyUntil[0], instant(free)]
  }
  const order = draft.emit({ type: 'packetSent', packet, link: link.id, arrivesAt })
  const lost = !link.up ? 'linkDown' : link.loss > 0 && draft.chance() < link.loss ? 'loss' : undefined
  if (lost) {
    const cause = draft.cause
    draft.cause = order
    draft.emit({ type: 'packetLost', packet: packet.id, link: link.id, why: lost })
    draft.cause = cause
  } else {
    draft.agenda.add(arrivesAt, { type: 'packetArrives', packet }, order)
    const { duplication = 0 } = link
    if (duplication > 0 && draft.chance() < duplication) {
      const againAt = arrival()
      draft.emit({ type: 'packetDuplicated', packet: packet.id, link: link.id, arrivesAt: againAt })
      draft.agenda.add(againAt, { type: 'packetArrives', packet }, order)
    }
  }
  return order
}
