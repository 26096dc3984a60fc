import { type ComponentType, createElement } from 'react'
import type { Answer } from '../../learning/gradeQuestion'
import type { WholeQuestion } from '../../learning/question'
import { BlankFields } from './BlankFields'
import { CommandField } from './CommandField'
import { FixFields } from './FixFields'
import type { FieldsProps } from './fields'
import { OptionFields } from './OptionFields'
import { OrderFields } from './OrderFields'
import { PacketFields } from './PacketFields'
import { shuffled } from './shuffled'
import { ListField, NumberField, ShortField } from './TextFields'

const FIELDS = {
  single: OptionFields,
  multiple: OptionFields,
  predict: OptionFields,
  number: NumberField,
  order: OrderFields,
  command: CommandField,
  fill: BlankFields,
  recall: ListField,
  fix: FixFields,
  short: ShortField,
  packet: PacketFields,
} as const

/** The fields of a question, by its kind: each component takes the questions of its own. */
export const AnswerFields = (props: FieldsProps) =>
  createElement(FIELDS[props.question.kind] as ComponentType<FieldsProps>, props)

/** The options as they stand, which digits choose. */
export function optionsOf(question: WholeQuestion, seed: number): readonly string[] {
  if ('options' in question) {
    return shuffled(
      question.options.map(({ id }) => id),
      question.id,
      seed,
    )
  }
  return question.kind === 'short' ? question.parts.map(({ id }) => id) : []
}

export function firstAnswer(question: WholeQuestion, seed: number): Answer {
  switch (question.kind) {
    case 'order':
      return shuffled(
        question.items.map(({ id }) => id),
        question.id,
        seed,
      )
    case 'fix':
      return question.dialogues.map(({ script }) => script.join('\n'))
    case 'fill':
      return question.blanks.map(() => '')
    case 'packet':
      return question.rows.filter(({ blank }) => blank).map(() => '')
    case 'number':
    case 'command':
    case 'recall':
    case 'short':
      return ['']
    default:
      return []
  }
}

/** There is something to judge. */
export function isComplete(question: WholeQuestion, answer: Answer, isCompared: boolean): boolean {
  if (question.kind === 'short' && isCompared) return true
  return answer.length > 0 && answer.every((each) => each.trim() !== '')
}
