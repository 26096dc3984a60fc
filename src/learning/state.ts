import { copiesAt, type Inspected, isUp, lettersIn, lettersQueuedAt, settingOf, zoneTextOf } from '../hosts/inspect'
import type { World } from '../world/world'

/** Conditions on the state of a world at one instant: what lies in a mailbox, which machine is off, what a zone says. */
export type StateCheck = MailboxCheck | QueueCheck | DeviceCheck | MachineCheck | OffCheck | SettingCheck | ZoneCheck

/** A message by what it says, not by its id. All given fields must match; texts are compared without regard to letter case. */
export interface LetterPattern {
  readonly subject?: string
  /** Part of the From field. */
  readonly from?: string
  readonly to?: string
  readonly cc?: string
  /** The reverse-path that it came with; empty for a notice. */
  readonly sender?: string
  /** A part of its text. */
  readonly text?: string
  /** A whole line of its text. */
  readonly line?: string
  /** A part of all its octets. */
  readonly says?: string
  /** The From field names another address than the envelope did. */
  readonly forged?: boolean
  /** The number of Received fields. */
  readonly stamps?: number
  readonly flags?: readonly string[]
  /** Flags that it must not have. */
  readonly without?: readonly string[]
  readonly uid?: string | number
}

interface Holding {
  /** Just these, in any order. */
  readonly exactly?: readonly LetterPattern[]
  /** A different one for each. */
  readonly includes?: readonly LetterPattern[]
  readonly lacks?: readonly LetterPattern[]
  readonly letters?: number
}

export interface MailboxCheck extends Holding {
  /** `bob@bird.example`. */
  readonly mailbox: string
  readonly folder?: string
}
export interface QueueCheck extends Holding {
  /** The server. */
  readonly queue: string
}
export interface DeviceCheck extends Holding {
  readonly device: string
}
export interface MachineCheck {
  readonly machine: string
  readonly is: 'on' | 'off'
}
/** Machines without power, in all. */
export interface OffCheck {
  readonly machinesOff: { readonly atLeast?: number; readonly atMost?: number }
}
export interface SettingCheck {
  readonly setting: string
  readonly at: string
  readonly is: string | number | boolean
}
export interface ZoneCheck {
  readonly zone: string
  readonly at: string
  /** A record as in the zone's text, `@ MX 5 store`; space does not count. */
  readonly has?: string
  readonly lacks?: string
}

/** True if the world is as the condition says. */
export function stateHolds(check: StateCheck, world: World): boolean {
  if ('mailbox' in check) return holding(check, mailboxOf(check, world))
  if ('queue' in check) return holding(check, lettersQueuedAt(world, check.queue))
  if ('device' in check) return holding(check, copiesOn(check.device, world))
  if ('machine' in check) return isUp(world, check.machine) === (check.is === 'on')
  if ('machinesOff' in check) return within(machinesOff(world), check.machinesOff)
  if ('setting' in check) return String(settingOf(world, check.at, check.setting)) === String(check.is)
  const lines = (zoneTextOf(world, check.at, check.zone) ?? '').split('\n').map(plainRecord)
  return (
    (check.has === undefined || lines.includes(plainRecord(check.has))) &&
    (check.lacks === undefined || !lines.includes(plainRecord(check.lacks)))
  )
}

/** The number of hosts without power. */
export const machinesOff = (world: World): number => Object.values(world.hosts).filter(({ up }) => !up).length

type Found = Inspected & {
  readonly uid?: string | number
  readonly flags?: readonly string[]
  readonly reversePath?: string
}

/** The messages in a user's mailbox, on whichever server keeps it. */
export function mailboxOf(
  { mailbox, folder }: Pick<MailboxCheck, 'mailbox' | 'folder'>,
  world: World,
): readonly Found[] {
  return Object.keys(world.hosts).flatMap((host): readonly Found[] => lettersIn(world, host, mailbox, folder))
}

function copiesOn(device: string, world: World): readonly Found[] {
  const accounts = (
    world.hosts[device]?.state as { config?: { accounts?: readonly { address: string }[] } } | undefined
  )?.config?.accounts
  return (accounts ?? []).flatMap(({ address }) => copiesAt(world, device, address))
}

function holding({ exactly, includes, lacks, letters }: Holding, found: readonly Found[]): boolean {
  if (letters !== undefined && found.length !== letters) return false
  if (lacks?.some((each) => found.some((letter) => matches(letter, each)))) return false
  if (includes && !eachHasItsOwn(includes, found)) return false
  return exactly === undefined || (exactly.length === found.length && eachHasItsOwn(exactly, found))
}

/** Every pattern finds a message of its own: augmenting paths, since a pattern may fit several. */
function eachHasItsOwn(patterns: readonly LetterPattern[], found: readonly Found[]): boolean {
  const owner = new Map<number, number>()
  const place = (pattern: number, tried: Set<number>): boolean =>
    found.some((letter, at) => {
      if (tried.has(at) || !matches(letter, patterns[pattern] as LetterPattern)) return false
      tried.add(at)
      const before = owner.get(at)
      if (before !== undefined && !place(before, tried)) return false
      owner.set(at, pattern)
      return true
    })
  return patterns.every((_, at) => place(at, new Set()))
}

function matches(letter: Found, pattern: LetterPattern): boolean {
  const { subject, from, to, cc, sender, text, line, says, forged, stamps, flags, without, uid } = pattern
  const has = (whole: string | undefined, part: string | undefined): boolean =>
    part === undefined || (whole ?? '').toLowerCase().includes(part.toLowerCase())
  const envelopeSender = letter.returnPath ?? letter.reversePath
  return (
    (subject === undefined || (letter.subject ?? '').trim().toLowerCase() === subject.toLowerCase()) &&
    has(letter.from, from) &&
    has(letter.to, to) &&
    has(letter.cc, cc) &&
    (sender === undefined || (envelopeSender ?? '').toLowerCase() === sender.toLowerCase()) &&
    has(letter.text, text) &&
    (line === undefined || letter.text.split('\n').includes(line)) &&
    has(letter.octets, says) &&
    (forged === undefined || isForged(letter.from, envelopeSender) === forged) &&
    (stamps === undefined || letter.received === stamps) &&
    (flags ?? []).every((flag) => hasFlag(letter, flag)) &&
    !(without ?? []).some((flag) => hasFlag(letter, flag)) &&
    (uid === undefined || String(letter.uid) === String(uid))
  )
}

const isForged = (from: string | undefined, sender: string | undefined): boolean =>
  sender !== undefined && !(from ?? '').toLowerCase().includes(sender === '' ? '<>' : sender.toLowerCase())

const hasFlag = (letter: Found, flag: string): boolean =>
  (letter.flags ?? []).some((each) => each.toLowerCase() === flag.toLowerCase())

const within = (count: number, { atLeast = 0, atMost = Number.POSITIVE_INFINITY }: OffCheck['machinesOff']): boolean =>
  count >= atLeast && count <= atMost

const plainRecord = (line: string): string => line.trim().replace(/\s+/g, ' ').toLowerCase()
