import { readFileSync, statSync } from 'node:fs'
import PostalMime from 'postal-mime'
import { fromBytes, type Octets, octets } from '../../base/octets'
import { fieldBody, headerFields, rawFields, withoutFields } from '../../mail/headerFields'
import { Complaint } from './scenarios'

export interface MessageFile {
  readonly message: Octets
  /** The address of the From field. */
  readonly from: string
  /** Every address of To, Cc and Bcc, once. */
  readonly forwardPaths: readonly string[]
}

/** RFC 5321 section 4.5.3.1.7 lets a server set a limit; this is the limit of the world's servers. */
const MAX_SIZE = 10_485_760

/**
 * Reads a message of RFC 5322 from a file: line ends of any kind become CRLF, Bcc fields are removed. Throws a Complaint with
 * the error, its place and the remedy.
 */
export async function readMessage(path: string): Promise<MessageFile> {
  let size: number
  try {
    const stat = statSync(path)
    if (!stat.isFile()) throw new Complaint(`The letter ${path} is no file: give the path of an .eml file.`)
    size = stat.size
  } catch (error) {
    if (error instanceof Complaint) throw error
    throw new Complaint(
      `The letter ${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'no such file'}.`,
    )
  }
  if (size === 0)
    throw new Complaint(`The letter ${path} is empty: it needs a header with From and To, an empty line, and a text.`)
  if (size > MAX_SIZE) throw new Complaint(`The letter ${path} has ${size} octets: at most ${MAX_SIZE} are taken.`)
  const raw = fromBytes(readFileSync(path))
  const message = octets(raw.replace(/\r\n|\r|\n/g, '\r\n'))
  check(path, message)
  const parsed = await new PostalMime().parse(message)
  const from = parsed.from?.address
  if (!from)
    throw new Complaint(`The letter ${path} has no address in its From field: write From: alice@paper.example.`)
  const everyone = [...(parsed.to ?? []), ...(parsed.cc ?? []), ...(parsed.bcc ?? [])].flatMap((to) =>
    'group' in to && to.group ? to.group.map((member) => member.address) : [to.address],
  )
  const forwardPaths = [...new Set(everyone.flatMap((address) => (address ? [withoutFolds(address)] : [])))]
  const bad = forwardPaths.find((address) => !/^[^\s<>]+@[^\s<>@]+$/.test(address))
  if (bad !== undefined)
    throw new Complaint(`The letter ${path} is addressed to "${bad}", which is no address: write user@domain.`)
  if (forwardPaths.length === 0)
    throw new Complaint(`The letter ${path} names nobody to send it to: add a field such as To: bob@bird.example.`)
  return { message: withoutFields(message, ['Bcc']), from, forwardPaths }
}

function check(path: string, message: Octets): void {
  let line = 1
  for (const { fieldName, octets: raw } of rawFields(message)) {
    if (fieldName === '') {
      const shown = raw.length > 42 ? `${raw.slice(0, 40)}...` : raw.trimEnd()
      throw new Complaint(
        `The letter ${path} has no header field in line ${line} ("${shown}"): write Name: value, and an empty line before the text.`,
      )
    }
    line += raw.split('\n').length - 1
  }
  const zero = message.indexOf('\0')
  if (zero !== -1) {
    const line = message.slice(0, zero).split('\r\n').length
    throw new Complaint(
      `The letter ${path} has a NUL octet in line ${line}: RFC 5322 forbids it; remove it or encode the part in base64.`,
    )
  }
  if (headerFields(message).length === 0)
    throw new Complaint(`The letter ${path} has no header: begin it with From and To fields.`)
  if (fieldBody(message, 'From') === undefined)
    throw new Complaint(`The letter ${path} has no From field: add From: alice@paper.example.`)
}

/** White space around the dots and the sign of an address is not part of it (RFC 5322 section 4.4). */
const withoutFolds = (address: string): string => (address.includes('"') ? address : address.replace(/\s+/g, ''))
