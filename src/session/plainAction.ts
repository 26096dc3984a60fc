import type { Action, MachineAction, Question } from './session'

/**
 * Performs the actions that every machine has under the same name: `ask` with its question, `startTls`, `close`. Ignores all
 * others. The machine's own types hold `ask` to its questions.
 */
export function plainAction<Asked extends Question>({ type, params }: MachineAction): readonly Action<Asked>[] {
  switch (type) {
    case 'ask':
      return [{ type, question: params as Asked }]
    case 'startTls':
    case 'close':
      return [{ type }]
    default:
      return []
  }
}
