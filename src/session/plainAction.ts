import type { Action, MachineAction, Question } from './session'

/** What the actions come to that every machine has under the same name: `ask` with its question, `startTls`, `close`. Others come to nothing. */
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
