/** The headline as a screen reader is to say it: each one once, and none in words that the sentence of the moment has said. */
export interface Told {
  /** The headline of the moment, and the one before it. */
  readonly headline?: string | undefined
  readonly before?: string | undefined
  /** The text to say, empty if there is nothing new. */
  readonly text: string
}

/** How a run stands at an instant: it goes on, it is over, or it rests while a message is still under way. */
export type Standing = 'goesOn' | 'over' | 'rests'

export interface Present {
  /** Undefined as long as no message has been sent. */
  readonly headline: string | undefined
  /** The sentence of the moment, which is said beside it. */
  readonly sentence: string
  readonly playing: boolean
  readonly standing: Standing
}

export const NOTHING_TOLD: Told = { text: '' }

/**
 * The next thing to say. It is the same object as long as there is nothing else to say.
 *
 * @param ending makes the sentence with which a run is over or rests; the headline is in it unless it is said beside it.
 */
export function tell(
  told: Told,
  { headline, sentence, playing, standing }: Present,
  ending: (standing: 'over' | 'rests', headline: string | undefined) => string,
): Told {
  const isSaid = headline === undefined || sentence.includes(headline)
  const atEnd = standing === 'goesOn' ? undefined : ending(standing, isSaid ? undefined : headline)
  if (headline === told.headline) {
    const text = atEnd ?? (told.text === headline ? told.text : '')
    return text === told.text ? told : { ...told, text }
  }
  // Time that runs down to the next try is no news.
  if (atEnd === undefined && isCount(headline, told.headline)) return { ...told, headline, text: '' }
  // After a message has crossed a link, the headline of before shows again until the next event.
  const isBack = playing && headline === told.before
  return { headline, before: told.headline, text: atEnd ?? (isSaid || isBack ? '' : headline) }
}

const isCount = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one.replace(/\d+/g, '') === other.replace(/\d+/g, '')

/** Characters of a line that are worth hearing, after the sentence that explains it. */
const HEARD = 60
/** Octets in base64 (RFC 4648 section 4), such as a password: letters of both cases and digits or signs, without a space. */
const BASE64 = /(?<![^\s=])(?=\S*[a-z])(?=\S*[A-Z])(?=\S*[\d+/=])[A-Za-z\d+/]{12,}={0,2}(?!\S)/g

/** The beginning of a line on the wire, without octets that make no words. */
export function spokenWire(wire: string): string {
  const words = wire.replace(BASE64, '…')
  return words.length <= HEARD ? words : `${words.slice(0, HEARD).trimEnd()} …`
}
