import { toText } from '../../base/octets'
import { hasVerdict, partsOf } from '../../view/panels/transcriptRows'
import type { TranscriptLine } from '../../view/run/transcript'
import { type editor, Range } from './monaco'

/** Colours each line by its parsed meaning, not by its text, since the machines have parsed it already. */
export function decorationsOf(
  lines: readonly TranscriptLine[],
  input: { readonly text: string; readonly command: boolean } | undefined,
): editor.IModelDeltaDecoration[] {
  const decorations: editor.IModelDeltaDecoration[] = []
  lines.forEach((line, n) => {
    const at = n + 1
    const [lead, rest] = partsOf(line)
    const leadLength = toText(lead as never).length
    const whole = leadLength + toText(rest as never).length
    const put = (from: number, to: number, inlineClassName: string): void => {
      if (to > from) decorations.push({ range: new Range(at, from + 1, at, to + 1), options: { inlineClassName } })
    }
    if (line.data) {
      put(0, whole, 'dialogue-data')
      return
    }
    put(0, leadLength, line.speaker === 'client' ? 'dialogue-verb' : 'dialogue-code')
    if (line.speaker === 'server') {
      put(leadLength, whole, 'dialogue-reply')
      const { refused } = line.means
      const kind = !hasVerdict(line) ? 'more' : refused === true ? 'refused' : refused === 'later' ? 'later' : 'good'
      decorations.push({
        range: new Range(at, 1, at, 1),
        options: {
          before: { content: '\u00a0'.repeat(4), inlineClassName: `dialogue-sign dialogue-${kind}` },
          showIfCollapsed: true,
        },
      })
    }
  })
  if (input?.command) {
    const verb = /^\S+/.exec(input.text)?.[0].length ?? 0
    const at = lines.length + 1
    if (verb > 0) {
      decorations.push({ range: new Range(at, 1, at, verb + 1), options: { inlineClassName: 'dialogue-verb' } })
    }
  }
  return decorations
}
