import { toText } from '../../base/octets'
import type { TranscriptLine } from '../../view/run/transcript'

/** More lines than this are too many to hear. */
const MOST = 4

/** The last answer, for screen readers. IMAP says the lines of an answer one by one: they belong together if they are said at one instant. */
export function lastAnswer(lines: readonly Pick<TranscriptLine, 'at' | 'speaker' | 'octets'>[]): string {
  const last = lines.at(-1)
  if (last?.speaker !== 'server') return ''
  return lines
    .filter(({ speaker, at }) => speaker === 'server' && at === last.at)
    .slice(-MOST)
    .map(({ octets }) => toText(octets))
    .join(', ')
}
