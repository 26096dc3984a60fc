import type { Action, MachineAction, Question } from './session'

/**
 * Performs the actions that every machine has under the same name: `ask` with its question, `startTls`, `close`. Ignores all
 * others.
 */
export function plainAction({ type, params }: MachineAction): readonly Action[] {
  switch (type) {
    case 'ask':
      return [{ type, question: params as Question }]
    case 'startTls':
    case 'close':
      return [{ type }]
    default:
      return []
  }
}
