import { dnsFace } from '../protocols/dns/face'
import { imapFace } from '../protocols/imap/face'
import { pop3Face } from '../protocols/pop3/face'
import { smtpFace } from '../protocols/smtp/face'
import type { ProtocolFace } from '../session/face'

/** The look of each protocol. The map, the panels and the timeline all ask here. */

/** A packet without payload, or with a payload that no protocol here knows. */
const tcpFace: ProtocolFace = {
  name: 'TCP',
  look: {
    hue: 'var(--tcp)',
    stroke: 'thin',
    carrier: 'bead',
    mark: 'M8 5a3 3 0 1 1 0 6 3 3 0 1 1 0-6',
    tick: 'M-1 6h2v2h-2z',
  },
}

/** Lines typed by a person before the protocol of the far end is known. */
const textFace: ProtocolFace = {
  name: 'TEXT',
  look: { ...tcpFace.look, hue: 'currentcolor', mark: 'M2 4l4 4-4 4M8 12h6' },
}

const faces = new Map<string, ProtocolFace>(
  [smtpFace, dnsFace, pop3Face, imapFace, tcpFace, textFace].map((face) => [face.name, face]),
)

/** Adds the look of a protocol. Returns the function that removes it again. */
export function addFace(face: ProtocolFace): () => void {
  faces.set(face.name, face)
  return () => faces.delete(face.name)
}

/** The face of a protocol by its name: TCP's if the name is not known. */
export const faceOf = (name: string): ProtocolFace => faces.get(name) ?? tcpFace

/** The name of the protocol that a key belongs to, `SMTP` of `smtp.client`; undefined if no protocol has it. */
export function protocolOfKey(key: string): string | undefined {
  const name = key.split('.', 1)[0]?.toUpperCase() ?? ''
  return faces.has(name) ? name : undefined
}

export const hueOf = (name: string): string => faceOf(name).look.hue
