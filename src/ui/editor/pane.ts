import type { Completion } from '../../view/editor/completions'
import type { DialogueProtocol } from '../../view/run/connections'
import type { TranscriptLine } from '../../view/run/transcript'

/** The properties of both forms of the editor: the dialogue above, the line being typed below. */
export interface PaneProps {
  readonly protocol: DialogueProtocol
  readonly lines: readonly TranscriptLine[]
  readonly input: string
  readonly canType: boolean
  /** True if the server waits for a letter or a literal, so that the input is no command. */
  readonly data: boolean
  readonly completions: readonly Completion[]
  /** Lines typed before, the oldest first. */
  readonly history: readonly string[]
  /** Incremented when the input should get the focus. */
  readonly focus: number
  onInput(input: string): void
  onSend(text: string): void
}
