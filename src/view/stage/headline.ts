import type { Instant } from '../../base/time'
import { storyText } from '../../messages/story'
import type { HostName } from '../../world/world'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'

/** The fate of a message: it has arrived, it comes or came back, or it waits for another try. */
export type Fate = 'arrived' | 'returned' | 'later'

/** A message in a mailbox of a server, or on a device. */
export interface Lying {
  readonly host: HostName
  /** The user of the mailbox; on a device the account. */
  readonly account: string
  /** Absent on a device. */
  readonly mailbox?: string
  readonly uid: string
  /** It is a notice of non-delivery. */
  readonly notice: boolean
}

/** The fate of the letter in words, or what is true while there is none. */
export interface Headline {
  readonly text: string
  /** For a small screen, if the text is long. */
  readonly short?: string
  readonly fate?: Fate
  /** Where the message, or the notice about it, can be read. */
  readonly lies?: Lying
  /** No message has been sent yet. */
  readonly nothingSent?: true
}

const NOTHING_SENT: Headline = {
  get text() {
    return storyText('noLetterYet')
  },
  nothingSent: true,
}

type HeadlineAt = (view: RunView, names: Names, t: Instant) => Headline | undefined

let headlines: HeadlineAt | undefined

/** Sets the function that tells fates: the stage at rest has none, so it loads with the engine (`gloss/known.ts`). */
export function giveHeadlines(given: HeadlineAt): void {
  headlines = given
}

/**
 * The headline of an instant: the last turn in the fate of a message; while the message crosses, between which hosts. The same
 * words about the same turn are the same object, so that it can be compared by identity.
 */
export const headlineAt = (view: RunView, names: Names, t: Instant): Headline =>
  headlines?.(view, names, t) ?? NOTHING_SENT
