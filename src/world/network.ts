import { instant } from '../base/time'
import type { Draft } from './draft'
import { type Packet, sizeOf } from './packet'
import { type HostName, type Link, linkId } from './world'

function linkBetween(draft: Draft, from: HostName, to: HostName): Link {
  const id = linkId(from, to)
  const known = draft.link(id)
  if (known) return known
  const link: Link = {
    id,
    ends: from < to ? [from, to] : [to, from],
    ...draft.internet,
    up: true,
    busyUntil: [instant(0), instant(0)],
  }
  draft.addLink(link)
  return link
}

/** Puts a packet on the link between its two hosts: it waits for its turn, takes its time on the wire, and may be lost. */
export function sendPacket(draft: Draft, packet: Packet): number {
  const link = linkBetween(draft, packet.from, packet.to)
  const direction = packet.from === link.ends[0] ? 0 : 1
  const starts = Math.max(draft.now, link.busyUntil[direction])
  const free = starts + sizeOf(packet) / link.bandwidth
  const jitter = link.jitter > 0 ? draft.chance() * link.jitter : 0
  // Whole microseconds: exact in JSON and easy to read.
  const arrivesAt = instant(Math.round((free + link.latency + jitter) * 1000) / 1000)
  draft.writeLink(link.id).busyUntil =
    direction === 0 ? [instant(free), link.busyUntil[1]] : [link.busyUntil[0], instant(free)]
  const order = draft.emit({ type: 'packetSent', packet, link: link.id, arrivesAt })
  const lost = !link.up ? 'linkDown' : link.loss > 0 && draft.chance() < link.loss ? 'loss' : undefined
  if (lost) {
    const cause = draft.cause
    draft.cause = order
    draft.emit({ type: 'packetLost', packet: packet.id, link: link.id, why: lost })
    draft.cause = cause
  } else {
    draft.agenda.add(arrivesAt, { type: 'packetArrives', packet }, order)
  }
  return order
}
