import type { Meaning, Parsed } from '../../session/session'

type Gloss = (means: Meaning) => string | undefined

/** One maker of sentences a protocol. */
const glosses: Partial<Record<Parsed['protocol'], Gloss>> = {}

/** One plain sentence that explains a line on the wire, as the speaker might say it: "Will you take a letter for Bob?" */
export function glossOf(means: Meaning): string | undefined {
  return (means.parsed && glosses[means.parsed.protocol]?.(means)) ?? means.gloss
}
