import type { Octets } from '../../base/octets'
import { decodeWords } from '../../mail/encodedWords'
import { fieldBody } from '../../mail/headerFields'
import { type MessageStore, mailboxesOf } from '../../mail/store'
import { storyText } from '../../messages/story'
import type { HostName, World } from '../../world/world'
import type { Lying } from '../stage/headline'

/** A letter in one mailbox or on one device. */
export interface LyingMessage {
  readonly key: string
  readonly uid: string
  readonly flags: readonly string[]
  readonly from: string
  readonly subject: string
  readonly octets: Octets
}

/** A mailbox on a server, or a device's copies of its letters. */
export interface Place {
  readonly key: string
  readonly host: HostName
  readonly kind: 'server' | 'device'
  /** The host has power. */
  readonly up: boolean
  readonly account: string
  /** The mailbox's name on a server; on a device, the protocol by which it was fetched. */
  readonly name: string
  readonly uidValidity?: number
  readonly uidNext?: number
  readonly messages: readonly LyingMessage[]
  /** On a device that reads by IMAP: the mailboxes into which its letters can be filed. */
  readonly files?: readonly string[]
  /** On a device that fetches by POP3: fetched letters stay on the server. */
  readonly leavesOnServer?: boolean
}

interface Kept {
  readonly account: string
  readonly by: 'POP3' | 'IMAP'
  readonly uid: string
  readonly flags: readonly string[]
  readonly octets: Octets
}

interface Retrieval {
  readonly protocol: string
  readonly host: HostName
  readonly leaveOnServer?: boolean
}

/** A mailbox that people expect; a mail program creates it when it is needed. */
const ARCHIVE = 'Archive'

/** The mailboxes of an account besides INBOX, which every letter on a device is in. */
function filesOf({ hosts }: World, server: HostName, account: string): readonly string[] {
  const { store } = (hosts[server]?.state ?? {}) as Partial<{ store: MessageStore }>
  if (!store || !(account in store.users)) return []
  const names = mailboxesOf(store, account).flatMap(({ name }) => (name === 'INBOX' ? [] : [name]))
  return [...new Set([...names, ARCHIVE])]
}

/** Every mailbox to show at this moment: each INBOX, other mailboxes that are not empty, and each device that fetches. */
export function placesIn(world: World): readonly Place[] {
  const places: Place[] = []
  for (const host of Object.values(world.hosts)) {
    const { store, kept, config } = host.state as Partial<{
      store: MessageStore
      kept: readonly Kept[]
      config: { accounts?: readonly { address: string; retrieval?: Retrieval }[] }
    }>
    if (store) {
      for (const account of Object.keys(store.users)) {
        for (const mailbox of mailboxesOf(store, account)) {
          if (mailbox.name !== 'INBOX' && mailbox.messages.length === 0) continue
          places.push({
            key: keyOf({ host: host.name, account, mailbox: mailbox.name }),
            host: host.name,
            kind: 'server',
            up: host.up,
            account,
            name: mailbox.name,
            uidValidity: mailbox.uidValidity,
            uidNext: mailbox.uidNext,
            messages: mailbox.messages.map((message) => messageOf(String(message.uid), message.flags, message.octets)),
          })
        }
      }
    }
    for (const account of kept ? (config?.accounts ?? []) : []) {
      if (!account.retrieval) continue
      places.push({
        key: keyOf({ host: host.name, account: account.address }),
        host: host.name,
        kind: 'device',
        up: host.up,
        account: account.address,
        name: account.retrieval.protocol,
        ...(account.retrieval.protocol === 'IMAP'
          ? { files: filesOf(world, account.retrieval.host, account.address) }
          : { leavesOnServer: account.retrieval.leaveOnServer ?? false }),
        messages: (kept ?? [])
          .filter((copy) => copy.account === account.address)
          .map((copy) => messageOf(copy.uid, copy.flags, copy.octets)),
      })
    }
  }
  // Servers first, since a device's letters came from there.
  return places.sort((a, b) => Number(a.kind === 'device') - Number(b.kind === 'device'))
}

const keyOf = ({ host, account, mailbox }: Pick<Lying, 'host' | 'account' | 'mailbox'>): string =>
  [host, account, ...(mailbox === undefined ? [] : [mailbox])].join('/')

/** A message that lies where the stage says it does, as if the learner had opened it; undefined if it is not there. */
export function openedAt(places: readonly Place[], lying: Lying): OpenedMessage | undefined {
  const place = places.find(({ key }) => key === keyOf(lying))
  const message = place?.messages.find(({ uid }) => uid === lying.uid)
  return place && message && { place: place.key, letter: message.key, octets: message.octets }
}

/** A letter that the learner has opened. */
export interface OpenedMessage {
  readonly place: string
  readonly letter: string
  readonly octets: Octets
}

/** The present place of an opened letter. Another run may have another letter with that number, which is not the opened one. */
export function findOpened(
  places: readonly Place[],
  opened: OpenedMessage,
): { readonly place: Place; readonly letter: LyingMessage } | undefined {
  const place = places.find(({ key }) => key === opened.place)
  const copy = place?.messages.find(({ key, octets }) => key === opened.letter && octets === opened.octets)
  return place && copy && { place, letter: copy }
}

const messageOf = (uid: string, flags: readonly string[], octets: Octets): LyingMessage => ({
  key: uid,
  uid,
  flags,
  from: inWords(fieldBody(octets, 'From')) || storyText('noSender'),
  subject: inWords(fieldBody(octets, 'Subject')) || storyText('noSubject'),
  octets,
})

/** A header field for the list, encoded words decoded (RFC 2047); an address without a name stands without its brackets. */
const inWords = (body: string | undefined): string =>
  body === undefined ? '' : decodeWords(body).replace(/^<([^<>]*)>$/, '$1')
