import type { Octets } from '../base/octets'
import type { Instant } from '../base/time'
import { oncePerContent } from '../mail/content'
import { decodeWords } from '../mail/encodedWords'
import { countFields, fieldBody } from '../mail/headerFields'
import { type BodyPart, parameterOf, structureOf, transferEncodingOf } from '../mail/mime'
import { findMailbox, INBOX, type MessageStore, mailboxesOf, userOf } from '../mail/store'
import { decodeCharset, decodeTransferEncoding } from '../mail/transferEncoding'
import { sameName } from '../protocols/dns'
import type { Host, HostName, World } from '../world/world'
import type { NameServerState } from './dns/nameServer'
import type { MailProgramState } from './mailProgram/state'
import { complete } from './mailServer/config'
import { OPTIONS } from './mailServer/options'
import type { MailServerState } from './mailServer/state'

/**
 * Readers of a world for checks: the messages in mailboxes, in queues and on devices, and how hosts are set. Each returns nothing,
 * or an empty list, for a host, user or mailbox that does not exist.
 */

/** A message by its contents. Header fields are decoded text, absent if the message has none of that name. */
export interface Inspected {
  readonly octets: Octets
  readonly from?: string
  readonly to?: string
  readonly cc?: string
  readonly subject?: string
  /** The reverse-path that final delivery noted, without angle brackets; empty for the null reverse-path. */
  readonly returnPath?: string
  /** The number of Received fields. */
  readonly received: number
  /** The message's first text, decoded, with `\n` as line end. */
  readonly text: string
}

export interface InspectedInMailbox extends Inspected {
  readonly uid: number
  readonly flags: readonly string[]
}

export interface InspectedInQueue extends Inspected {
  readonly queueId: string
  /** The message's identity in facts. */
  readonly letter: string
  /** Empty for the null reverse-path. */
  readonly reversePath: string
  /** Recipients that are not settled yet. */
  readonly forwardPaths: readonly string[]
  /** The next try of any recipient; absent during a try. */
  readonly nextTry?: Instant
}

export interface InspectedCopy extends Inspected {
  /** The server's UID (IMAP) or unique-id (POP3). */
  readonly uid: string
  readonly by: 'POP3' | 'IMAP'
  readonly flags: readonly string[]
}

/** The messages in a mailbox of a mail server, in the order of their UIDs. */
export function lettersIn(world: World, host: HostName, user: string, mailbox = INBOX): readonly InspectedInMailbox[] {
  const store = storeOf(world, host)
  const messages = (store && findMailbox(store, user, mailbox)?.messages) ?? []
  return messages.map((message) => ({ uid: message.uid, flags: message.flags, ...inspected(message) }))
}

/** The names of a user's mailboxes, INBOX first. */
export function mailboxNamesOf(world: World, host: HostName, user: string): readonly string[] {
  const store = storeOf(world, host)
  return store && userOf(store, user) ? mailboxesOf(store, user).map(({ name }) => name) : []
}

/** The messages in the queue of a mail server, oldest first. */
export function lettersQueuedAt(world: World, host: HostName): readonly InspectedInQueue[] {
  const queue = Object.values(stateOf<MailServerState>(world, host, 'mailServer')?.queue ?? {})
  return queue
    .toSorted((a, b) => a.arrived - b.arrived)
    .map(({ queueId, letter, reversePath, recipients, message }) => {
      const tries = recipients.flatMap(({ nextTry }) =>
        nextTry === undefined || nextTry <= world.now ? [] : [nextTry],
      )
      return {
        queueId,
        letter,
        reversePath,
        forwardPaths: recipients.map(({ forwardPath }) => forwardPath),
        ...(tries.length > 0 && { nextTry: Math.min(...tries) as Instant }),
        ...inspect(message),
      }
    })
}

/** The copies that a device keeps of an account's messages, in the order of fetching. */
export function copiesAt(world: World, host: HostName, account: string): readonly InspectedCopy[] {
  const kept = stateOf<MailProgramState>(world, host, 'mailProgram')?.kept ?? []
  return kept
    .filter((copy) => copy.account === account)
    .map((copy) => ({ uid: copy.uid, by: copy.by, flags: copy.flags, ...inspected(copy) }))
}

/** True if the host exists and has power. */
export const isUp = (world: World, host: HostName): boolean => hostNamed(world, host)?.up ?? false

export type Setting = string | number | boolean | readonly (string | number)[]

/**
 * The value of an option of a mail server (`mailServer/options.ts`), its default included, or of a habit of a mail program:
 * `rests`, and `leaveOnServer`, which is true if all its POP3 accounts do.
 */
export function settingOf(world: World, host: HostName, option: string): Setting | undefined {
  const server = stateOf<MailServerState>(world, host, 'mailServer')
  if (server) return optionIn(complete(server.config), option)
  const program = stateOf<MailProgramState>(world, host, 'mailProgram')
  if (option === 'rests') return program && (program.config.rests ?? false)
  if (option !== 'leaveOnServer' || !program) return undefined
  const collecting = program.config.accounts.filter(({ retrieval }) => retrieval?.protocol === 'POP3')
  return collecting.length > 0 && collecting.every(({ retrieval }) => retrieval?.leaveOnServer)
}

/** The text of a zone as its author wrote it. `apex` may lack its final dot. */
export const zoneTextOf = (world: World, host: HostName, apex: string): string | undefined =>
  stateOf<NameServerState>(world, host, 'nameServer')?.zones.find((zone) => sameName(zone.apex, apex))?.text

const hostNamed = ({ hosts }: World, name: HostName): Host | undefined =>
  Object.hasOwn(hosts, name) ? hosts[name] : undefined

/** The state of a host of this role. */
function stateOf<State>(world: World, name: HostName, role: string): State | undefined {
  const host = hostNamed(world, name)
  return host?.role === role ? (host.state as State) : undefined
}

const storeOf = (world: World, host: HostName): MessageStore | undefined =>
  stateOf<MailServerState>(world, host, 'mailServer')?.store

function optionIn(config: object, option: string): Setting | undefined {
  if (!Object.hasOwn(OPTIONS, option)) return undefined
  return (config as Readonly<Record<string, Setting>>)[option]
}

const inspected = oncePerContent(({ octets }: { readonly octets: Octets }) => inspect(octets))

function inspect(octets: Octets): Inspected {
  const fields = { from: 'From', to: 'To', cc: 'Cc', subject: 'Subject' } as const
  const returnPath = fieldBody(octets, 'Return-Path')
  return {
    octets,
    ...Object.fromEntries(
      Object.entries(fields).flatMap(([key, name]) => {
        const body = fieldBody(octets, name)
        return body === undefined ? [] : [[key, decodeWords(body)]]
      }),
    ),
    ...(returnPath !== undefined && { returnPath: returnPath.replace(/^<(.*)>$/, '$1') }),
    received: countFields(octets, 'Received'),
    text: textIn(structureOf({ octets })).replaceAll('\r\n', '\n'),
  }
}

/** The first text of a message, or nothing if it has only other parts. */
function textIn(part: BodyPart): string {
  if (part.parts.length > 0) {
    for (const inside of part.parts) {
      const text = textIn(inside)
      if (text !== '') return text
    }
    return ''
  }
  if (part.type !== 'text') return ''
  const decoded = decodeTransferEncoding(part.body, transferEncodingOf(part)) ?? part.body
  return decodeCharset(decoded, parameterOf(part.parameters, 'charset') ?? '')
}
