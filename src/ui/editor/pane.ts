import type { Completion } from '../../view/editor/completions'
import type { DialogueProtocol } from '../../view/run/connections'
import type { TranscriptLine } from '../../view/run/transcript'

/** What both forms of the editor get: the dialogue above, the line being typed below. */
export interface PaneProps {
  readonly protocol: DialogueProtocol
  readonly lines: readonly TranscriptLine[]
  readonly input: string
  readonly canType: boolean
  /** True where the server waits for a letter or a literal: what is typed is no command. */
  readonly data: boolean
  readonly completions: readonly Completion[]
  /** Lines typed before, the oldest first. */
  readonly history: readonly string[]
  /** Raised by one when the input should have the focus. */
  readonly focus: number
  onInput(input: string): void
  onSend(text: string): void
}
